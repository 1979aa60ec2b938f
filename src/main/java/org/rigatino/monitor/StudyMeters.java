package org.rigatino.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;

/** What studies came to and how long they were at each stage, told once an outcome is announced. */
@ApplicationScoped
public class StudyMeters {
    @Inject
    MeterRegistry meters;

    /** Does nothing for a revision that has no outcome yet. Rules and stages are few and never a patient's. */
    public void ended(Study study) {
        if (study.endedAt == null) {
            return;
        }
        String reason = Objects.requireNonNullElse(
                study.state() == StudyState.REFUSED ? study.refusalRule() : study.failedStage(), "none");
        meters.counter("rigatino.studies.ended", "outcome", study.state().name(), "reason", reason)
                .increment();
        boolean cameIn = study.rerunId == null;
        if (cameIn && (study.state() == StudyState.CONFIRMED || study.state() == StudyState.DELIVERED)) {
            phase("receive", study.firstReceivedAt, study.lastReceivedAt);
            phase("complete", study.lastReceivedAt, study.readyAt);
            phase("queue", study.readyAt, study.restoringAt);
            phase("restore", study.restoringAt, study.restoredAt);
            phase("deliver", study.restoredAt, study.deliveredAt);
            phase("confirm", study.deliveredAt, study.state() == StudyState.CONFIRMED ? study.endedAt : null);
            phase("all", study.lastReceivedAt, study.endedAt);
        }
    }

    private void phase(String name, Instant from, Instant to) {
        if (from != null && to != null && !to.isBefore(from)) {
            meters.timer("rigatino.study.phase", "phase", name).record(Duration.between(from, to));
        }
    }
}
