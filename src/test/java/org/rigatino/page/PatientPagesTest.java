package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.rigatino.study.ActRefusedException.Reason;

class PatientPagesTest {
    /** But for what has a page or words of another name, and what runs alone meet. */
    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"UNKNOWN_STUDY", "NO_DOUBT", "SERVED_ALREADY"})
    void aRefusedActIsToldByThePage(Reason reason) {
        assertThat(PatientPages.Came.valueOf(reason.name()).isWell()).isFalse();
    }
}
