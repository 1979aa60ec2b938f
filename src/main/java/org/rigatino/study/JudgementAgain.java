package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Study;
import org.rigatino.study.StudyLife.Judged;

/** Opens the revision in which finished ones are judged again; see {@link RestoredAgain} for what comes of it. */
@ApplicationScoped
@PersonsAct
class JudgementAgain {
    @Inject
    EntityManager entities;

    @Inject
    NextRevision next;

    @Inject
    FinishedStudies finished;

    @Inject
    AuditTrail audit;

    @Transactional
    Judged judgeAgain(String studyInstanceUid, long rerun, Actor by) {
        List<Study> revisions = next.locked(studyInstanceUid);
        if (finished.isUnderWay(studyInstanceUid)) {
            throw new ActRefusedException(ActRefusedException.Reason.AT_WORK);
        }
        List<Study> earlier = finished.revisions(studyInstanceUid);
        if (earlier.isEmpty()) {
            throw new ActRefusedException(ActRefusedException.Reason.SERVED_ALREADY);
        }
        int instances = finished.instances(studyInstanceUid).size();
        Study opened = next.open(revisions, List.of(), Instant.now().truncatedTo(ChronoUnit.MICROS));
        opened.rerunId = rerun;
        opened.imagesSeen = instances;
        opened.firstReceivedAt = earlier.stream()
                .map(study -> study.firstReceivedAt)
                .min(Instant::compareTo)
                .orElseThrow();
        opened.lastReceivedAt = earlier.stream()
                .map(study -> study.lastReceivedAt)
                .max(Instant::compareTo)
                .orElseThrow();
        entities.flush();
        audit.append(by.did(new AuditTrail.Event(
                EventKind.STUDY_JUDGED_ANEW,
                studyInstanceUid,
                "revision " + opened.revision,
                "run " + rerun + ": " + instances + " instances of revision " + numbers(earlier)
                        + " by the releases that serve; what they came to stands until then")));
        return new Judged(opened.revision, instances);
    }

    static String numbers(List<Study> revisions) {
        return revisions.stream().map(study -> Integer.toString(study.revision)).collect(Collectors.joining(", "));
    }
}
