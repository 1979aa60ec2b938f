package org.rigatino.web;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Output;
import org.rigatino.result.ObjectKind;

/** One revision of a study with a page of what hangs on it. */
public record RevisionView(
        StudyView study,
        Totals totals,
        List<InstanceView> instances,
        List<FindingView> findings,
        List<OutputView> outputs,
        List<DeliveryView> deliveries) {

    /** How many there are of each, on all pages. */
    public record Totals(long instances, long findings, long outputs, long deliveries) {
        long longest() {
            return Math.max(Math.max(instances, findings), Math.max(outputs, deliveries));
        }
    }

    /** One SOP instance as received. */
    public record InstanceView(
            String sopInstanceUid,
            String seriesInstanceUid,
            String sopClassUid,
            String transferSyntaxUid,
            String modality,
            String callingAeTitle,
            String sha256,
            long bytes,
            Instant receivedAt,
            Instance.Outcome outcome,
            String outcomeReason,
            @Schema(description = "Refused frames by rule, or what of the image was refused") String outcomeDetail) {
        static InstanceView of(Instance row) {
            return new InstanceView(
                    row.sopInstanceUid,
                    row.seriesInstanceUid,
                    row.sopClassUid,
                    row.transferSyntaxUid,
                    row.modality,
                    row.callingAeTitle,
                    row.sha256,
                    row.bytes,
                    row.receivedAt,
                    row.outcome,
                    row.outcomeReason,
                    row.outcomeDetail);
        }
    }

    /** What one model release said of one frame. */
    public record FindingView(
            @Schema(description = "An answer names it, so that it is of what its author saw") long id,
            String sopInstanceUid,
            int frameNumber,
            String modelName,
            String modelVersion,
            String modelDigest,
            double score,
            double percentile,
            boolean flagged,
            @Schema(
                            description =
                                    "SOP Instance UID, a space and frame number of each slice directly before and after it that has a part in its map; empty where it was judged by itself")
                    List<String> joinedWith) {
        static FindingView of(Finding row) {
            return new FindingView(
                    row.id,
                    row.instance.sopInstanceUid,
                    row.frameNumber,
                    row.modelName,
                    row.modelVersion,
                    row.modelDigest,
                    row.score,
                    row.percentile,
                    row.flagged,
                    row.joinedFrames());
        }
    }

    /** One object made from findings; source and frame are null where it holds a whole series. */
    public record OutputView(
            String sopInstanceUid,
            String seriesInstanceUid,
            ObjectKind kind,
            String sourceSopInstanceUid,
            Integer sourceFrameNumber,
            String sopClassUid,
            long sourceFrames,
            @Schema(description = "Of the release that made it") String modelName,
            String modelVersion,
            String modelDigest,
            @Schema(
                            description =
                                    "false where another release, or other settings, judged since, or a replay made other objects in its place: kept for the record, not sent any more; the revision tells which took its place in supersededBy")
                    boolean stands,
            String sha256,
            long bytes) {
        /**
         * @param frames findings that it was made of
         * @param made one of them
         */
        static OutputView of(Output row, long frames, Finding made, boolean stands) {
            return new OutputView(
                    row.sopInstanceUid,
                    row.seriesInstanceUid,
                    row.kind,
                    row.finding == null ? null : row.finding.instance.sopInstanceUid,
                    row.finding == null ? null : row.finding.frameNumber,
                    row.sopClassUid,
                    frames,
                    made.modelName,
                    made.modelVersion,
                    made.modelDigest,
                    stands,
                    row.sha256,
                    row.bytes);
        }
    }

    /** One object on its way to one destination. */
    public record DeliveryView(
            String sopInstanceUid,
            String destination,
            @Schema(
                            description =
                                    "AE title, host and port, or URL: of the archive that took the object last, and then of the one that proved"
                                            + " to have it; the destination may be elsewhere by now")
                    String place,
            Delivery.State state,
            @Schema(description = "Whether the study has failed where the destination refuses the object")
                    boolean essential,
            @Schema(
                            description =
                                    "Times that the destination refused the object, or proof of it; being out of reach does not count")
                    int attempts,
            Instant nextAttemptAt,
            String lastError,
            @Schema(
                            description =
                                    "What the destination took the object with where not with success: a status of class Warning, B000H for"
                                            + " example, or 0111H, which says that it has one of that UID")
                    String warning,
            Delivery.Confirmation confirmedBy,
            Instant sentAt,
            Instant confirmedAt,
            @Schema(description = "Of the release that made the object") String modelName,
            String modelVersion,
            String modelDigest) {
        /** @param made one of the findings that the object was made of */
        static DeliveryView of(Delivery row, Finding made) {
            return new DeliveryView(
                    row.output.sopInstanceUid,
                    row.destination,
                    row.place,
                    row.state,
                    row.essential,
                    row.attempts,
                    row.nextAttemptAt,
                    row.lastError,
                    row.warning,
                    row.confirmedBy,
                    row.sentAt,
                    row.confirmedAt,
                    made.modelName,
                    made.modelVersion,
                    made.modelDigest);
        }
    }
}
