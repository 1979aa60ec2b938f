package org.rigatino.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditFilterTest {
    @ParameterizedTest
    @EnumSource
    void everyKindCanBeAskedFor(EventKind kind) {
        assertThat(ofKinds(kind.name()).kinds()).containsExactly(kind.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"STUDY_REDY", "study_ready", "0"})
    void aKindThatThereIsNotIsNamedWithThoseThatThereAre(String kind) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofKinds("STUDY_READY", kind))
                .withMessageContaining("kind " + kind + ";")
                .withMessageContaining("STUDY_REFUSED");
    }

    @Test
    void kindsAreRepeatedOrHaveCommasBetween() {
        assertThat(ofKinds("STUDY_READY, STUDY_REFUSED,", "SIGN_IN").kinds())
                .containsExactly("STUDY_READY", "STUDY_REFUSED", "SIGN_IN");
    }

    @Test
    void aBlankKindIsAny() {
        assertThat(ofKinds("", " ")).isEqualTo(AuditFilter.ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02,2026-03-01",
        "2026-03-01,2026-03-01",
        "2026-03-01,2026-03-01T00:00:00Z",
        "2026-03-01T00:00:00.001Z,2026-03-01"
    })
    void timesThatNothingLiesBetweenAreRefused(String from, String to) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuditFilter(from, to, null, null, null))
                .withMessageContaining("from " + from + " is not before to " + to);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+300000-01-01", "+300000-01-01T00:00:00Z", "-5000-01-01", "0000-12-31", "+10000-01-01"})
    void aYearThatNoRecordHasIsRefused(String time) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuditFilter(time, null, null, null, null))
                .withMessageContaining(time);
    }

    @Test
    void aDayEndsBeforeTheNext() {
        assertThat(new AuditFilter("2026-03-01", "2026-03-02", null, null, null).values())
                .hasSize(2);
    }

    private static AuditFilter ofKinds(String... kinds) {
        return new AuditFilter(null, null, null, List.of(kinds), null);
    }
}
