package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyStage;
import org.rigatino.persistence.StudyState;

/** What the instances of a study make of the study. */
@ApplicationScoped
class Judgement {
    /** Rule for a study of which nothing came in but versions of instances that are not worked on. */
    static final String SET_ASIDE = "set-aside";

    /** As {@code rule.Ruling} names it. */
    private static final String HOUSE_RULES = "house-rules";

    private static final int MOST_DETAILS = 3;
    private static final int LONGEST_DETAIL = 256;

    @Inject
    AuditTrail audit;

    @Inject
    StudyPriority priority;

    /**
     * Delivering where any instance is restored; failed where all that are eligible have failed; else refused, by the
     * rules that refused its images, or as what is no image. Only images are counted.
     *
     * @param findings of the revision
     * @param others of the study's other revisions
     */
    void settle(Study study, Collection<Instance> instances, List<Finding> findings, List<Finding> others) {
        List<Instance> received = instances.stream()
                .filter(row -> row.outcome != Outcome.OWN_OUTPUT && row.outcome != Outcome.SET_ASIDE)
                .toList();
        List<Instance> failed =
                received.stream().filter(row -> row.outcome == Outcome.FAILED).toList();
        List<Instance> images = received.stream()
                .filter(row -> row.outcome != Outcome.REFUSED || !Study.NO_IMAGE.equals(row.outcomeReason))
                .toList();
        study.imagesSeen = images.size();
        study.imagesRestored = (int)
                received.stream().filter(row -> row.outcome == Outcome.RESTORED).count();
        if (study.imagesRestored > 0) {
            priority.write(study, findings, others);
            Instant now = Instant.now();
            study.become(StudyState.RESTORED, now);
            study.become(StudyState.DELIVERING, now);
            return;
        }
        if (!failed.isEmpty()) {
            study.fail(
                    StudyStage.IMAGE,
                    "none of " + failed.size() + " instances could be restored; the first, "
                            + failed.get(0).sopInstanceUid + ": " + failed.get(0).outcomeReason,
                    Instant.now());
        } else {
            boolean aside = instances.stream().anyMatch(row -> row.outcome == Outcome.SET_ASIDE);
            study.refuse(
                    received.isEmpty() && aside ? SET_ASIDE : rules(images.isEmpty() ? received : images),
                    Instant.now());
        }
    }

    private static String rules(List<Instance> refused) {
        return refused.isEmpty()
                ? Study.OWN_OUTPUT
                : refused.stream()
                        .flatMap(row -> Stream.of(row.outcomeReason.split(", ")))
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    /** By which of them, as the images' details tell; a site's own names of rules, in bounded number and length. */
    private static String byHouseRules(Restored result) {
        String by = result.instances().stream()
                .filter(came -> came.reason() != null
                        && Arrays.asList(came.reason().split(", ")).contains(HOUSE_RULES)
                        && came.detail() != null)
                .map(came -> came.detail().substring(0, Math.min(came.detail().length(), LONGEST_DETAIL)))
                .distinct()
                .sorted()
                .limit(MOST_DETAILS)
                .collect(Collectors.joining("; "));
        return by.isEmpty() ? "" : ": " + by;
    }

    /** @param refusedBesides frames of images that are restored in part */
    void audit(Study study, Restored result) {
        String counts = study.imagesRestored + " of " + study.imagesSeen + " images restored"
                + result.refusedBesides().map(frames -> "; " + frames).orElse("")
                + result.ruledBy()
                        .map(rule -> "; sent to "
                                + String.join(", ", new TreeSet<>(result.asked().keySet())) + " by " + rule)
                        .orElse("");
        String detail =
                switch (study.state()) {
                    case REFUSED -> study.refusalRule() + byHouseRules(result);
                    case FAILED -> study.failedStage() + ": " + study.failureCause();
                    default -> counts;
                };
        EventKind kind =
                switch (study.state()) {
                    case REFUSED -> EventKind.STUDY_REFUSED;
                    case FAILED -> EventKind.STUDY_FAILED;
                    default -> EventKind.STUDY_RESTORED;
                };
        audit.append(kind, study.studyInstanceUid, "revision " + study.revision, detail);
    }
}
