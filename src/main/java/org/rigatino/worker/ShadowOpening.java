package org.rigatino.worker;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;
import org.rigatino.pipeline.StageException;
import org.rigatino.release.Presence;
import org.rigatino.release.Standings;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;

/**
 * Opens each release in shadow once, whether or not there is a study for it: what no worker has opened is not promoted, and
 * going back waits for no study.
 */
@ApplicationScoped
class ShadowOpening {
    private static final Logger LOG = Logger.getLogger(ShadowOpening.class);
    /** Of {@link Presence#EVERY}: on a worker that always has a study the opening takes place beside one. */
    private static final int PATIENCE = 6;

    @Inject
    Standings standings;

    @Inject
    Models models;

    @Inject
    HeldReleases held;

    @Inject
    Precedence precedence;

    private int waited;

    @Scheduled(
            every = Presence.EVERY,
            skipExecutionIf = WorkerStart.class,
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            standings.shadows().stream()
                    .flatMap(release -> standings.here(release).stream())
                    .filter(held::untried)
                    .findFirst()
                    .ifPresent(this::open);
        } catch (RuntimeException e) {
            LOG.warnf("releases in shadow cannot be opened now: %s", StageException.describe(e));
        }
    }

    private void open(ModelRelease release) {
        if (!precedence.quiet() && waited++ < PATIENCE) {
            return;
        }
        waited = 0;
        try {
            held.open(models.over(ModelReleases.serving(List.of(release), List.of())), release);
        } catch (RuntimeException | Error e) {
            LOG.warnf(
                    "model release %s, in shadow, cannot be opened here and is promoted nowhere until it can: %s",
                    release.model(), StageException.describe(e));
        }
    }
}
