package org.rigatino.workitem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.rigatino.identity.IdentityRows;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Output;
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

    /**
     * @param missing instances of the input that are not here
     * @param setAside of them a person has said that they are of another patient, or others came under their names
     * @param restored of them were restored
     */
    record Sight(int missing, int setAside, int restored, List<Revision> revisions) {}

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
                ofOutcome(workitem, Instance.Outcome.SET_ASIDE),
                ofOutcome(workitem, Instance.Outcome.RESTORED),
                revisions.stream()
                        .map(row -> new Revision(
                                ((Number) row[0]).longValue(),
                                StudyState.valueOf((String) row[1]),
                                (String) row[2],
                                (Boolean) row[3]))
                        .toList());
    }

    /** Instances of the input with this outcome. */
    private int ofOutcome(ClaimedWorkitem workitem, Instance.Outcome outcome) {
        return entities.createQuery(
                        "select count(distinct i.sopInstanceUid) from Instance i where i.study.studyInstanceUid = :study"
                                + " and i.study.supersededAt is null and i.sopInstanceUid in :instances"
                                + " and i.outcome = :outcome",
                        Long.class)
                .setParameter("study", workitem.study())
                .setParameter("instances", workitem.instances())
                .setParameter("outcome", outcome)
                .getSingleResult()
                .intValue();
    }

    /**
     * What was made of the input's instances and is there: proved, or taken by a destination that is set to prove nothing.
     * What was withdrawn is left out.
     */
    @Transactional
    List<Delivered> delivered(ClaimedWorkitem workitem, List<Revision> revisions) {
        return entities
                .createQuery(
                        "select o.seriesInstanceUid, o.sopClassUid, o.sopInstanceUid, d.destination from Delivery d"
                                + " join d.output o where d.study.id in :revisions and d.state in :states"
                                + " and d.study.state <> :refused and exists (select 1 from Finding made where"
                                + " (made = o.finding or made member of o.findings) and made.instance.sopInstanceUid in :instances)"
                                + " and " + Output.STANDS
                                + " order by o.seriesInstanceUid, o.sopInstanceUid, d.destination",
                        Object[].class)
                .setParameter("revisions", revisions.stream().map(Revision::id).toList())
                .setParameter("states", EnumSet.of(Delivery.State.CONFIRMED, Delivery.State.DELIVERED))
                .setParameter("refused", StudyState.REFUSED)
                .setParameter("instances", workitem.instances())
                .getResultList()
                .stream()
                .map(row -> new Delivered((String) row[0], (String) row[1], (String) row[2], (String) row[3]))
                .toList();
    }

    /** Whether instances that are here name another Patient ID, or none is on record any more: what cannot be compared is not the same. */
    @Transactional
    boolean isOfAnother(String study, String patientId) {
        Set<String> ids = identities.patientIds(study);
        return !patientId.isEmpty()
                && (ids.isEmpty() || ids.stream().anyMatch(id -> !id.strip().equals(patientId.strip())));
    }
}
