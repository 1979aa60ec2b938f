package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;

/** Puts failed studies back to work. What was restored stays; what was not, or was not delivered, is tried again. */
@ApplicationScoped
@PersonsAct
class Replay {
    static final int MOST = 1000;

    @Inject
    EntityManager entities;

    @Inject
    AuditTrail audit;

    /**
     * @return how many revisions had failed and are READY again
     */
    @Transactional
    int replay(String studyInstanceUid, Actor by) {
        List<Study> failed = entities.createQuery(
                        "from Study where studyInstanceUid = :uid and state = :failed"
                                + " and supersededAt is null order by id",
                        Study.class)
                .setParameter("uid", studyInstanceUid)
                .setParameter("failed", StudyState.FAILED)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        for (Study study : failed) {
            if (study.restoredAt != null && Study.MIXED.equals(study.patient)) {
                // Its images are looked at anew, by the settings of now; meanwhile it speaks for no other revision.
                study.patient = null;
            }
            String was = study.failedStage() + ": " + study.failureCause();
            study.become(StudyState.READY, Instant.now().truncatedTo(ChronoUnit.MICROS));
            entities.flush();
            audit.append(by.did(new AuditTrail.Event(
                    EventKind.STUDY_REPLAYED,
                    study.studyInstanceUid,
                    "revision " + study.revision,
                    "it had failed at " + was)));
        }
        return failed.size();
    }

    /** Study Instance UIDs, the first to fail first, {@value #MOST} of them at most. */
    @Transactional
    List<String> failedAt(String stage) {
        return entities.createQuery(
                        "select studyInstanceUid from Study where state = :failed and supersededAt is null"
                                + " and failedStage = :stage group by studyInstanceUid order by min(id)",
                        String.class)
                .setParameter("failed", StudyState.FAILED)
                .setParameter("stage", stage)
                .setMaxResults(MOST)
                .getResultList();
    }
}
