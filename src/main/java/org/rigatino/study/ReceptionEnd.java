package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;

/** RECEIVING becomes READY, or REFUSED where nothing came in that is looked at. */
@ApplicationScoped
class ReceptionEnd {
    @Inject
    EntityManager entities;

    @Inject
    AuditTrail audit;

    /** Under the lock of the study's first revision, as whoever adds to the study. */
    @Transactional
    Optional<Study> end(long id, Function<Study, Optional<String>> completedBy, Instant now) {
        Study study = entities.find(Study.class, id);
        entities.createQuery("from Study where studyInstanceUid = :uid and revision = 1", Study.class)
                .setParameter("uid", study.studyInstanceUid)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResult();
        entities.refresh(study);
        if (study.state() != StudyState.RECEIVING) {
            return Optional.empty();
        }
        Optional<String> by = completedBy.apply(study);
        by.ifPresent(reason -> {
            study.completedBy = reason;
            complete(study, now.truncatedTo(ChronoUnit.MICROS));
        });
        return by.map(reason -> study);
    }

    private long count(Study study, Instance.Outcome outcome) {
        return entities.createQuery(
                        "select count(*) from Instance where study = :study and outcome = :outcome", Long.class)
                .setParameter("study", study)
                .setParameter("outcome", outcome)
                .getSingleResult();
    }

    private void complete(Study study, Instant now) {
        long images = count(study, Instance.Outcome.PENDING);
        study.imagesSeen = Math.toIntExact(images);
        study.become(StudyState.READY, now);
        // What is set aside in a revision of its own puts the patient in doubt, which is judged.
        boolean nothing = images == 0 && count(study, Instance.Outcome.SET_ASIDE) == 0;
        if (nothing) {
            study.refuse(Study.OWN_OUTPUT, now);
        }
        audit.append(
                nothing ? EventKind.STUDY_REFUSED : EventKind.STUDY_READY,
                study.studyInstanceUid,
                null,
                "revision " + study.revision + " with " + images + " instances to look at, by " + study.completedBy);
    }
}
