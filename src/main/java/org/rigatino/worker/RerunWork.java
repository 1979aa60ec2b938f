package org.rigatino.worker;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.rigatino.deliver.DestinationsInForce;
import org.rigatino.persistence.AdvisoryLock;
import org.rigatino.pipeline.StageException;
import org.rigatino.rerun.NextOfRerun;
import org.rigatino.rerun.NextOfRerun.Taken;
import org.rigatino.study.StudyLife;

/**
 * Judges finished studies again, one at a time over all processes, while no study that came in is under way here or waits
 * anywhere. What a process leaves undone, the next one that looks takes up.
 */
@ApplicationScoped
class RerunWork {
    private static final Logger LOG = Logger.getLogger(RerunWork.class);

    @Inject
    NextOfRerun next;

    @Inject
    StudyWorker worker;

    @Inject
    StudyLife life;

    @Inject
    Precedence precedence;

    @Inject
    DestinationsInForce destinations;

    @Inject
    DataSource dataSource;

    private volatile boolean stopping;

    @Scheduled(
            every = "${rigatino.look-every:PT1S}",
            skipExecutionIf = WorkerStart.class,
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (!mayWork() || !next.isAny()) {
            return;
        }
        try (AdvisoryLock mine =
                AdvisoryLock.tryAcquire(dataSource, AdvisoryLock.ofReruns()).orElse(null)) {
            while (mine != null && mayWork() && mine.isHeld() && one()) {
                LOG.debug("one more study was judged again");
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("finished studies cannot be judged again now: %s", StageException.describe(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without a destination nothing is made, as of what comes in. */
    private boolean mayWork() {
        return !stopping && precedence.quiet() && destinations.takeStudies();
    }

    /** @return whether there was a study, and it was this worker's; else the next look is soon enough */
    boolean one() throws InterruptedException {
        Optional<Taken> taken = next.take();
        return taken.isPresent() && judge(taken.get());
    }

    /** Where what it came to cannot be recorded, the study keeps what it had; where that cannot be either, it is tried again. */
    private boolean judge(Taken study) throws InterruptedException {
        try {
            return worker.processBehind(study.studyInstanceUid(), study.revision());
        } catch (RuntimeException | Error e) {
            LOG.errorf(
                    e,
                    "study %s revision %d cannot be judged again, or that not be recorded",
                    study.studyInstanceUid(),
                    study.revision());
            life.abandon(
                    study.studyInstanceUid(),
                    study.revision(),
                    "it could not be judged again, or that not be recorded: " + StageException.describe(e)
                            + "; mend the cause, which the log tells, and choose it once more");
            return true;
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }
}
