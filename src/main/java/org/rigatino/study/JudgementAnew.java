package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;
import org.rigatino.study.StudyLife.Judged;
import org.rigatino.study.StudyLife.Possible;

/**
 * Has what was refused judged again, in a new revision: another release serves, a setting is another, or the sender has sent
 * what was missing. An image that could not be read is taken in the version that came last under its UID.
 */
@ApplicationScoped
@PersonsAct
class JudgementAnew {
    @Inject
    EntityManager entities;

    @Inject
    NextRevision next;

    @Inject
    AuditTrail audit;

    @Transactional
    Judged judgeAnew(String studyInstanceUid, Actor by) {
        List<Study> revisions = next.lockedByPerson(studyInstanceUid);
        List<Instance> rows = next.instances(studyInstanceUid);
        List<Instance> unsettled =
                rows.stream().filter(JudgementAnew::isUnsettled).toList();
        List<Instance> doubts = rows.stream().filter(JudgementAnew::isDoubt).toList();
        if (unsettled.isEmpty() && doubts.isEmpty()) {
            throw new ActRefusedException(ActRefusedException.Reason.NOTHING);
        }
        NextRevision.requireFiles(revisions);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Set<Study> from = new LinkedHashSet<>();
        unsettled.forEach(row -> from.add(row.study));
        doubts.forEach(row -> from.add(row.study));
        from.stream().filter(JudgementAnew::hasNoResults).forEach(study -> study.supersede(now));
        List<Instance> pending =
                unsettled.stream().map(row -> latestReadable(row, rows)).toList();
        entities.flush();
        Study opened = next.open(revisions, pending, now);
        doubts.forEach(row -> row.study = opened);
        entities.flush();
        audit.append(by.did(new AuditTrail.Event(
                EventKind.STUDY_JUDGED_ANEW,
                studyInstanceUid,
                "revision " + opened.revision,
                pending.size() + " instances that were refused or had failed")));
        return new Judged(opened.revision, pending.size());
    }

    /** Without a lock; what is at work is not asked. */
    @Transactional
    Possible possible(String studyInstanceUid) {
        boolean files = !NextRevision.haveNoFiles(next.all(studyInstanceUid));
        boolean any = next.instances(studyInstanceUid).stream().anyMatch(row -> isUnsettled(row) || isDoubt(row));
        return new Possible(files, any);
    }

    private static boolean isUnsettled(Instance row) {
        boolean isNotRestored = row.outcome == Outcome.REFUSED || row.outcome == Outcome.FAILED;
        boolean isWaiting = row.outcome == Outcome.PENDING && row.study.state() == StudyState.FAILED;
        return isNotRestored || isWaiting;
    }

    private static boolean isDoubt(Instance row) {
        return row.outcome == Outcome.SET_ASIDE && Study.PATIENT_IDENTITY.equals(row.outcomeReason);
    }

    /** Nothing of it stands but what is judged anew. */
    private static boolean hasNoResults(Study study) {
        return (study.state() == StudyState.REFUSED || study.state() == StudyState.FAILED) && study.restoredAt == null;
    }

    private static Instance latestReadable(Instance row, List<Instance> rows) {
        Instance latest = rows.stream()
                .filter(other -> row.outcome == Outcome.FAILED
                        && other.outcome == Outcome.SET_ASIDE
                        && Instance.OTHER_CONTENT.equals(other.outcomeReason)
                        && other.sopInstanceUid.equals(row.sopInstanceUid))
                .reduce((first, last) -> last)
                .orElse(row);
        if (latest != row) {
            row.outcome = Outcome.SET_ASIDE;
            row.outcomeReason = Instance.OTHER_CONTENT;
        }
        return latest;
    }
}
