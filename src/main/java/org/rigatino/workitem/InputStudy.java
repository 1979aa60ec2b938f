package org.rigatino.workitem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import org.rigatino.identity.IdentityRows;
import org.rigatino.persistence.StudyState;

/** What the record says of the input of a workitem. */
@ApplicationScoped
class InputStudy {
    @Inject
    EntityManager entities;

    @Inject
    IdentityRows identities;

    /**
     * One revision that has instances of the input.
     *
     * @param rule of a refused one, else empty
     * @param ended whether it has its outcome
     */
    record Revision(long id, StudyState state, String rule, boolean ended) {}

    /** @param missing instances of the input that are not here */
    record Sight(int missing, List<Revision> revisions) {}

    /** An object that a destination has. */
    record Delivered(String seriesInstanceUid, String sopClassUid, String sopInstanceUid, String destination) {}

    @Transactional
    @SuppressWarnings("unchecked")
    Sight look(ClaimedWorkitem workitem) {
        String[] instances = workitem.instances().toArray(String[]::new);
        int missing = ((Number) entities.createNativeQuery(
                                """
                                select count(*) from unnest(cast(:instances as text[])) as wanted (uid) where not exists (
                                  select 1 from instance i join study s on s.id = i.study_id
                                  where i.sop_instance_uid = wanted.uid and s.study_instance_uid = :study)""")
                        .setParameter("instances", instances)
                        .setParameter("study", workitem.study())
                        .getSingleResult())
                .intValue();
        List<Object[]> revisions = entities.createNativeQuery(
                        """
                        select s.id, s.state, coalesce(s.refusal_rule, ''), s.ended_at is not null from study s
                        where s.study_instance_uid = :study and s.superseded_at is null and exists (
                          select 1 from instance i where i.study_id = s.id
                            and i.sop_instance_uid = any (cast(:instances as text[])))
                        order by s.revision""",
                        Object[].class)
                .setParameter("study", workitem.study())
                .setParameter("instances", instances)
                .getResultList();
        return new Sight(
                missing,
                revisions.stream()
                        .map(row -> new Revision(
                                ((Number) row[0]).longValue(),
                                StudyState.valueOf((String) row[1]),
                                (String) row[2],
                                (Boolean) row[3]))
                        .toList());
    }

    /** What was made of the revisions and is there: proved, or taken by a destination that is set to prove nothing. */
    @Transactional
    @SuppressWarnings("unchecked")
    List<Delivered> delivered(List<Revision> revisions) {
        if (revisions.isEmpty()) {
            return List.of();
        }
        List<Object[]> rows = entities.createNativeQuery(
                        """
                        select o.series_instance_uid, o.sop_class_uid, o.sop_instance_uid, d.destination
                        from delivery d join output o on o.id = d.output_id join study s on s.id = d.study_id
                        where d.study_id in (:revisions) and d.state in ('CONFIRMED', 'DELIVERED') and s.state <> 'REFUSED'
                        order by o.series_instance_uid, o.sop_instance_uid, d.destination""",
                        Object[].class)
                .setParameter("revisions", revisions.stream().map(Revision::id).toList())
                .getResultList();
        return rows.stream()
                .map(row -> new Delivered((String) row[0], (String) row[1], (String) row[2], (String) row[3]))
                .toList();
    }

    /** Whether instances that are here name another Patient ID; an empty one contradicts nothing. */
    @Transactional
    boolean isOfAnother(String study, String patientId) {
        Set<String> ids = identities.patientIds(study);
        return !patientId.isEmpty() && ids.stream().anyMatch(id -> !id.strip().equals(patientId.strip()));
    }
}
