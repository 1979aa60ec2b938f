package org.rigatino.worker;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;
import org.rigatino.monitor.StudyMeters;
import org.rigatino.monitor.StudyTrace;
import org.rigatino.persistence.Doorbell;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyMoved;
import org.rigatino.persistence.StudyState;

/** Publishes outcomes to {@code rigatino.results} after they are committed, and again until the broker has them. */
@ApplicationScoped
public class ResultPublisher {
    private static final Logger LOG = Logger.getLogger(ResultPublisher.class);
    /** Rows are held for a moment by who puts them onto the worklist, and for longer by another publisher. */
    private static final Duration HELD = Duration.ofMillis(200);

    private static final Duration ACKNOWLEDGE_LIMIT = Duration.ofSeconds(30);
    private static final String TYPE = "org.rigatino.study.result.v1";
    private static final URI SOURCE = URI.create("/rigatino");

    @Inject
    EntityManager entities;

    @Inject
    StudyMeters meters;

    @Inject
    StudyTrace trace;

    @Inject
    @Channel("results")
    MutinyEmitter<StudyResult> results;

    private volatile Doorbell bell;

    /** Of a process that has the role, once its parts are ready. */
    void start() {
        bell = new Doorbell("results", this::publish);
        bell.ring();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (bell != null) {
            bell.close();
        }
    }

    @Scheduled(every = "${rigatino.look-every:PT1S}", skipExecutionIf = WorkerStart.class)
    void look() {
        bell.ring();
    }

    void moved(@Observes(during = TransactionPhase.AFTER_SUCCESS) StudyMoved study) {
        if (bell != null && study.isToBeTold()) {
            bell.ring();
        }
    }

    @Transactional
    void publish() {
        List<Study> unannounced = unannounced("for update skip locked");
        if (unannounced.size() < unannounced("").size()) {
            bell.ringAfter(HELD);
        }
        for (Study study : unannounced) {
            StudyResult result = result(study);
            try {
                results.sendMessage(Message.of(result, event(study, result)))
                        .await()
                        .atMost(ACKNOWLEDGE_LIMIT);
                study.announced = result.outcome();
                meters.ended(study);
                trace.ended(study);
            } catch (RuntimeException e) {
                LOG.warnf("rigatino.results does not take an event, which will be repeated: %s", e.getMessage());
                return;
            }
        }
    }

    /** A repetition has the same id; the same outcome reached once more, after a replay, has another. */
    private static Metadata event(Study study, StudyResult result) {
        Instant at = Objects.requireNonNullElse(study.endedAt, study.restoredAt);
        return Metadata.of(
                OutgoingKafkaRecordMetadata.builder()
                        .withKey(study.studyInstanceUid)
                        .build(),
                OutgoingCloudEventMetadata.builder()
                        .withId(study.studyInstanceUid + "/" + study.revision + "/" + result.outcome() + "/" + at)
                        .withType(TYPE)
                        .withSource(SOURCE)
                        .withSubject(study.studyInstanceUid)
                        .withTimestamp(at.atZone(ZoneOffset.UTC))
                        .build());
    }

    /** @param lock against other publishers, who pass over them */
    @SuppressWarnings("unchecked")
    private List<Study> unannounced(String lock) {
        return entities.createNativeQuery(
                        "select * from study where state in ('DELIVERING', 'DELIVERED') and announced is null"
                                + " or (state in ('CONFIRMED', 'REFUSED', 'FAILED')"
                                + " or state = 'DELIVERED' and ended_at is not null)"
                                + " and announced is distinct from state"
                                + " order by id limit 100 " + lock,
                        Study.class)
                .getResultList();
    }

    private static StudyResult result(Study study) {
        StudyState state = study.state();
        String reason = state == StudyState.REFUSED ? study.refusalRule() : study.failedStage();
        return new StudyResult(
                study.studyInstanceUid,
                study.revision,
                study.endedAt != null ? state.name() : StudyState.RESTORED.name(),
                study.imagesSeen,
                study.imagesRestored,
                study.percentile,
                study.priority,
                reason);
    }
}
