package org.rigatino.rejection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyDeliveries;
import org.rigatino.rejection.RejectionNoteRows.Row;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.ResultReference;

/** What took the place of what at a destination, as the record has it. Within the caller's transaction. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class Replacement {
    /**
     * Of all revisions that this one took the place of, also by way of others. What a note names that the destination has
     * answered with success, or may be on its way to, is left out; a note that it never took is as none.
     */
    private static final String SUPERSEDED =
            """
            with recursive earlier (id, revision) as (
              select s.id, s.revision from study s where s.study_instance_uid = :uid and s.superseded_by = :revision
              union
              select s.id, s.revision from earlier e
                join study s on s.study_instance_uid = :uid and s.superseded_by = e.revision)
            select o.id, o.kind, o.sop_class_uid, o.sop_instance_uid, o.series_instance_uid,
              coalesce(f.model_name || '/' || f.model_version, m.model),
              d.place is not distinct from cast(:place as text)
            from earlier e join study s on s.id = e.id and s.state <> 'REFUSED'
              join output o on o.study_id = e.id and %s
              join delivery d on d.output_id = o.id and d.destination = :destination and d.state = 'CONFIRMED'
              left join finding f on f.id = o.finding_id
              left join lateral (select y.model_name || '/' || y.model_version as model from output_finding x
                join finding y on y.id = x.finding_id where x.output_id = o.id limit 1) m on o.finding_id is null
            where not exists (select 1 from rejected_object r
              join delivery n on n.output_id = r.note_id and n.destination = r.destination
              where r.output_id = o.id and r.destination = :destination
                and (n.sent_at is not null or n.state in ('PENDING', 'SENT', 'DELIVERED', 'CONFIRMED')))
            order by e.revision, o.id"""
                    .formatted(Output.OF_STUDY);

    @Inject
    Session entities;

    /** An object that does not stand any more and that the destination has. */
    record Superseded(long id, ResultReference reference, String release) {}

    /**
     * What a revision superseded at a destination.
     *
     * @param there proved to be where the destination is now
     * @param elsewhere how many more were proved to be where it was before
     */
    record AllSuperseded(List<Superseded> there, int elsewhere) {}

    void holdDeliveries(long studyId) {
        StudyDeliveries.hold(entities, entities.find(Study.class, studyId).studyInstanceUid);
    }

    /** The revision as it is now, locked as by whoever adds to a study: its first revision, then its own row. */
    Study lock(long studyId) {
        Study study = entities.find(Study.class, studyId);
        entities.createNativeQuery("select id from study where study_instance_uid = :uid and revision = 1 for update")
                .setParameter("uid", study.studyInstanceUid)
                .getResultList();
        entities.refresh(study, LockModeType.PESSIMISTIC_WRITE);
        return study;
    }

    /** Deliveries of what stands of the revision, to the destination. */
    List<Delivery> deliveries(Row row) {
        return entities.createQuery(
                        "from Delivery d join fetch d.output o left join fetch o.finding where d.study.id = :study and d.destination = :destination"
                                + " and " + Output.IS_OF_STUDY + " and " + Output.STANDS + " order by d.id",
                        Delivery.class)
                .setParameter("study", row.studyId())
                .setParameter("destination", row.destination())
                .getResultList();
    }

    /** @param place where the destination is; null where it is not */
    AllSuperseded superseded(Study study, String destination, String place) {
        List<Object[]> rows = entities.createNativeQuery(SUPERSEDED, Object[].class)
                .setParameter("uid", study.studyInstanceUid)
                .setParameter("revision", study.revision)
                .setParameter("destination", destination)
                .setParameter("place", place)
                .getResultList();
        List<Superseded> there = rows.stream()
                .filter(row -> (Boolean) row[6])
                .map(row -> new Superseded(
                        (Long) row[0],
                        new ResultReference(
                                ObjectKind.valueOf((String) row[1]), (String) row[2], (String) row[3], (String) row[4]),
                        (String) row[5]))
                .toList();
        return new AllSuperseded(there, rows.size() - there.size());
    }
}
