package org.rigatino.ingest;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.hibernate.Session;
import org.rigatino.persistence.AdvisoryLock;
import org.rigatino.persistence.Publication;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;

/**
 * Publishes {@link StudyReady} at least once: what is READY and not known to be acknowledged by the broker is published
 * again, and so is what no process has taken on although it was published a while ago: the record counts, an event is no
 * more than a hint and may get lost. Consumers are idempotent per study and revision.
 */
@ApplicationScoped
public class StudyPublisher implements Publication.Topic<Study> {
    private static final Duration ACKNOWLEDGEMENT = Duration.ofSeconds(30);
    private static final int BATCH = 100;

    @Inject
    Session entities;

    @Inject
    IngestConfiguration configuration;

    @Inject
    @Channel("studies-ready")
    MutinyEmitter<Record<String, StudyReady>> emitter;

    private final Publication<Study> publication = publication();
    private final Publication<Study> repetition = publication();

    private Publication<Study> publication() {
        return new Publication<>(
                "rigatino.studies", study -> study.id, study -> study.studyInstanceUid, this, ACKNOWLEDGEMENT);
    }

    /** What is judged again is taken behind all of these, and not by event. */
    @Transactional
    List<Study> unpublished(long after) {
        return entities.createQuery(
                        "from Study where state = :ready and publishedAt is null"
                                + " and (rerunId is null or restoredAt is not null) and id > :after order by id",
                        Study.class)
                .setParameter("after", after)
                .setParameter("ready", StudyState.READY)
                .setMaxResults(BATCH)
                .getResultList();
    }

    /**
     * Revisions whose event came to nothing: READY for {@link IngestConfiguration#republishAfter} since it was published,
     * or RESTORING for as long while no process is at it, also where its publication never came to the record; at once where the
     * record came back from a backup since: whoever was at it has another. Waits double: each is as long as all before it, so that a
     * backlog adds few events to the topic however long the workers are away.
     */
    @Transactional
    List<Study> stranded(Instant now) {
        return entities
                .createNativeQuery(
                        """
                        select * from study where published_at < :before
                          and published_at + (published_at - greatest(ready_at, restoring_at)) <= :now
                          and (state = 'READY' or state = 'RESTORING' and restoring_at < :before)
                          or published_at is null and state = 'RESTORING'
                            and restoring_at < greatest(:before, (select max(restored_at) from restoration))
                            and (rerun_id is null or restored_at is not null)
                        order by published_at limit :most""",
                        Study.class)
                .setParameter("before", now.minus(configuration.republishAfter()))
                .setParameter("now", now)
                .setParameter("most", BATCH)
                .getResultList()
                .stream()
                .filter(this::isNobodys)
                .toList();
    }

    /** Holds the revision's lock until the end of the transaction, where it is free. */
    private boolean isNobodys(Study study) {
        return entities.createNativeQuery("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))", Boolean.class)
                .setParameter("name", AdvisoryLock.ofRevision(study.studyInstanceUid, study.revision))
                .getSingleResult();
    }

    /** Everything that is READY and was not published. */
    void publish() {
        publication.round(this::unpublished);
    }

    /** What nobody is at although it was published, once. */
    void publishAgain(List<Study> stranded) {
        repetition.round(after -> after == 0 ? stranded : List.of());
    }

    @Override
    public CompletionStage<?> send(Study study) {
        StudyReady event = new StudyReady(
                study.studyInstanceUid,
                study.revision,
                configuration.store().toAbsolutePath().normalize().toString());
        return emitter.send(Record.of(study.studyInstanceUid, event)).subscribeAsCompletionStage();
    }

    /** Without touching the row's version: the worker may have begun with it. A replay since then stays unpublished. */
    @Override
    @Transactional
    public void acknowledged(Study study) {
        entities.createQuery("update Study set publishedAt = :now where id = :id and readyAt = :readyAt")
                .setParameter("readyAt", study.readyAt)
                .setParameter("now", Instant.now().truncatedTo(ChronoUnit.MICROS))
                .setParameter("id", study.id)
                .executeUpdate();
    }
}
