package org.rigatino.rerun;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.persistence.StudyState;

/**
 * A run on record.
 *
 * @param stateReason why it stands as it does, where no person said so; null otherwise
 * @param progress of its studies
 * @param failures studies that it left as they were, the latest first, {@value #MOST} at most
 * @param undelivered studies that it judged and whose new objects are not where they should be: those that failed, then the
 *     others, the latest first, {@value #MOST} at most
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
        List<Failure> failures,
        List<Undelivered> undelivered) {
    public static final int MOST = 100;

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
     * Studies, as they stand now: what is replayed since is counted by what that came to.
     *
     * @param done that were judged again
     * @param delivered of those, that are at their end: their new objects are where they should be, or nothing was to be delivered
     * @param delivering of those, that still have objects to be sent or to be proved
     * @param undelivered of those, that failed at delivery
     * @param withdrawn of those, whose results turned out to be another patient's since
     * @param failed that keep the findings which they had, without those of {@code filesGone}
     * @param filesGone that keep the findings which they had, since files as received are no longer kept
     * @param underWay that are judged now, one at most
     * @param left still to be judged; null where the run has ended
     */
    @Schema(name = "RerunProgress")
    public record Progress(
            long done,
            long delivered,
            long delivering,
            long undelivered,
            long withdrawn,
            long failed,
            long filesGone,
            long underWay,
            Long left) {
        /** For the trail. */
        String told() {
            return done + " studies judged again, of those " + undelivered + " failed at delivery; " + failed
                    + " left as they were, and " + filesGone + " whose files are no longer kept";
        }
    }

    /** @param cause never patient data */
    @Schema(name = "RerunFailure")
    public record Failure(
            String studyInstanceUid,
            int revision,
            @Schema(description = "Whether that is because files as received are no longer kept") boolean filesGone,
            String cause) {}

    /**
     * @param state FAILED; else objects are still to be sent or to be proved
     * @param deliveriesFailed one of an object to a destination
     * @param deliveriesWaiting that are still to be sent or to be proved
     * @param cause of the failure, or why one of those waits; null where nothing hinders it
     */
    @Schema(name = "RerunUndelivered")
    public record Undelivered(
            String studyInstanceUid,
            int revision,
            StudyState state,
            long deliveriesFailed,
            long deliveriesWaiting,
            String cause) {
        /** Whether it waits for somebody. */
        public boolean hasFailed() {
            return state == StudyState.FAILED;
        }

        @Schema(description = "What takes it further, by REST and by page")
        public String getWayOn() {
            return hasFailed()
                    ? "mend the cause, then POST /api/studies/" + studyInstanceUid
                            + "/replay, or Replay on the page /administration"
                    : "goes on by itself once the destination takes it: the page /administration tells how that stands";
        }
    }

    public boolean isEnded() {
        return state.isEnded();
    }
}
