package org.rigatino.archive;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.refusal.Wrong;

class StudyQueryTest {
    private static StudyQuery between(LocalDate from, LocalDate to) {
        return new StudyQuery(null, null, "P1", null, from, to);
    }

    /** VR DA has four digits for the year (PS3.5 table 6.2-1). */
    @ParameterizedTest
    @ValueSource(strings = {"+10000-01-01", "0000-12-31", "-0001-01-01"})
    void noArchiveIsAskedForAYearThatItCannotBeTold(String day) {
        assertThatThrownBy(() -> between(LocalDate.parse(day), null))
                .isInstanceOf(Wrong.class)
                .hasMessageContaining("9999");
        assertThatThrownBy(() -> between(null, LocalDate.parse(day)))
                .isInstanceOf(Wrong.class)
                .hasMessageContaining("9999");
    }

    @Test
    void theFirstAndTheLastOfThoseAreAskedFor() {
        assertThatNoException().isThrownBy(() -> between(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31)));
    }
}
