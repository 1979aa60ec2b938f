package org.rigatino.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.StageException;
import org.rigatino.release.RecordedRelease;
import org.rigatino.release.ReleaseRuns;
import org.rigatino.release.ReleaseRuns.Claimed;
import org.rigatino.release.ReleaseRuns.Cost;
import org.rigatino.release.ReleaseRuns.Outcome;
import org.rigatino.release.Standings;
import org.rigatino.restore.ModelRelease;

/**
 * Has releases in shadow judge what was judged before, study by study, while no study is under way here and time is left. What
 * goes wrong is recorded of the shadow and of nobody else.
 */
@ApplicationScoped
class ShadowWork {
    private static final Logger LOG = Logger.getLogger(ShadowWork.class);
    private static final int NOTES = 1000;
    private static final double NANOS = 1e9;
    private static final Duration LAST_BATCH = Duration.ofSeconds(10);

    @Inject
    Standings standings;

    @Inject
    ReleaseRuns runs;

    @Inject
    HeldReleases held;

    @Inject
    ShadowJudge shadow;

    @Inject
    Precedence precedence;

    @Inject
    WorkerConfiguration configuration;

    @Inject
    MeterRegistry meters;

    private record Served(long study, List<Cost> costs) {}

    private final ExecutorService judges = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "shadow");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });
    /** Held by whoever judges until it has ended, also where nobody waits for it any more. */
    private final Semaphore place = new Semaphore(1);

    private final BlockingQueue<Served> served = new ArrayBlockingQueue<>(NOTES);
    private final Set<String> givenUp = ConcurrentHashMap.newKeySet();
    private ShadowBudget budget;
    private volatile double budgetLeft;
    private volatile boolean beside;
    /** Somebody judges whom nobody waits for any more. */
    private volatile boolean stuck;

    private volatile boolean stopping;

    @PostConstruct
    void prepare() {
        budget = new ShadowBudget(configuration.shadow().budget(), System::nanoTime);
        budgetLeft = budget.left();
        Gauge.builder("rigatino.shadow.budget.left", () -> budgetLeft)
                .description("Of what shadows may work in an hour")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("rigatino.shadow.stuck", () -> stuck ? 1 : 0)
                .description("Whether a shadow has not ended with its study, so that none works here")
                .register(meters);
        Gauge.builder("rigatino.releases.absent", () -> held.absent().size())
                .description("Releases that serve by the record and are not here: their images fail")
                .register(meters);
    }

    /** What a study cost, to compare shadows with; costs the study nothing. */
    void served(long study, Collection<Cost> costs) {
        if (beside) {
            served.offer(new Served(study, List.copyOf(costs)));
        }
    }

    @Scheduled(
            every = "${rigatino.look-every:PT1S}",
            skipExecutionIf = WorkerStart.class,
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            stuck = isAtWork();
            Map<String, ModelRelease> shadows = shadows();
            beside = !shadows.isEmpty();
            note();
            runs.abandon();
            runs.abandonOwn();
            shadows.keySet().removeAll(givenUp);
            while (mayWork() && one(shadows)) {
                budgetLeft = budget.left();
            }
            budgetLeft = budget.left();
        } catch (RuntimeException e) {
            LOG.warnf("shadows cannot go on now: %s", StageException.describe(e));
        }
    }

    private boolean mayWork() {
        return !stopping && !isAtWork() && budget.left() > 0 && precedence.quiet();
    }

    boolean isAtWork() {
        return place.availablePermits() == 0;
    }

    private Map<String, ModelRelease> shadows() {
        Map<String, ModelRelease> here = new TreeMap<>();
        for (RecordedRelease release : standings.shadows()) {
            standings.here(release).ifPresent(files -> here.put(release.digest(), files));
        }
        return here;
    }

    private void note() {
        for (Served next = served.poll(); next != null; next = served.poll()) {
            runs.served(next.study(), next.costs());
        }
    }

    /** @return whether there was a study */
    private boolean one(Map<String, ModelRelease> shadows) {
        Optional<Claimed> next =
                runs.next(shadows.keySet(), configuration.shadow().within());
        next.ifPresent(study -> run(study, shadows.get(study.digest())));
        return next.isPresent();
    }

    private void run(Claimed study, ModelRelease release) {
        BehindStudies pace = new BehindStudies(precedence);
        FutureTask<Outcome> judging = new FutureTask<>(() -> shadow.judge(study, release, pace));
        try {
            begin(judging);
            runs.done(study.run(), await(judging, pace));
            count(release, "done", pace);
        } catch (ExecutionException e) {
            failed(study, release, pace, stopping ? stopped(e) : e.getCause());
        } catch (TimeoutException e) {
            failed(study, release, pace, new StageException(StudyStage.RESTORE, e.getMessage(), e));
        } catch (InterruptedException | CancellationException | RejectedExecutionException e) {
            failed(study, release, pace, stopped(e));
        } catch (RuntimeException e) {
            failed(study, release, pace, e);
        } finally {
            judging.cancel(true);
            awaitEnd();
            budget.spend(pace.worked());
        }
    }

    private void awaitEnd() {
        try {
            if (place.tryAcquire(LAST_BATCH.toMillis(), TimeUnit.MILLISECONDS)) {
                place.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(FutureTask<Outcome> judging) throws InterruptedException {
        place.acquire();
        try {
            judges.execute(() -> {
                try {
                    judging.run();
                } finally {
                    place.release();
                }
            });
        } catch (RejectedExecutionException e) {
            place.release();
            throw e;
        }
    }

    private static StageException stopped(Exception cause) {
        return new StageException(StudyStage.RESTORE, "the worker was stopped before it was done", cause);
    }

    private Outcome await(Future<Outcome> judging, BehindStudies pace)
            throws ExecutionException, InterruptedException, TimeoutException {
        Duration limit = configuration.shadow().studyTimeLimit();
        long step = Math.min(limit.toMillis() + 1, 1000);
        while (true) {
            try {
                return judging.get(step, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (stopping) {
                    throw new InterruptedException();
                }
                if (pace.worked() > limit.toNanos()) {
                    throw new TimeoutException("not done within rigatino.worker.shadow.study-time-limit, " + limit);
                }
            }
        }
    }

    /** An error of the machine, out of memory for instance, is the last that this worker tries with the release. */
    private void failed(Claimed study, ModelRelease release, BehindStudies pace, Throwable problem) {
        String cause = problem instanceof StageException ? problem.getMessage() : StageException.describe(problem);
        LOG.warnf(
                "%s, in shadow, failed on study %s, which is as it was: %s",
                release.model(), study.studyInstanceUid(), cause);
        if (problem instanceof Error) {
            givenUp.add(release.digest());
            held.gaveUp(release, cause);
            LOG.errorf(problem, "%s judges nothing in shadow here until the next start", release.model());
        }
        count(release, "failed", pace);
        try {
            runs.failed(study.run(), cause, pace.worked() / NANOS);
        } catch (RuntimeException e) {
            LOG.warnf("that a shadow failed cannot be recorded: %s", StageException.describe(e));
        }
    }

    private void count(ModelRelease release, String outcome, BehindStudies pace) {
        meters.counter(
                        "rigatino.shadow.studies",
                        "model",
                        release.name(),
                        "version",
                        release.version(),
                        "outcome",
                        outcome)
                .increment();
        meters.counter("rigatino.shadow.work.seconds", "model", release.name(), "version", release.version())
                .increment(pace.worked() / NANOS);
    }

    /** Before releases are closed: what works here ends with its batch. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        judges.shutdownNow();
        if (!judges.awaitTermination(LAST_BATCH.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warnf("a shadow did not end within %s", LAST_BATCH);
        }
    }
}
