package org.rigatino.triage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.finding.Priority;
import org.rigatino.identity.Identity;
import org.rigatino.persistence.AgainstNormalStudies;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Reopening;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;
import org.rigatino.persistence.WorklistEntry;

/**
 * A study on the worklist.
 *
 * @param identity whose it is, as far as the reader is shown it; null where they are shown nothing
 * @param revision the latest that has come to an outcome
 * @param reason the image that gave the study its place; null where none was judged
 * @param trouble what failed or was refused; null where nothing was
 * @param imagesFailed images that should have been restored and could not be
 * @param imagesUnlike images of which a frame or all was not judged, since it is too unlike the release's normal ones, as the most
 *     abnormal ones may be
 * @param earlier whether all of it came when somebody asked an archive for it beside a later study of the patient: it is
 *     behind others of its priority, and time does not escalate it
 * @param assigneeGone whether the user whom it is assigned to was removed or disabled, or may not read the list any more
 * @param waitingSince when the last instance came
 * @param waitingSeconds since then, until now or until the study was acknowledged
 * @param escalatedBy a user, or {@code rigatino.triage.escalate-after}
 * @param reopenedBecause why an acknowledged study came back, as far as that holds now; null where it did not, or nothing of it holds
 * @param reopening the same, as pages tell it
 * @param version to be sent with an act, which is refused where another was quicker
 */
public record WorklistView(
        String studyInstanceUid,
        Identity identity,
        int revision,
        WorklistEntry.State state,
        Priority priority,
        Reason reason,
        Trouble trouble,
        int imagesSeen,
        int imagesRestored,
        int imagesFailed,
        int imagesUnlike,
        boolean earlier,
        Instant waitingSince,
        double waitingSeconds,
        Instant listedAt,
        String assignedTo,
        Instant assignedAt,
        boolean assigneeGone,
        String escalatedBy,
        Instant escalatedAt,
        String acknowledgedBy,
        Instant acknowledgedAt,
        @Schema(
                        description =
                                "In English: that NAME opened it again, or escalated it after it was acknowledged, or that revision N raised it"
                                        + " from PRIORITY to PRIORITY, is HIGH too, has images refused as unlike, has images that could not be restored, "
                                        + "was refused by RULE or failed at STAGE; after NAME had acknowledged it")
                String reopenedBecause,
        @JsonIgnore Reopening reopening,
        Instant reopenedAt,
        int version) {
    /** Who escalates what has waited too long. */
    public static final String ESCALATE_AFTER = "rigatino.triage.escalate-after";

    /**
     * @param percentile share of held-back normals that score lower, 0 to 100
     * @param againstNormalStudies what the study is among the normal ones of the release that this names, which decides unless another
     *     that knows none has the study higher, by the image; null where none does
     */
    public record Reason(
            double percentile,
            boolean flagged,
            String seriesInstanceUid,
            String sopInstanceUid,
            int frameNumber,
            String modelName,
            String modelVersion,
            String modelDigest,
            AgainstNormalStudies againstNormalStudies) {
        static Reason of(Finding finding, Study deciding) {
            return new Reason(
                    finding.percentile,
                    finding.flagged,
                    finding.instance.seriesInstanceUid,
                    finding.instance.sopInstanceUid,
                    finding.frameNumber,
                    finding.modelName,
                    finding.modelVersion,
                    finding.modelDigest,
                    deciding == null ? null : deciding.againstNormalStudies);
        }
    }

    /** @param rule of a refusal, else null; {@code stage} and {@code cause} of a failure, else null */
    public record Trouble(int revision, StudyState state, String rule, String stage, String cause) {
        static Trouble of(Study study) {
            return new Trouble(
                    study.revision, study.state(), study.refusalRule(), study.failedStage(), study.failureCause());
        }
    }

    /** @param gone whether the user whom it is assigned to is */
    static WorklistView of(WorklistEntry row, boolean gone, Instant now) {
        Instant until = row.acknowledgedAt == null ? now : row.acknowledgedAt;
        return new WorklistView(
                row.studyInstanceUid,
                null,
                row.revision,
                row.state,
                row.priority,
                row.finding == null ? null : Reason.of(row.finding, row.deciding),
                row.troubled == null ? null : Trouble.of(row.troubled),
                row.imagesSeen,
                row.imagesRestored,
                row.imagesFailed,
                row.imagesUnlike,
                row.earlier,
                row.waitingSince,
                Math.max(0, Duration.between(row.waitingSince, until).toMillis()) / 1000.0,
                row.listedAt,
                row.assignedTo,
                row.assignedAt,
                gone,
                row.escalatedBy,
                row.escalatedAt,
                row.acknowledgedBy,
                row.acknowledgedAt,
                row.reopening == null ? null : row.reopening.text(),
                row.reopening,
                row.reopenedAt,
                row.version);
    }

    /** The same, of whom the reader is told. */
    WorklistView of(Identity whose) {
        return new WorklistView(
                studyInstanceUid,
                whose,
                revision,
                state,
                priority,
                reason,
                trouble,
                imagesSeen,
                imagesRestored,
                imagesFailed,
                imagesUnlike,
                earlier,
                waitingSince,
                waitingSeconds,
                listedAt,
                assignedTo,
                assignedAt,
                assigneeGone,
                escalatedBy,
                escalatedAt,
                acknowledgedBy,
                acknowledgedAt,
                reopenedBecause,
                reopening,
                reopenedAt,
                version);
    }
}
