package org.rigatino.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StudyStateTest {
    private static final Instant NOW = Instant.EPOCH;

    private static Study study() {
        Study study = new Study();
        study.studyInstanceUid = "1.2.3";
        study.revision = 1;
        return study;
    }

    @Test
    void wholeWayIsLegal() {
        Study study = study();
        for (StudyState next : new StudyState[] {
            StudyState.READY,
            StudyState.RESTORING,
            StudyState.RESTORED,
            StudyState.DELIVERING,
            StudyState.DELIVERED,
            StudyState.CONFIRMED
        }) {
            study.become(next, NOW);
        }
        assertThat(study.state()).isEqualTo(StudyState.CONFIRMED);
        assertThat(study.endedAt).isEqualTo(NOW);
    }

    /** Every state and every move, as docs/architecture.md draws them. */
    @ParameterizedTest
    @CsvSource({
        "RECEIVING, READY",
        "READY, RESTORING REFUSED FAILED",
        "RESTORING, RESTORING RESTORED REFUSED FAILED",
        "RESTORED, DELIVERING FAILED",
        "DELIVERING, DELIVERED FAILED",
        "DELIVERED, CONFIRMED FAILED",
        "FAILED, READY",
        "CONFIRMED, ''",
        "REFUSED, ''"
    })
    void noOtherMoveIsLegal(StudyState from, String to) throws Exception {
        for (StudyState next : StudyState.values()) {
            Study study = study();
            Field state = Study.class.getDeclaredField("state");
            state.setAccessible(true);
            state.set(study, from);
            boolean legal = List.of(to.split(" ")).contains(next.name());
            if (legal) {
                move(study, next);
            } else {
                assertThatThrownBy(() -> move(study, next)).hasMessageContaining(from + " and may not become " + next);
            }
            assertThat(study.state()).isEqualTo(legal ? next : from);
        }
    }

    private static void move(Study study, StudyState next) {
        switch (next) {
            case REFUSED -> study.refuse("modality", NOW);
            case FAILED -> study.fail(StudyStage.RESTORE, "no device", NOW);
            default -> study.become(next, NOW);
        }
    }

    @ParameterizedTest
    @EnumSource(StudyState.class)
    void confirmedAndRefusedAreFinal(StudyState next) {
        assertThat(StudyState.CONFIRMED.mayBecome(next)).isFalse();
        assertThat(StudyState.REFUSED.mayBecome(next)).isFalse();
    }

    @Test
    void onlyWhatIsDeliveredIsConfirmed() {
        for (StudyState state : StudyState.values()) {
            assertThat(state.mayBecome(StudyState.CONFIRMED)).isEqualTo(state == StudyState.DELIVERED);
        }
    }

    @Test
    void illegalMoveChangesNothing() {
        Study study = study();
        assertThatThrownBy(() -> study.become(StudyState.CONFIRMED, NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1.2.3")
                .hasMessageContaining("RECEIVING");
        assertThat(study.state()).isEqualTo(StudyState.RECEIVING);
        assertThat(study.endedAt).isNull();
    }

    /** Crash, redelivery, failure and replay: whoever takes the revision on again makes the same bytes. */
    @Test
    void theTimeOfWhatIsMadeIsThatOfTheFirstWhoTookItOn() {
        Study study = study();
        OffsetDateTime first = OffsetDateTime.parse("2026-03-04T23:59:59.987+05:30");
        study.become(StudyState.READY, NOW);
        study.become(StudyState.RESTORING, NOW);
        assertThat(study.contentTime(first)).isEqualTo("2026-03-04T23:59:59+05:30");
        OffsetDateTime later = OffsetDateTime.parse("2026-04-01T10:00:00-03:00");
        study.become(StudyState.RESTORING, NOW);
        assertThat(study.contentTime(later)).isEqualTo("2026-03-04T23:59:59+05:30");
        study.fail(StudyStage.RESTORE, "no device", NOW);
        study.become(StudyState.READY, NOW);
        study.become(StudyState.RESTORING, NOW);
        assertThat(study.contentTime(later).toString()).isEqualTo("2026-03-04T23:59:59+05:30");
    }

    @Test
    void failedStudyIsReplayedWithoutItsOldReasons() {
        Study study = study();
        study.become(StudyState.READY, NOW);
        study.become(StudyState.RESTORING, NOW);
        study.fail(StudyStage.IMAGE, "cannot decode", NOW);
        study.announced = "FAILED";
        study.become(StudyState.READY, NOW);
        assertThat(study.failedStage()).isNull();
        assertThat(study.failureCause()).isNull();
        assertThat(study.endedAt).isNull();
        assertThat(study.announced).isNull();
        assertThat(study.publishedAt).isNull();
    }

    /** What the archive did or did not prove changes nothing of the judgement. */
    @ParameterizedTest
    @EnumSource
    void aStudyThatFailedBehindItsJudgementIsJudged(StudyStage stage) {
        Study study = new Study();
        study.become(StudyState.READY, NOW);
        study.fail(stage, "no reason", NOW);
        assertThat(study.isJudgedAndUndelivered())
                .isEqualTo(stage == StudyStage.DELIVER || stage == StudyStage.CONFIRM);
        assertThat(study.failedStage()).isEqualTo(stage.toString());
        study.become(StudyState.READY, NOW);
        assertThat(study.isJudgedAndUndelivered()).isFalse();
    }
}
