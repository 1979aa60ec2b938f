package org.rigatino.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {
    /** R. G. Newcombe, Statistics in Medicine 17, 1998, table I, method 3. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0, 0.1611", "1, 29, 0.0061, 0.1718"})
    void intervalsAreThoseThatWerePublished(long count, long all, double low, double high) {
        Proportion proportion = Proportion.of(count, all);
        assertThat(proportion.low()).isCloseTo(low, within(0.00005));
        assertThat(proportion.high()).isCloseTo(high, within(0.00005));
    }

    @Test
    void endsAreWithinZeroAndOneAndNothingHasNone() {
        assertThat(Proportion.of(7, 7).high()).isEqualTo(1);
        assertThat(Proportion.of(0, 1).low()).isZero();
        assertThat(Proportion.of(0, 0)).isNull();
    }
}
