package org.rigatino.dicomweb;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.rigatino.dicom.DicomwebNode;
import org.rigatino.ingest.Sources;

/**
 * Takes {@code rigatino.studies.external}. An event is acknowledged once its retrieval is on record; the fetching comes
 * after, so no source holds up a partition. What is no event is recorded, goes to the dead letters, and holds up nothing.
 */
@ApplicationScoped
class StudyEvents {
    private static final Logger LOG = Logger.getLogger(StudyEvents.class);
    private static final long RETRY_SECONDS = 5;

    @Inject
    RetrievalRecord record;

    @Inject
    Sources sources;

    private final CountDownLatch stopping = new CountDownLatch(1);

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    @Incoming("studies-external")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    @Blocking
    CompletionStage<Void> receive(Message<String> message) throws InterruptedException {
        while (true) {
            try {
                return settle(message);
            } catch (RuntimeException e) {
                LOG.errorf(e, "an event of another producer cannot be recorded; next attempt in %d s", RETRY_SECONDS);
                if (stopping.await(RETRY_SECONDS, TimeUnit.SECONDS)) {
                    throw new InterruptedException("stopped before the event was on record; it will come again");
                }
            }
        }
    }

    private CompletionStage<Void> settle(Message<String> message) {
        String study = null;
        try {
            StudyAvailable event = StudyAvailable.parse(message.getPayload());
            study = event.studyInstanceUid();
            record.request(event, source(event));
            return message.ack();
        } catch (IllegalArgumentException e) {
            record.refused(place(message), study, e.getMessage());
            return message.nack(e);
        }
    }

    /** The event chooses among the sources that are configured; it never brings one. */
    private String source(StudyAvailable event) {
        Optional<String> source = event.source() == null
                ? sources.of(event.url(), event.studyInstanceUid()).map(DicomwebNode::name)
                : Optional.of(event.source()).filter(sources::isConfigured);
        return source.orElseThrow(() ->
                new IllegalArgumentException("the event points to a source that is not in rigatino.ingest.sources"));
    }

    private static String place(Message<String> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(m -> m.getTopic() + " partition " + m.getPartition() + " offset " + m.getOffset())
                .orElse("rigatino.studies.external");
    }
}
