package org.rigatino.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;

/** Publishes outcomes to {@code rigatino.results} after they are committed, and again until the broker has them. */
@ApplicationScoped
public class ResultPublisher {
    private static final Logger LOG = Logger.getLogger(ResultPublisher.class);
    private static final long ACKNOWLEDGE_SECONDS = 30;

    @Inject
    EntityManager entities;

    @Inject
    ObjectMapper json;

    @Inject
    @Channel("results")
    Emitter<Record<String, String>> results;

    @Scheduled(
            every = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = WorkerStart.class)
    @Transactional
    void publish() throws InterruptedException, JsonProcessingException {
        for (Study study : unannounced()) {
            StudyResult result = result(study);
            try {
                results.send(Record.of(study.studyInstanceUid, json.writeValueAsString(result)))
                        .toCompletableFuture()
                        .get(ACKNOWLEDGE_SECONDS, TimeUnit.SECONDS);
                study.announced = result.outcome();
            } catch (ExecutionException | TimeoutException e) {
                LOG.warnf("rigatino.results does not take an event, which will be repeated: %s", e.getMessage());
                return;
            }
        }
    }

    /** Locked against other publishers, who pass over them. */
    @SuppressWarnings("unchecked")
    private List<Study> unannounced() {
        return entities.createNativeQuery(
                        "select * from study where state in ('DELIVERING', 'DELIVERED') and announced is null"
                                + " or state in ('CONFIRMED', 'REFUSED', 'FAILED') and announced is distinct from state"
                                + " order by id limit 100 for update skip locked",
                        Study.class)
                .getResultList();
    }

    private static StudyResult result(Study study) {
        StudyState state = study.state();
        String reason = state == StudyState.REFUSED ? study.refusalRule() : study.failedStage();
        return new StudyResult(
                study.studyInstanceUid,
                study.revision,
                state.isOutcome() ? state.name() : StudyState.RESTORED.name(),
                study.imagesSeen,
                study.imagesRestored,
                study.percentile,
                study.priority,
                reason);
    }
}
