package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyDeliveries;

/** Locks of one study, to the end of the caller's transaction and in the order that {@link StudyLife} says. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class StudyLocks {
    @Inject
    EntityManager entities;

    /** Deliveries of all revisions, to which none is added until the transaction ends. Before the revisions, as whoever sends them does. */
    void deliveries(String studyInstanceUid) {
        StudyDeliveries.hold(entities, studyInstanceUid);
        deliveries(entities.createQuery("select id from Study where studyInstanceUid = :uid", Long.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList());
    }

    /** The same of one revision. */
    void deliveries(String studyInstanceUid, long study) {
        StudyDeliveries.hold(entities, studyInstanceUid);
        deliveries(List.of(study));
    }

    private void deliveries(List<Long> studies) {
        entities.createQuery("select d.id from Delivery d where d.study.id in :studies order by d.id", Long.class)
                .setParameter("studies", studies)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    /** All revisions in their order, whatever they are at; none where the study is on no record. */
    List<Study> revisions(String studyInstanceUid) {
        entities.createQuery("from Study where studyInstanceUid = :uid and revision = 1", Study.class)
                .setParameter("uid", studyInstanceUid)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResultOrNull();
        return entities.createQuery("from Study where studyInstanceUid = :uid order by id", Study.class)
                .setParameter("uid", studyInstanceUid)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }
}
