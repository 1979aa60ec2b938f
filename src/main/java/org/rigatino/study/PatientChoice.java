package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.identity.IdentityRows;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;
import org.rigatino.study.StudyLife.Decided;
import org.rigatino.study.StudyLife.NamedInstance;

/**
 * Instances of the study's patient go on in a new revision; all others are set aside, and results that were made of them
 * are withdrawn. Where their files are gone nobody can see whom they name, and of whom no record tells would count as the right one.
 */
@ApplicationScoped
@PersonsAct
class PatientChoice {
    @Inject
    EntityManager entities;

    @Inject
    StudyLocks locks;

    @Inject
    NextRevision next;

    @Inject
    AuditTrail audit;

    @Inject
    IdentityRows identities;

    /** What a run has begun changes nothing of whom the instances name. */
    @Transactional
    String version(String studyInstanceUid) {
        return (String) entities.createNativeQuery("select encode(sha256(convert_to(concat_ws(';',"
                        + " (select string_agg(s.revision::text, ' ' order by s.revision) from study s"
                        + "  where s.study_instance_uid = :uid and s.rerun_id is null),"
                        + " (select string_agg(i.id::text, ' ' order by i.id) from instance i"
                        + "  join study s on s.id = i.study_id"
                        + "  where s.study_instance_uid = :uid and i.outcome <> 'OWN_OUTPUT'),"
                        + " (select string_agg(p.patient || ' ' || extract(epoch from p.decided_at), ' '"
                        + "  order by p.patient) from study_patient p where p.study_instance_uid = :uid)"
                        + "), 'UTF8')), 'hex')")
                .setParameter("uid", studyInstanceUid)
                .getSingleResult();
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Decided choose(String studyInstanceUid, String seen, List<NamedInstance> versions, Set<String> right, Actor by) {
        locks.deliveries(studyInstanceUid);
        List<Study> revisions = next.lockedByPerson(studyInstanceUid);
        NextRevision.requireFiles(revisions);
        Map<Long, Instance> rows =
                next.instances(studyInstanceUid).stream().collect(Collectors.toMap(row -> row.id, Function.identity()));
        if (!version(studyInstanceUid).equals(seen)
                || !rows.keySet()
                        .equals(versions.stream().map(NamedInstance::id).collect(Collectors.toSet()))) {
            throw new ActRefusedException(ActRefusedException.Reason.CHANGED);
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        remember(studyInstanceUid, right, by, now);
        identities.decided(studyInstanceUid, now);
        Set<Study> withdrawn = new LinkedHashSet<>();
        Set<Instance> pending = new LinkedHashSet<>(inForceAnew(versions, rows, right, withdrawn));
        addReplaced(revisions, withdrawn);
        pending.addAll(refusedOrWithdrawn(rows.values(), withdrawn));
        List<AuditTrail.Event> events = new ArrayList<>();
        revisions.stream().filter(withdrawn::contains).forEach(study -> events.add(by.did(withdraw(study, now))));
        revisions.stream()
                .filter(study -> study.supersededAt == null
                        && study.state() == StudyState.REFUSED
                        && Study.PATIENT_IDENTITY.equals(study.refusalRule()))
                .forEach(study -> study.supersede(now));
        revisions.stream()
                .filter(study -> study.state() == StudyState.FAILED && Study.MIXED.equals(study.patient))
                .forEach(study -> study.patient = null);
        Study opened = pending.isEmpty() ? null : next.open(revisions, pending, now);
        Decided decided = new Decided(
                opened == null ? null : opened.revision,
                pending.size(),
                (int) rows.values().stream()
                        .filter(row -> row.outcome == Outcome.SET_ASIDE)
                        .count(),
                withdrawn.stream().map(study -> study.revision).sorted().toList());
        entities.flush();
        events.add(by.did(chosen(studyInstanceUid, decided)));
        audit.append(events);
        return decided;
    }

    private void remember(String studyInstanceUid, Set<String> right, Actor by, Instant now) {
        entities.createNativeQuery("delete from study_patient where study_instance_uid = :uid")
                .setParameter("uid", studyInstanceUid)
                .executeUpdate();
        for (String patient : right) {
            entities.createNativeQuery("insert into study_patient (study_instance_uid, patient, decided_by, decided_at)"
                            + " values (:uid, :patient, :by, :now)")
                    .setParameter("uid", studyInstanceUid)
                    .setParameter("patient", patient)
                    .setParameter("by", by.name())
                    .setParameter("now", now)
                    .executeUpdate();
        }
    }

    /**
     * Sets aside what is not the patient's.
     *
     * @param withdrawn gets the revisions that had restored any of it
     * @return versions that come into force in the place of others
     */
    private List<Instance> inForceAnew(
            List<NamedInstance> versions, Map<Long, Instance> rows, Set<String> right, Set<Study> withdrawn) {
        Map<String, Instance> inForce = new HashMap<>();
        Map<String, Instance> latest = new HashMap<>();
        for (NamedInstance version : versions) {
            Instance row = rows.get(version.id());
            boolean isRight = version.patient() == null || right.contains(version.patient());
            if (isRight && row.outcome != Outcome.SET_ASIDE) {
                inForce.put(row.sopInstanceUid, row);
            } else if (isRight && version.patient() != null) {
                row.outcomeReason = Instance.OTHER_CONTENT;
                latest.put(row.sopInstanceUid, row);
            } else if (!isRight) {
                if (row.outcome == Outcome.RESTORED) {
                    withdrawn.add(row.study);
                }
                row.outcome = Outcome.SET_ASIDE;
                row.outcomeReason = Instance.ANOTHER_PATIENT;
            }
        }
        // Before another version comes into force: there is one of each UID at any time.
        entities.flush();
        latest.keySet().removeAll(inForce.keySet());
        return new ArrayList<>(latest.values());
    }

    /**
     * Runs have moved the instances on to later revisions, and archives and receivers have what the earlier ones came to.
     *
     * @param revisions in their order
     * @param withdrawn gets those in whose place one of it stands
     */
    private static void addReplaced(List<Study> revisions, Set<Study> withdrawn) {
        Set<Integer> gone = withdrawn.stream().map(study -> study.revision).collect(Collectors.toSet());
        for (int i = revisions.size() - 1; i >= 0; i--) {
            Study study = revisions.get(i);
            if (study.supersededBy != null
                    && gone.contains(study.supersededBy)
                    && study.state() != StudyState.REFUSED) {
                withdrawn.add(study);
                gone.add(study.revision);
            }
        }
    }

    private static List<Instance> refusedOrWithdrawn(Collection<Instance> rows, Set<Study> withdrawn) {
        return rows.stream()
                .filter(row -> row.outcome != Outcome.SET_ASIDE)
                .filter(row -> withdrawn.contains(row.study)
                        || row.study.isRefusedWithResults()
                        || row.outcome == Outcome.REFUSED && Study.PATIENT_IDENTITY.equals(row.outcomeReason))
                .toList();
    }

    /** What an archive has already, it keeps; what has not gone out stays here. */
    private AuditTrail.Event withdraw(Study study, Instant now) {
        study.withdraw(now);
        long kept = entities.createQuery(
                        "select count(*) from Delivery where study = :study and sentAt is null", Long.class)
                .setParameter("study", study)
                .getSingleResult();
        entities.createQuery("update Delivery set state = :cancelled, lastError = :why"
                        + " where study = :study and state in :open")
                .setParameter("cancelled", Delivery.State.CANCELLED)
                .setParameter("why", "withdrawn: it is of another patient than the study")
                .setParameter("study", study)
                .setParameter("open", EnumSet.of(Delivery.State.PENDING, Delivery.State.SENT, Delivery.State.FAILED))
                .executeUpdate();
        List<String> sent = entities.createQuery(
                        "select destination || ': ' || count(*) from Delivery where study = :study"
                                + " and sentAt is not null group by destination order by destination",
                        String.class)
                .setParameter("study", study)
                .getResultList();
        return new AuditTrail.Event(
                EventKind.RESULTS_WITHDRAWN,
                study.studyInstanceUid,
                "revision " + study.revision,
                "its results are of another patient than the study; objects that archives have taken, to be corrected or"
                        + " deleted there: " + (sent.isEmpty() ? "none" : String.join(", ", sent))
                        + "; not sent any more: "
                        + kept);
    }

    private static AuditTrail.Event chosen(String studyInstanceUid, Decided decided) {
        String on = decided.revision() == null
                ? "nothing is left to restore"
                : decided.instances() + " instances go on in revision " + decided.revision();
        return new AuditTrail.Event(
                EventKind.PATIENT_CHOSEN,
                studyInstanceUid,
                decided.revision() == null ? null : "revision " + decided.revision(),
                on + "; set aside: " + decided.setAside());
    }
}
