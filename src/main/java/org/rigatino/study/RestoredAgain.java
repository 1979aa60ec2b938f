package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Study;
import org.rigatino.study.ClaimedStudy.ReceivedInstance;
import org.rigatino.study.Restored.InstanceResult;

/**
 * Whether what was judged again takes the place of what stood: altogether or not at all, so that no study stands by two releases
 * in parts, and nothing that was found is gone because a release passed it over.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class RestoredAgain {
    private static final int REASONS = 3;

    @Inject
    EntityManager entities;

    @Inject
    FinishedStudies finished;

    @Inject
    StandingFindings standing;

    /** A frame of an instance. */
    private record Place(long instance, int frame) {}

    /**
     * Gives the revision the instances of those that it judges again, and supersedes those.
     *
     * @return why nothing was changed and what stood stands; empty where it is replaced
     */
    Optional<String> replace(Study study, ClaimedStudy claimed, Restored result) {
        List<Instance> instances = finished.instances(study.studyInstanceUid);
        Set<Long> now = instances.stream().map(row -> row.id).collect(Collectors.toSet());
        if (!now.equals(claimed.instances().stream().map(ReceivedInstance::id).collect(Collectors.toSet()))) {
            return Optional.of("the study changed while it was judged again: choose it once more");
        }
        if (instances.isEmpty()) {
            return Optional.of(
                    "whatever of the study is finished was judged by releases that serve: nothing is to be done");
        }
        if (isInDoubt(study, claimed)) {
            return Optional.of("the patient of the study is in doubt since it was judged again: say who is right, then"
                    + " choose the study once more");
        }
        List<Finding> before = finished.findings(study.studyInstanceUid);
        Optional<String> passedOver = passedOver(before, result);
        if (passedOver.isEmpty()) {
            takeOver(study, instances, before);
        }
        return passedOver;
    }

    /** By a revision that was refused so, or an image set aside so that nobody knew of when the study was claimed. */
    private boolean isInDoubt(Study study, ClaimedStudy claimed) {
        List<String> mixed = entities.createQuery(
                        "select patient from Study where studyInstanceUid = :uid and supersededAt is null"
                                + " and patient = :mixed",
                        String.class)
                .setParameter("uid", study.studyInstanceUid)
                .setParameter("mixed", Study.MIXED)
                .getResultList();
        return !mixed.isEmpty() || !claimed.identifying().containsAll(aside(study));
    }

    /**
     * Of what is judged for the first time: whether an image of another patient came in the place of one while it was judged, or
     * a revision was refused so, and no person has said since whose the study is.
     */
    boolean isInDoubtSince(Study study, ClaimedStudy claimed) {
        List<Integer> refused = entities.createQuery(
                        "select revision from Study where studyInstanceUid = :uid and supersededAt is null"
                                + " and patient = :mixed and endedAt >= :claimed",
                        Integer.class)
                .setParameter("uid", study.studyInstanceUid)
                .setParameter("mixed", Study.MIXED)
                .setParameter("claimed", study.restoringAt)
                .getResultList();
        boolean doubted = !refused.isEmpty() || !claimed.identifying().containsAll(aside(study));
        return doubted
                && entities.createNativeQuery("select 1 from study_patient where study_instance_uid = :uid limit 1")
                        .setParameter("uid", study.studyInstanceUid)
                        .getResultList()
                        .isEmpty();
    }

    private List<String> aside(Study study) {
        return entities.createQuery(
                        "select location from Instance where study.studyInstanceUid = :uid and outcome = :aside"
                                + " and outcomeReason = :doubt",
                        String.class)
                .setParameter("uid", study.studyInstanceUid)
                .setParameter("aside", Instance.Outcome.SET_ASIDE)
                .setParameter("doubt", Study.PATIENT_IDENTITY)
                .getResultList();
    }

    /** Versions that are set aside go with the instances under whose names they came. */
    private void takeOver(Study study, List<Instance> instances, List<Finding> before) {
        List<Study> earlier = finished.revisions(study.studyInstanceUid);
        entities
                .createQuery("from Instance where study in :revisions and outcome = :aside", Instance.class)
                .setParameter("revisions", earlier)
                .setParameter("aside", Instance.Outcome.SET_ASIDE)
                .getResultList()
                .stream()
                .forEach(row -> row.study = study);
        instances.forEach(row -> row.study = study);
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        earlier.forEach(revision -> {
            revision.replacedBy(study, at);
            standing.withdraw(revision, before, standing.outputs(revision));
        });
        entities.flush();
    }

    private static Optional<String> passedOver(List<Finding> before, Restored result) {
        Set<Place> judged = new HashSet<>();
        Set<Long> restored = result.instances().stream()
                .filter(came -> came.outcome() == Instance.Outcome.RESTORED)
                .map(InstanceResult::instance)
                .collect(Collectors.toSet());
        result.frames().stream()
                .filter(frame -> restored.contains(frame.instance()))
                .forEach(frame -> judged.add(
                        new Place(frame.instance(), frame.finding().reference().frameNumber())));
        Set<Place> stood = places(before);
        Set<Place> lost = new HashSet<>(stood);
        lost.removeAll(judged);
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(lost.size() + " of " + stood.size()
                        + " frames that were judged before are not judged by the releases that serve: "
                        + reasons(lost, result) + "; promote one that judges them, or leave the study as it is");
    }

    private static Set<Place> places(List<Finding> findings) {
        return findings.stream()
                .map(row -> new Place(row.instance.id, row.frameNumber))
                .collect(Collectors.toSet());
    }

    /** The first few. */
    private static String reasons(Set<Place> lost, Restored result) {
        Set<Long> instances = lost.stream().map(Place::instance).collect(Collectors.toSet());
        return result.instances().stream()
                .filter(came -> instances.contains(came.instance()))
                .map(came -> Objects.requireNonNullElse(came.reason(), came.detail()))
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .limit(REASONS)
                .collect(Collectors.joining(", "));
    }
}
