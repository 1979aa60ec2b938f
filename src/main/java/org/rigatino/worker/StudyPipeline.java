package org.rigatino.worker;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.rigatino.ingest.MixedPatientException;
import org.rigatino.ingest.PatientIdentity;
import org.rigatino.ingest.StudyReady;
import org.rigatino.persistence.AdvisoryLock;
import org.rigatino.persistence.StudyStage;
import org.rigatino.worker.StageTimes.Stage;

/**
 * What happens to a ready study. Any number of threads and processes may be called with the same study: one of them owns
 * it for as long as it lives and holds its lock, the others leave it alone. Where an owner dies, its event or the
 * listener's sweep brings the study to another.
 */
@ApplicationScoped
public class StudyPipeline {
    private static final Logger LOG = Logger.getLogger(StudyPipeline.class);

    @Inject
    StudyRecord record;

    @Inject
    StudyRestoration restoration;

    @Inject
    StageTimes times;

    @Inject
    WorkerConfiguration configuration;

    @Inject
    DataSource dataSource;

    private final ExecutorService restorers = Executors.newCachedThreadPool(task -> new Thread(task, "read"));

    private volatile boolean stopping;

    /**
     * Takes a study revision to a recorded outcome, or to the outbox. A revision that has got there before is left
     * alone. Where this throws, nothing was recorded and the call may be repeated.
     */
    public void process(StudyReady ready) throws InterruptedException {
        try (AdvisoryLock owner = AdvisoryLock.tryAcquire(
                        dataSource, AdvisoryLock.ofRevision(ready.studyInstanceUid(), ready.revision()))
                .orElse(null)) {
            if (owner == null) {
                LOG.infof(
                        "study %s revision %d is another worker's, whose outcome will count",
                        ready.studyInstanceUid(), ready.revision());
            } else {
                processAsOwner(ready);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the lock of a study is out of reach: " + e.getMessage(), e);
        }
    }

    private void processAsOwner(StudyReady ready) throws InterruptedException {
        Optional<ClaimedStudy> claimed = record.claim(ready);
        if (claimed.isEmpty()) {
            return;
        }
        ClaimedStudy study = claimed.get();
        try {
            Restorations restored = withinTimeLimit(study);
            times.time(Stage.DATABASE, () -> {
                record.restored(study, restored);
                return null;
            });
        } catch (MixedPatientException e) {
            record.refused(study, PatientIdentity.RULE, e.getMessage());
        } catch (StageException e) {
            if (stopping) {
                throw new InterruptedException("stopped while restoring; the study will be taken on again");
            }
            LOG.errorf(e, "study %s revision %d failed at %s", study.studyInstanceUid(), study.revision(), e.stage());
            record.failed(study, e.stage(), e.getMessage());
        }
    }

    /** On a thread of its own: a decoder or a network that hangs must not take the consumer with it. */
    private Restorations withinTimeLimit(ClaimedStudy study)
            throws MixedPatientException, StageException, InterruptedException {
        long start = System.nanoTime();
        Future<Restorations> restoring = restorers.submit(() -> restoration.restore(study));
        try {
            return restoring.get(configuration.studyTimeLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StageException(
                    StudyStage.RESTORE,
                    "not done within rigatino.worker.study-time-limit, " + configuration.studyTimeLimit(),
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MixedPatientException mixed) {
                throw mixed;
            }
            if (e.getCause() instanceof StageException failed) {
                throw failed;
            }
            throw new StageException(StudyStage.RESTORE, e.getCause());
        } finally {
            restoring.cancel(true);
            times.since(Stage.ALL, start);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        restorers.shutdownNow();
    }
}
