package org.rigatino.web;

import java.time.Duration;
import java.time.Instant;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;

/**
 * One revision of a study.
 *
 * @param waitingSeconds from the last instance received to the start of restoring; null before that
 * @param workingSeconds from the start of restoring to its end; null before that
 * @param completedBy what ended the wait for more instances; null before that
 * @param completionSeconds that wait, part of {@code waitingSeconds}; null before its end
 */
public record StudyView(
        String studyInstanceUid,
        int revision,
        StudyState state,
        String refusalRule,
        String failedStage,
        String failureCause,
        int imagesSeen,
        int imagesRestored,
        Double percentile,
        String priority,
        Instant firstReceivedAt,
        Instant lastReceivedAt,
        Instant readyAt,
        Instant restoringAt,
        Instant restoredAt,
        Instant deliveredAt,
        Instant endedAt,
        Double waitingSeconds,
        Double workingSeconds,
        String completedBy,
        Double completionSeconds) {

    static StudyView of(Study study) {
        return new StudyView(
                study.studyInstanceUid,
                study.revision,
                study.state(),
                study.refusalRule(),
                study.failedStage(),
                study.failureCause(),
                study.imagesSeen,
                study.imagesRestored,
                study.percentile,
                study.priority,
                study.firstReceivedAt,
                study.lastReceivedAt,
                study.readyAt,
                study.restoringAt,
                study.restoredAt,
                study.deliveredAt,
                study.endedAt,
                seconds(study.lastReceivedAt, study.restoringAt),
                seconds(study.restoringAt, study.restoredAt == null ? study.endedAt : study.restoredAt),
                study.completedBy,
                seconds(study.lastReceivedAt, study.readyAt));
    }

    private static Double seconds(Instant from, Instant to) {
        return from == null || to == null ? null : Duration.between(from, to).toMillis() / 1000.0;
    }
}
