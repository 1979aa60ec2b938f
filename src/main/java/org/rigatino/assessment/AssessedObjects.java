package org.rigatino.assessment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import org.rigatino.persistence.Answer;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyDeliveries;
import org.rigatino.persistence.StudyState;
import org.rigatino.result.ObjectKind;

/** What an answer is about, as the record has it. Within the caller's transaction. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class AssessedObjects {
    private static final EnumSet<Delivery.State> GOES_NOWHERE =
            EnumSet.of(Delivery.State.DECLINED, Delivery.State.CANCELLED);

    @Inject
    EntityManager entities;

    /** With finding, instance and study. */
    Answer answer(long id) {
        return entities.createQuery(
                        "from Answer a join fetch a.finding f join fetch f.instance i join fetch i.study where a.id = :id",
                        Answer.class)
                .setParameter("id", id)
                .getSingleResult();
    }

    void holdDeliveries(long answerId) {
        entities.createQuery("select studyInstanceUid from Answer where id = :id", String.class)
                .setParameter("id", answerId)
                .getResultList()
                .forEach(uid -> StudyDeliveries.hold(entities, uid));
    }

    /** As whoever adds to a study: its first revision, then its own row, which is read anew. */
    void lock(Study study) {
        entities.createNativeQuery("select id from study where study_instance_uid = :uid and revision = 1 for update")
                .setParameter("uid", study.studyInstanceUid)
                .getResultList();
        entities.refresh(study, LockModeType.PESSIMISTIC_WRITE);
    }

    boolean stands(Finding finding) {
        return entities.createQuery(
                                "select count(f) from Finding f where f = :finding and f.instance.study.state <> :refused and "
                                        + Finding.STANDS,
                                Long.class)
                        .setParameter("finding", finding)
                        .setParameter("refused", StudyState.REFUSED)
                        .getSingleResult()
                == 1;
    }

    /** Made of the finding for a destination that has it or is to get it; a report first. */
    List<Output> of(Finding finding) {
        return entities
                .createQuery(
                        "from Output o where (o.finding = :finding or :finding member of o.findings) and "
                                + Output.IS_OF_STUDY
                                + " and o.study = :study and o.replacedAt is null and exists (select 1 from Delivery d where"
                                + " d.output = o and d.state not in :nowhere) order by o.id",
                        Output.class)
                .setParameter("finding", finding)
                .setParameter("study", finding.instance.study)
                .setParameter("nowhere", GOES_NOWHERE)
                .getResultList()
                .stream()
                .sorted(Comparator.comparing(output -> output.kind != ObjectKind.MEASUREMENT_REPORT))
                .toList();
    }

    /** All that was ever made of the finding, wherever it went; a report first. */
    List<Output> everMade(Finding finding) {
        return entities
                .createQuery(
                        "from Output o where (o.finding = :finding or :finding member of o.findings) and "
                                + Output.IS_OF_STUDY + " order by o.id",
                        Output.class)
                .setParameter("finding", finding)
                .getResultList()
                .stream()
                .sorted(Comparator.comparing(output -> output.kind != ObjectKind.MEASUREMENT_REPORT))
                .toList();
    }
}
