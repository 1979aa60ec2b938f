package org.rigatino.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.persistence.AgainstNormalStudies;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;
import org.rigatino.rule.Urgency;

/**
 * One revision of a study.
 *
 * @param againstNormalStudies what decided the priority, unless a release that knows no normal studies has the study higher; null
 *     where none that judged it knows any, and the highest image decided
 * @param waitingSeconds from the last instance received, or from when it was opened to be judged again, to the start of restoring; null before that
 * @param workingSeconds from the start of restoring to its end; null before that
 * @param supersededAt when a person had the study judged anew, or its results withdrawn, when another revision took its place, or
 *     when judging again came to nothing; null where what it came to stands
 * @param nothingDelivered why a revision that is CONFIRMED had nothing to deliver, so that nothing was proved; null where
 *     there were deliveries, and before that
 * @param waitsFor what somebody has to do before anything is made of it; null where it waits for nobody
 * @param wayOn the act that can take a refused or failed revision further, by REST and by page; null where none is needed
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
        AgainstNormalStudies againstNormalStudies,
        Instant firstReceivedAt,
        Instant lastReceivedAt,
        Instant readyAt,
        Instant restoringAt,
        Instant restoredAt,
        Instant deliveredAt,
        Instant endedAt,
        Instant supersededAt,
        @Schema(
                        description =
                                "Revision that judged its images again: findings and objects of that one stand in the place of this one's")
                Integer supersededBy,
        @Schema(description = "Run that had the study judged again in this revision; absent for what came in")
                Long rerun,
        @Schema(
                        description =
                                "Why a CONFIRMED revision had nothing to deliver, so that nothing was proved; absent otherwise")
                String nothingDelivered,
        @Schema(
                        description =
                                "What a revision that is READY or RESTORING waits for, and who can do what about it: a destination, where none is in force; absent otherwise")
                String waitsFor,
        String wayOn,
        Double waitingSeconds,
        Double workingSeconds,
        String completedBy,
        Double completionSeconds,
        @Schema(
                        description =
                                "Releases that judged its images, the first first, also where another revision took its place; absent in lists of studies")
                List<Release> judgedBy,
        @Schema(description = "How soon it is taken up by the rules of the house; absent where there were none")
                Urgency urgency) {

    /** A model release. */
    @Schema(name = "JudgingRelease")
    public record Release(String modelName, String modelVersion, String modelDigest) {}

    static final String NOT_FLAGGED = "no image is flagged, and the destinations take flagged ones only";
    static final String NOT_MADE = "of these images nothing was made that the destinations take";

    /** Whether nothing was delivered because nothing is flagged. */
    public boolean unflagged() {
        return NOT_FLAGGED.equals(nothingDelivered);
    }

    /** Whether it has still to come to an outcome, so that what is to be delivered is not known yet. */
    public boolean underWay() {
        return !state.isOutcome() && state != StudyState.DELIVERED;
    }

    /** @param judgedBy null where that is not told */
    static StudyView of(Study study, String nothingDelivered, String waitsFor, List<Release> judgedBy) {
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
                study.againstNormalStudies,
                study.firstReceivedAt,
                study.lastReceivedAt,
                study.readyAt,
                study.restoringAt,
                study.restoredAt,
                study.deliveredAt,
                study.endedAt,
                study.supersededAt,
                study.supersededBy,
                study.rerunId,
                nothingDelivered,
                waitsFor,
                wayOn(study),
                seconds(waitingFrom(study), study.restoringAt),
                seconds(study.restoringAt, study.restoredAt == null ? study.endedAt : study.restoredAt),
                study.completedBy,
                study.rerunId == null ? seconds(study.lastReceivedAt, study.readyAt) : null,
                judgedBy,
                study.urgency == null ? null : Urgency.of(study.urgency));
    }

    private static Instant waitingFrom(Study study) {
        return study.rerunId == null ? study.lastReceivedAt : study.readyAt;
    }

    private static String wayOn(Study study) {
        boolean ended = study.state() == StudyState.REFUSED || study.state() == StudyState.FAILED;
        // Rows of the first installations have the second word.
        boolean nothingToRestore =
                Set.of(Study.OWN_OUTPUT, "OWN_OUTPUTS_ONLY", Study.NO_IMAGE).contains("" + study.refusalRule());
        if (!ended || nothingToRestore || study.supersededAt != null) {
            return null;
        }
        String api = "POST /api/studies/" + study.studyInstanceUid;
        String page = "/administration/studies/" + study.studyInstanceUid;
        if (study.state() == StudyState.FAILED && Study.MIXED.equals(study.patient)) {
            return "say who the patient is: " + api + "/patient, or the page " + page + "; then " + api
                    + "/replay, or Replay on the page /administration";
        }
        if (study.state() == StudyState.FAILED) {
            return "mend the cause, then " + api + "/replay, or Replay on the page /administration";
        }
        boolean inDoubt = Study.PATIENT_IDENTITY.equals(study.refusalRule());
        if (study.instancesDeletedAt != null) {
            return "files are no longer kept: have the study sent again, then "
                    + (inDoubt ? "say who the patient is: " + api + "/patient" : api + "/judge-anew") + ", or the page "
                    + page;
        }
        return inDoubt
                ? "say who the patient is: " + api + "/patient, or the page " + page
                        + "; after images were sent anew, or" + " with another setting, " + api + "/judge-anew"
                : "with another release or setting, or after images were sent anew, " + api
                        + "/judge-anew, or the page " + page;
    }

    private static Double seconds(Instant from, Instant to) {
        return from == null || to == null ? null : Duration.between(from, to).toMillis() / 1000.0;
    }
}
