package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyStage;
import org.rigatino.persistence.StudyState;

/** The revision in which a person has a study go on. Within the caller's transaction. */
@ApplicationScoped
class NextRevision {
    private static final EnumSet<StudyState> AT_WORK =
            EnumSet.of(StudyState.RECEIVING, StudyState.READY, StudyState.RESTORING, StudyState.RESTORED);

    @Inject
    EntityManager entities;

    @Inject
    StudyLocks locks;

    @Inject
    RevisionFailure failure;

    /**
     * All revisions in their order, locked: the first as whoever adds to the study locks it.
     *
     * @throws ActRefusedException where there are none, or one is at work
     */
    List<Study> locked(String studyInstanceUid) {
        return requireIdle(locks.revisions(studyInstanceUid));
    }

    /** The same for a person, who does not wait for a run: what it has begun of the study ends, and what stood stands. */
    List<Study> lockedByPerson(String studyInstanceUid) {
        List<Study> revisions = locks.revisions(studyInstanceUid);
        failure.ofRuns(
                revisions,
                StudyStage.IMAGE,
                "a person acted on the study while it was judged again: choose it once more when that has its outcome");
        return requireIdle(revisions);
    }

    private static List<Study> requireIdle(List<Study> revisions) {
        if (revisions.isEmpty()) {
            throw new ActRefusedException(ActRefusedException.Reason.UNKNOWN_STUDY);
        }
        if (revisions.stream().anyMatch(study -> AT_WORK.contains(study.state()))) {
            throw new ActRefusedException(ActRefusedException.Reason.AT_WORK);
        }
        return revisions;
    }

    /** Not locked. */
    List<Study> all(String studyInstanceUid) {
        return entities.createQuery("from Study where studyInstanceUid = :uid order by id", Study.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList();
    }

    /**
     * Of any revision: retention marks all at once, and one whose files all came again is marked no more.
     *
     * @throws ActRefusedException where their files are gone: a revision of them could only fail
     */
    static void requireFiles(List<Study> revisions) {
        if (haveNoFiles(revisions)) {
            throw new ActRefusedException(ActRefusedException.Reason.FILES_DELETED);
        }
    }

    static boolean haveNoFiles(List<Study> revisions) {
        return revisions.stream().anyMatch(study -> study.instancesDeletedAt != null);
    }

    /** Every version of every instance, own outputs left out. */
    List<Instance> instances(String studyInstanceUid) {
        return entities.createQuery(
                        "from Instance i join fetch i.study where i.study.studyInstanceUid = :uid and i.outcome <> :own"
                                + " order by i.id",
                        Instance.class)
                .setParameter("uid", studyInstanceUid)
                .setParameter("own", Instance.Outcome.OWN_OUTPUT)
                .getResultList();
    }

    /** @param pending go into the revision, to be worked on */
    Study open(List<Study> revisions, Collection<Instance> pending, Instant now) {
        Study last = revisions.get(revisions.size() - 1);
        Study next = new Study();
        next.studyInstanceUid = last.studyInstanceUid;
        next.revision = last.revision + 1;
        next.imagesSeen = pending.size();
        next.firstReceivedAt = pending.stream()
                .map(row -> row.receivedAt)
                .min(Instant::compareTo)
                .orElse(last.firstReceivedAt);
        next.lastReceivedAt = pending.stream()
                .map(row -> row.receivedAt)
                .max(Instant::compareTo)
                .orElse(last.lastReceivedAt);
        entities.persist(next);
        next.become(StudyState.READY, now);
        for (Instance row : pending) {
            row.study = next;
            row.outcome = Instance.Outcome.PENDING;
            row.outcomeReason = null;
            row.outcomeDetail = null;
        }
        return next;
    }
}
