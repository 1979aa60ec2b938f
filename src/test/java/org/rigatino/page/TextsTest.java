package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
    /** Nobody reads that it is within 5 in 100, or within 7.25, where it is not, nor that it is beyond where it is within. */
    @ParameterizedTest
    @CsvSource({
        "0.05029013539651837, 0.0503",
        "0.05, 0.050",
        "0.0725, 0.0725",
        "0.07246376811594203, 0.0725",
        "0.025, 0.025",
        "1, 1.000",
        "0.00004, 0.0001",
        "0.050000000000000044, 0.050"
    })
    void aPValueIsNeverShownBelowWhatItIs(double p, String shown) {
        assertThat(Texts.pValue(p, Language.EN)).isEqualTo(shown);
    }

    @Test
    void aPValueHasTheDecimalSignOfTheLanguage() {
        assertThat(Texts.pValue(0.0503, Language.DE)).isEqualTo("0,0503");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0", "0.04, < 0.1", "0.0499999, < 0.1", "0.05, 0.1", "0.14, 0.1", "12.25, 12.3", "1e-12, < 0.1"})
    void whatIsAboveNothingIsNotShownAsNothing(double amount, String shown) {
        assertThat(Texts.amount(amount, Language.EN)).isEqualTo(shown);
    }
}
