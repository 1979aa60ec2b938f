package org.rigatino.workitem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.deliver.DestinationKind;
import org.rigatino.identity.IdentityRows;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.StudyState;

/** What the record says of the input of a workitem. */
@ApplicationScoped
class InputStudy {
    /** A version that a person has said to be of another patient is nothing to the one that stands under its name. */
    private static final String NOT_RULED_OUT =
            " and not (i.outcome_reason is not distinct from '" + Instance.ANOTHER_PATIENT
                    + "' and exists (select 1 from instance standing join study t on t.id = standing.study_id"
                    + " where t.study_instance_uid = s.study_instance_uid and t.superseded_at is null"
                    + " and standing.sop_instance_uid = i.sop_instance_uid and standing.outcome <> 'SET_ASIDE'))";

    @Inject
    Session entities;

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

    /** An object that a destination had where it was then; @param place null where that is not on record */
    record Delivered(
            String seriesInstanceUid, String sopClassUid, String sopInstanceUid, String destination, String place) {
        /** Whether the destination is known to be there now: of no place on record (before schema 67) nothing tells whether it is. */
        boolean isAtOneOf(Map<String, Destination> destinations) {
            Destination now = destinations.get(destination);
            return now != null && DestinationKind.place(now).equals(place);
        }
    }

    @Transactional
    Sight look(ClaimedWorkitem workitem) {
        String[] instances = workitem.instances().toArray(String[]::new);
        int missing = entities.createNativeQuery(
                        """
                        select count(*) from unnest(cast(:instances as text[])) as wanted (uid) where not exists (
                          select 1 from instance i join study s on s.id = i.study_id
                          where i.sop_instance_uid = wanted.uid and s.study_instance_uid = :study)""",
                        Integer.class)
                .setParameter("instances", instances)
                .setParameter("study", workitem.study())
                .getSingleResult();
        List<Revision> revisions = entities
                .createNativeQuery(
                        """
                        select s.id, s.state, coalesce(s.refusal_rule, ''), s.ended_at is not null from study s
                        where s.study_instance_uid = :study and s.superseded_at is null and exists (
                          select 1 from instance i where i.study_id = s.id
                            and i.sop_instance_uid = any (cast(:instances as text[])))
                        order by s.revision""",
                        Object[].class)
                .setParameter("study", workitem.study())
                .setParameter("instances", instances)
                .getResultList()
                .stream()
                .map(row -> new Revision(
                        (Long) row[0], StudyState.valueOf((String) row[1]), (String) row[2], (Boolean) row[3]))
                .toList();
        return new Sight(
                missing,
                ofOutcome(workitem, Instance.Outcome.SET_ASIDE, NOT_RULED_OUT),
                ofOutcome(workitem, Instance.Outcome.RESTORED, ""),
                revisions);
    }

    /** Instances of the input with this outcome. @param condition of a row {@code i}, empty or beginning with "and" */
    private int ofOutcome(ClaimedWorkitem workitem, Instance.Outcome outcome, String condition) {
        return entities.createNativeQuery(
                        """
                        select count(distinct i.sop_instance_uid) from instance i join study s on s.id = i.study_id
                        where s.study_instance_uid = :study and s.superseded_at is null and i.outcome = :outcome
                          and i.sop_instance_uid = any (cast(:instances as text[]))"""
                                + condition,
                        Integer.class)
                .setParameter("study", workitem.study())
                .setParameter("instances", workitem.instances().toArray(String[]::new))
                .setParameter("outcome", outcome.name())
                .getSingleResult();
    }

    /**
     * What was made of the input's instances and was there: proved, or taken by a destination that is set to prove nothing.
     * What was withdrawn is left out.
     */
    @Transactional
    List<Delivered> delivered(ClaimedWorkitem workitem, List<Revision> revisions) {
        return entities.createQuery(
                        "select o.seriesInstanceUid, o.sopClassUid, o.sopInstanceUid, d.destination, d.place"
                                + " from Delivery d"
                                + " join d.output o where d.study.id in :revisions and d.state in :states"
                                + " and d.study.state <> :refused and exists (select 1 from Finding made where"
                                + " (made = o.finding or made member of o.findings) and made.instance.sopInstanceUid in :instances)"
                                + " and " + Output.IS_OF_STUDY + " and " + Output.STANDS
                                + " order by o.seriesInstanceUid, o.sopInstanceUid, d.destination",
                        Delivered.class)
                .setParameter("revisions", revisions.stream().map(Revision::id).toList())
                .setParameter("states", EnumSet.of(Delivery.State.CONFIRMED, Delivery.State.DELIVERED))
                .setParameter("refused", StudyState.REFUSED)
                .setParameter("instances", workitem.instances())
                .getResultList();
    }

    /** Whether a study is of another patient by what stands of it, or nothing that tells is on record any more. */
    @Transactional
    boolean isOfAnother(String study, NamedPatient named) {
        return named.isAnotherThan(identities.standing(study));
    }
}
