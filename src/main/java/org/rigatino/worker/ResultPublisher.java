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
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.rigatino.monitor.StudyMeters;
import org.rigatino.monitor.StudyTrace;
import org.rigatino.persistence.AdvisoryLock;
import org.rigatino.persistence.Doorbell;
import org.rigatino.persistence.Publication;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyMoved;
import org.rigatino.persistence.StudyState;

/** Publishes outcomes to {@code rigatino.results} after they are committed, and again until the broker has them. */
@ApplicationScoped
public class ResultPublisher implements Publication.Topic<Study> {
    private static final Duration ACKNOWLEDGE_LIMIT = Duration.ofSeconds(30);
    private static final String LOCK = "rigatino.results";
    private static final String TYPE = "org.rigatino.study.result.v1";
    private static final URI SOURCE = URI.create("/rigatino");

    @Inject
    Announcements announcements;

    @Inject
    DataSource dataSource;

    @Inject
    StudyMeters meters;

    @Inject
    StudyTrace trace;

    @Inject
    @Channel("results")
    MutinyEmitter<StudyResult> results;

    private final Publication<Study> publication = new Publication<>(
            "rigatino.results", study -> study.id, study -> study.studyInstanceUid, this, ACKNOWLEDGE_LIMIT);

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

    /** By one process at a time: another one's events would all be repetitions. */
    void publish() {
        try (AdvisoryLock mine = AdvisoryLock.tryAcquire(dataSource, LOCK).orElse(null)) {
            if (mine != null) {
                publication.round(announcements::unannounced);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("what is to be published cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public CompletionStage<?> send(Study study) {
        StudyResult result = result(study);
        return results.sendMessage(Message.of(result, event(study, result))).subscribeAsCompletionStage();
    }

    @Override
    public void acknowledged(Study study) {
        if (announcements.announced(study, result(study).outcome())) {
            meters.ended(study);
            trace.ended(study);
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
                reason,
                study.againstNormalStudies,
                study.rerunId != null);
    }
}
