package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.rigatino.audit.AuditTrail;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;

/** Puts failed studies back to work. What was restored stays; what was not, or was not delivered, is tried again. */
@ApplicationScoped
class StudyReplay {
    @Inject
    EntityManager entities;

    @Inject
    AuditTrail audit;

    /**
     * @param by who asked
     * @return how many revisions had failed and are READY again
     */
    @Transactional
    int replay(String studyInstanceUid, String by) {
        List<Study> failed = entities.createQuery(
                        "from Study where studyInstanceUid = :uid and state = :failed order by id", Study.class)
                .setParameter("uid", studyInstanceUid)
                .setParameter("failed", StudyState.FAILED)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        for (Study study : failed) {
            String was = study.failedStage() + ": " + study.failureCause();
            study.become(StudyState.READY, Instant.now().truncatedTo(ChronoUnit.MICROS));
            entities.flush();
            audit.append(
                    "STUDY_REPLAYED",
                    study.studyInstanceUid,
                    "revision " + study.revision,
                    "by " + by + "; it had failed at " + was);
        }
        return failed.size();
    }
}
