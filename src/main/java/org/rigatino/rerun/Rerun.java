package org.rigatino.rerun;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A run on record.
 *
 * @param stateReason why it stands as it does, where no person said so; null otherwise
 * @param progress of its studies
 * @param failures studies that it left as they were, the latest first, {@value #MOST_FAILURES} at most
 */
public record Rerun(
        long id,
        State state,
        String stateReason,
        Instant stateSince,
        String startedBy,
        Instant startedAt,
        Instant endedAt,
        RerunChoice choice,
        Progress progress,
        List<Failure> failures) {
    public static final int MOST_FAILURES = 100;

    @Schema(name = "RerunState")
    public enum State {
        RUNNING,
        PAUSED,
        STOPPED,
        DONE;

        public boolean isEnded() {
            return this == STOPPED || this == DONE;
        }
    }

    /**
     * Studies.
     *
     * @param done whose new findings stand
     * @param failed that keep the findings which they had
     * @param underWay that are judged now, one at most
     * @param left still to be judged; null where the run has ended
     */
    @Schema(name = "RerunProgress")
    public record Progress(long done, long failed, long underWay, Long left) {}

    /** @param cause never patient data */
    @Schema(name = "RerunFailure")
    public record Failure(String studyInstanceUid, int revision, String cause) {}

    public boolean isEnded() {
        return state.isEnded();
    }
}
