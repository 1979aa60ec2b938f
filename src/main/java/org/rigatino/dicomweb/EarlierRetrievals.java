package org.rigatino.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.Session;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;

/**
 * Retrievals of earlier studies of a patient, asked for beside a later one. Which that is begins what identifies them, and whose
 * it was then, as a number, follows, until retention deletes whose either study is (ADR 84).
 */
@ApplicationScoped
@PersonsAct
public class EarlierRetrievals {
    /** In place of the source of an event; IdentityRetention knows it too. */
    static final String EARLIER = "earlier";

    @Inject
    Session entities;

    @Inject
    AuditTrail audit;

    /**
     * What a person asks for beside a study of the same patient; changes nothing where it was, and is not over. Nothing of
     * that study gets into the trail.
     *
     * @param patient {@link org.rigatino.identity.EarlierPatients#number}
     */
    @Transactional
    public void ask(String later, long patient, String studyInstanceUid, String source, String detail, Actor by) {
        boolean asked = entities.createNativeQuery(
                                """
                                insert into retrieval as r (event_source, event_id, study_instance_uid, source, state,
                                  next_attempt_at, requested_at)
                                values (:eventSource, :eventId, :study, :source, 'PENDING', :now, :now)
                                on conflict (event_source, event_id) do update set state = 'PENDING', attempts = 0,
                                  next_attempt_at = excluded.next_attempt_at, requested_at = excluded.requested_at,
                                  ended_at = null, last_error = null, instances_stored = 0, instances_failed = 0
                                  where r.state <> 'PENDING'""")
                        .setParameter("eventSource", EARLIER)
                        .setParameter("eventId", new EarlierThan(later, patient).id(studyInstanceUid, source))
                        .setParameter("study", studyInstanceUid)
                        .setParameter("source", source)
                        .setParameter("now", RetrievalRecord.now())
                        .executeUpdate()
                > 0;
        if (asked) {
            audit.append(by.did(new AuditTrail.Event(EventKind.RETRIEVAL_REQUESTED, studyInstanceUid, source, detail)));
        }
    }

    /** What was asked for beside a study of the patient, the last first. */
    @Transactional
    public List<RetrievalRecord.Status> than(String study, long patient, int most) {
        return entities.createNativeQuery(
                        RetrievalRecord.STATUS
                                + " where event_source = :earlier and event_id like :study order by requested_at desc, id"
                                + " limit :most",
                        RetrievalRecord.Status.class)
                .setParameter("earlier", EARLIER)
                .setParameter("study", study + " " + patient + " %")
                .setParameter("most", most)
                .getResultList();
    }

    /** Which of those was not fetched in the end, by nobody. */
    @Transactional
    public Set<String> failed(String study) {
        return new HashSet<>(entities.createNativeQuery(
                        "select r.study_instance_uid from retrieval r where r.event_source = :earlier and r.event_id like :study"
                                + " and r.state = 'FAILED' and not exists (select 1 from retrieval o where"
                                + " o.study_instance_uid = r.study_instance_uid and o.state = 'RETRIEVED'"
                                + " and o.ended_at > r.ended_at)",
                        String.class)
                .setParameter("earlier", EARLIER)
                .setParameter("study", study + " %")
                .getResultList());
    }

    /** Of which of these the fetching is not over, from whatever source. */
    @Transactional
    public Set<String> underWay(Collection<String> studies) {
        return studies.isEmpty()
                ? Set.of()
                : new HashSet<>(entities.createNativeQuery(
                                "select study_instance_uid from retrieval where state = 'PENDING' and study_instance_uid in :uids",
                                String.class)
                        .setParameter("uids", studies)
                        .getResultList());
    }
}
