package org.rigatino.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.Session;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;

/** Rows of retrievals: asked for by an event or a person, taken up by one process at a time, ended. */
@ApplicationScoped
@PersonsAct
public class RetrievalRecord {
    /** In place of the source of an event, of what people ask for. */
    private static final String ASKED = "fetch";

    private static final Set<String> SEARCHED = Set.of(ASKED, EarlierRetrievals.EARLIER);

    static final String STATUS =
            "select study_instance_uid, source, state, attempts, instances_stored, instances_failed, last_error from retrieval";

    /** Of the time limit, for what is asked before and judged behind it. */
    private static final Duration MARGIN = Duration.ofMinutes(15);

    /**
     * One that this process has taken up: nobody else does before the time limit has passed.
     *
     * @param eventSource and {@code eventId} identify what asks
     */
    record Due(long id, String studyInstanceUid, String source, int attempts, String eventSource, String eventId) {
        Retriever.Wanted wanted() {
            return new Retriever.Wanted(
                    source,
                    studyInstanceUid,
                    SEARCHED.contains(eventSource),
                    eventSource.equals(EarlierRetrievals.EARLIER)
                            ? Optional.of(EarlierThan.of(eventId))
                            : Optional.empty());
        }
    }

    @Inject
    Session entities;

    @Inject
    AuditTrail audit;

    @Inject
    DicomwebConfiguration configuration;

    /** @return whether the event is new; the same again changes nothing */
    boolean request(StudyAvailable event, String source) {
        return request(
                event.eventSource(),
                event.eventId(),
                event.studyInstanceUid(),
                source,
                "by an event of another producer");
    }

    /**
     * @param eventSource and {@code eventId} together are the identity of what asks
     * @param by for the trail: what asks
     * @return whether that is new; the same again changes nothing
     */
    @Transactional
    public boolean request(String eventSource, String eventId, String studyInstanceUid, String source, String by) {
        boolean added = entities.createNativeQuery(
                                """
                                insert into retrieval (event_source, event_id, study_instance_uid, source, state,
                                  next_attempt_at, requested_at)
                                values (:eventSource, :eventId, :study, :source, 'PENDING', :now, :now)
                                on conflict (event_source, event_id) do nothing""")
                        .setParameter("eventSource", eventSource)
                        .setParameter("eventId", eventId)
                        .setParameter("study", studyInstanceUid)
                        .setParameter("source", source)
                        .setParameter("now", now())
                        .executeUpdate()
                > 0;
        if (added) {
            audit.append(EventKind.RETRIEVAL_REQUESTED, studyInstanceUid, source, by);
        }
        return added;
    }

    /** Whether what was asked for so has been given up. */
    @Transactional
    public boolean hasFailed(String eventSource, String eventId) {
        return entities.createNativeQuery(
                                "select count(*) from retrieval where event_source = :eventSource"
                                        + " and event_id = :eventId and state = 'FAILED'",
                                Long.class)
                        .setParameter("eventSource", eventSource)
                        .setParameter("eventId", eventId)
                        .getSingleResult()
                > 0;
    }

    /**
     * What a person asks for; where a person has asked for the same and it is under way, that, and on record is that they asked. What is
     * fetched for an event, or for a workitem, is not held against what the source lists, and what was asked for beside a later
     * study is fetched only while it is of that patient: neither is the same.
     *
     * @param detail for the trail: by what the study was found
     * @return by which {@link #status} tells how it goes
     */
    @Transactional
    public long ask(String studyInstanceUid, String source, String detail, Actor by) {
        audit.append(by.did(new AuditTrail.Event(EventKind.RETRIEVAL_REQUESTED, studyInstanceUid, source, detail)));
        List<Long> underWay = entities.createNativeQuery(
                        """
                        select id from retrieval where study_instance_uid = :study and source = :source
                          and state = 'PENDING' and event_source = :asked order by id limit 1""",
                        Long.class)
                .setParameter("asked", ASKED)
                .setParameter("study", studyInstanceUid)
                .setParameter("source", source)
                .getResultList();
        if (!underWay.isEmpty()) {
            return underWay.get(0);
        }
        return entities.createNativeQuery(
                        """
                        insert into retrieval (event_source, event_id, study_instance_uid, source, state,
                          next_attempt_at, requested_at)
                        values (:eventSource, :eventId, :study, :source, 'PENDING', :now, :now) returning id""",
                        Long.class)
                .setParameter("eventSource", ASKED)
                .setParameter("eventId", UUID.randomUUID().toString())
                .setParameter("study", studyInstanceUid)
                .setParameter("source", source)
                .setParameter("now", now())
                .getSingleResult();
    }

    /**
     * How it stands with a retrieval.
     *
     * @param state PENDING, RETRIEVED or FAILED
     * @param lastError of the last attempt; null where none failed
     */
    @Schema(name = "RetrievalStatus")
    public record Status(
            String studyInstanceUid,
            String source,
            String state,
            int attempts,
            int instancesStored,
            int instancesFailed,
            String lastError) {}

    /** Empty where there is no such retrieval. */
    @Transactional
    public Optional<Status> status(long id) {
        return entities.createNativeQuery(STATUS + " where id = :id", Status.class)
                .setParameter("id", id)
                .uniqueResultOptional();
    }

    @Transactional
    void refused(String place, String studyInstanceUid, String reason) {
        audit.append(EventKind.EVENT_REFUSED, studyInstanceUid, place, reason);
    }

    @Transactional
    Optional<Due> take(String source) {
        return entities.createNativeQuery(
                        """
                        update retrieval set attempts = attempts + 1, next_attempt_at = :lease where id =
                          (select id from retrieval where state = 'PENDING' and source = :source
                             and next_attempt_at <= :now order by next_attempt_at, id limit 1 for update skip locked)
                        returning id, study_instance_uid, source, attempts, event_source, event_id""",
                        Due.class)
                .setParameter("source", source)
                .setParameter("now", now())
                .setParameter(
                        "lease",
                        now().plus(configuration.retrieval().timeLimit()).plus(MARGIN))
                .uniqueResultOptional();
    }

    /** Changes nothing where it was ended meanwhile. */
    @Transactional
    void retrieved(Due retrieval, Retriever.Retrieved retrieved) {
        boolean open = entities.createNativeQuery(
                                """
                                update retrieval set state = 'RETRIEVED', instances_stored = :stored,
                                  instances_failed = :failed, last_error = null, ended_at = :now
                                where id = :id and state = 'PENDING'""")
                        .setParameter("stored", retrieved.stored())
                        .setParameter("failed", retrieved.failed())
                        .setParameter("now", now())
                        .setParameter("id", retrieval.id())
                        .executeUpdate()
                > 0;
        if (open) {
            audit.append(
                    EventKind.STUDY_RETRIEVED,
                    retrieval.studyInstanceUid(),
                    retrieval.source(),
                    (retrieved.failed() == 0 ? "" : retrieved.failed() + AuditTrail.NOT_TAKEN) + retrieved.detail());
        }
    }

    /**
     * Tries again later, or ends the retrieval where that was tried often enough. Changes nothing where it was ended meanwhile.
     *
     * @param hopeless whether another attempt would be of no use
     */
    @Transactional
    void failed(Due retrieval, String reason, boolean hopeless) {
        boolean last =
                hopeless || retrieval.attempts() >= configuration.retrieval().attempts();
        boolean open = entities.createNativeQuery(
                                """
                        update retrieval set last_error = :reason, next_attempt_at = :next,
                          state = case when :last then 'FAILED' else state end,
                          ended_at = case when :last then cast(:now as timestamptz) end
                        where id = :id and state = 'PENDING'""")
                        .setParameter("reason", reason)
                        .setParameter("next", now().plus(pause(retrieval.attempts())))
                        .setParameter("last", last)
                        .setParameter("now", now())
                        .setParameter("id", retrieval.id())
                        .executeUpdate()
                > 0;
        if (open && last) {
            audit.append(EventKind.RETRIEVAL_FAILED, retrieval.studyInstanceUid(), retrieval.source(), reason);
        }
    }

    /**
     * Ends what is asked of sources that there are no more. Not at once: another process may be started anew with one more, and
     * be asked before this one is.
     *
     * @param configured names of those that there are
     */
    @Transactional
    void endForgotten(Collection<String> configured) {
        entities.createNativeQuery(
                        """
                        update retrieval set state = 'FAILED', ended_at = :now, last_error = 'no source ' || source
                          || ' is in rigatino.ingest.sources any more: put it back there and ask again, or ask another'
                        where state = 'PENDING' and source <> all (cast(:configured as text[])) and next_attempt_at <= :now
                          and requested_at < :before
                        returning study_instance_uid, source, last_error""",
                        Object[].class)
                .setParameter("configured", configured.toArray(String[]::new))
                .setParameter("now", now())
                .setParameter("before", now().minus(configuration.retrieval().longest()))
                .getResultList()
                .forEach(row ->
                        audit.append(EventKind.RETRIEVAL_FAILED, (String) row[0], (String) row[1], (String) row[2]));
    }

    private Duration pause(int attempts) {
        Duration longest = configuration.retrieval().longest();
        Duration pause = configuration.retrieval().first().multipliedBy(1L << Math.min(attempts - 1, 20));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
