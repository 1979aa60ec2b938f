package org.rigatino.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.deliver.DestinationGate;
import org.rigatino.ingest.StudyReady;
import org.rigatino.pipeline.StageException;
import org.rigatino.study.StudyLife;

/**
 * Takes {@code rigatino.studies}. An event is acknowledged once what came of it is committed in the database; until
 * then it comes again, to this process or to another of the group.
 */
@ApplicationScoped
public class StudyConsumer {
    private static final Logger LOG = Logger.getLogger(StudyConsumer.class);
    private static final long RETRY_SECONDS = 5;
    private static final int ATTEMPTS = 3;
    private static final int MAX_LENGTH = 64 * 1024;

    @Inject
    StudyWorker worker;

    @Inject
    Overtaking overtaking;

    @Inject
    StudyLife life;

    @Inject
    AuditTrail audit;

    @Inject
    DestinationGate destinations;

    @Inject
    ObjectMapper json;

    private final CountDownLatch stopping = new CountDownLatch(1);

    @Incoming("studies")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    @Blocking
    public CompletionStage<Void> receive(Message<String> event) throws InterruptedException {
        destinations.await(stopping);
        for (int attempt = 1; !settled(event, attempt); attempt++) {
            if (stopping.await(RETRY_SECONDS, TimeUnit.SECONDS)) {
                throw new InterruptedException("stopped before the event was settled; it will come again");
            }
            destinations.await(stopping);
        }
        return event.ack();
    }

    /**
     * Whatever is wrong with a study is recorded and settles the event. What is left is a record that cannot be
     * written. Where the database is away, waiting is right, and passing over the study would lose it; where the
     * database takes that the study has failed, though not its results, the study must not hold up those behind it.
     */
    private boolean settled(Message<String> event, int attempt) throws InterruptedException {
        StudyReady ready;
        try {
            ready = parse(event.getPayload());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return refused(event, e);
        }
        try {
            overtaking.before(ready);
            worker.process(ready);
            return true;
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "the outcome of a study cannot be recorded; next attempt in %d s", RETRY_SECONDS);
            return attempt >= ATTEMPTS && abandoned(ready, e);
        }
    }

    private boolean abandoned(StudyReady ready, Throwable problem) {
        try {
            life.abandon(
                    ready.studyInstanceUid(),
                    ready.revision(),
                    ATTEMPTS + " attempts to record the results failed, the last with "
                            + StageException.describe(ExceptionUtil.getRootCause(problem))
                            + ": mend the cause and replay the study");
            return true;
        } catch (RuntimeException | Error e) {
            LOG.errorf(
                    e,
                    "study %s cannot be recorded as failed either, as where the database is away",
                    ready.studyInstanceUid());
            return false;
        }
    }

    /** @throws IllegalArgumentException or JsonProcessingException where it is none */
    StudyReady parse(String payload) throws JsonProcessingException {
        if (payload != null && payload.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a StudyReady event of more than " + MAX_LENGTH + " characters");
        }
        StudyReady ready = payload == null ? null : json.readValue(payload, StudyReady.class);
        if (ready == null) {
            throw new IllegalArgumentException("an empty StudyReady event");
        }
        return ready;
    }

    private boolean refused(Message<String> event, Exception problem) {
        try {
            IncomingKafkaRecordMetadata<?, ?> metadata =
                    event.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
            String place = metadata.getTopic() + "-" + metadata.getPartition() + "@" + metadata.getOffset();
            String what =
                    "not a StudyReady event (" + problem.getClass().getSimpleName() + "); its study stays as it is";
            QuarkusTransaction.requiringNew().run(() -> audit.append(EventKind.EVENT_REFUSED, null, place, what));
            return true;
        } catch (RuntimeException e) {
            LOG.errorf(e, "an unreadable event cannot be recorded; next attempt in %d s", RETRY_SECONDS);
            return false;
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }
}
