package org.rigatino.worker;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rigatino.deliver.DestinationsInForce;
import org.rigatino.deliver.OutputStore;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.StudyReady;
import org.rigatino.patient.MixedPatientException;
import org.rigatino.patient.PatientIdentity;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.Pace;
import org.rigatino.pipeline.StageException;
import org.rigatino.pipeline.StageTimes;
import org.rigatino.pipeline.StageTimes.Stage;
import org.rigatino.pipeline.StudyPipeline;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.restore.Restorer;
import org.rigatino.restore.WarmModels;
import org.rigatino.result.ConfigurationDigest;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.SiteResultConfiguration;
import org.rigatino.rule.HouseRules;
import org.rigatino.rule.RulesInForce;
import org.rigatino.study.ClaimedStudy;
import org.rigatino.study.StudyClaim;
import org.rigatino.study.StudyLife;

/**
 * What happens to a ready study. Any number of threads and processes may be called with the same study: one of them owns
 * it for as long as it lives and holds its lock, the others leave it alone. Where an owner dies, its event or the
 * listener's sweep brings the study to another.
 */
@ApplicationScoped
public class StudyWorker {
    private static final Logger LOG = Logger.getLogger(StudyWorker.class);
    private static final int STOP_SECONDS = 10;

    /** Less than who stops waits. */
    private static final Duration LAST_BATCH = Duration.ofSeconds(5);

    @Inject
    StudyLife life;

    @Inject
    Models models;

    @Inject
    OutputStore outputs;

    @Inject
    SiteResultConfiguration resultSettings;

    @Inject
    RestoreConfiguration restoreConfiguration;

    @Inject
    DestinationsInForce destinations;

    @Inject
    IngestConfiguration ingestConfiguration;

    @Inject
    RulesInForce rules;

    @Inject
    StageTimes times;

    @Inject
    WorkerConfiguration configuration;

    @Inject
    Precedence precedence;

    @Inject
    ShadowWork shadows;

    private final ExecutorService restorers = Executors.newCachedThreadPool(task -> new Thread(task, "read"));

    /** Whoever stops is a party too. */
    private final Phaser atWork = new Phaser(1);

    private volatile boolean stopping;

    /**
     * Takes a study revision to a recorded outcome, or to the outbox. A revision that has got there before is left
     * alone. Where this throws, nothing was recorded and the call may be repeated.
     *
     * @return whether the revision was this worker's: it is not where another is at it, or it has its outcome
     */
    public boolean process(StudyReady ready) throws InterruptedException {
        try (Precedence.Turn turn = precedence.study()) {
            return process(ready.studyInstanceUid(), ready.revision(), Optional.empty());
        }
    }

    /** The same behind all studies that come in: it gives way to them before every file and every batch. */
    boolean processBehind(String studyInstanceUid, int revision) throws InterruptedException {
        return process(studyInstanceUid, revision, Optional.of(new BehindStudies(precedence)));
    }

    private boolean process(String studyInstanceUid, int revision, Optional<BehindStudies> pace)
            throws InterruptedException {
        atWork.register();
        try (StudyClaim claim = life.claim(studyInstanceUid, revision).orElse(null)) {
            if (claim != null) {
                claim.during(() -> process(claim, pace));
            }
            return claim != null;
        } finally {
            atWork.arriveAndDeregister();
        }
    }

    private void process(StudyClaim claim, Optional<BehindStudies> pace) throws InterruptedException {
        ClaimedStudy study = claim.study();
        WarmModels serving = during(claim, models::serving);
        Map<String, Set<ObjectKind>> asked = during(claim, this::asked);
        HouseRules ofHouse = rules.latest();
        try {
            if (pace.isPresent()) {
                KeptFiles.require(study, ingestConfiguration.store());
            }
            RestoredStudy restored = withinTimeLimit(study, serving, ofHouse, StudyInput.kinds(asked), pace);
            RuledDestinations ruled = RuledDestinations.of(ofHouse, restored, input().before(study), asked);
            record(
                    claim,
                    () -> times.time(Stage.DATABASE, () -> {
                        claim.restored(restored.result(
                                ConfigurationDigest.of(resultSettings, Restorer.ownBatch(restoreConfiguration.batch())),
                                ruled));
                        return null;
                    }));
            shadows.served(study.id(), restored.costs());
        } catch (MixedPatientException e) {
            record(claim, () -> claim.refused(PatientIdentity.RULE, e.getMessage()));
        } catch (StageException e) {
            if (stopping) {
                throw stopped(claim);
            }
            LOG.errorf(e, "study %s revision %d failed at %s", study.studyInstanceUid(), study.revision(), e.stage());
            record(claim, () -> claim.failed(e.stage(), e.getMessage()));
        } catch (InterruptedException | RejectedExecutionException e) {
            throw stopped(claim);
        }
    }

    /** @throws IllegalStateException where the last destination was removed just now: the study waits for another */
    private Map<String, Set<ObjectKind>> asked() {
        Map<String, Set<ObjectKind>> asked = destinations.ofStudies();
        if (asked.values().stream().allMatch(Set::isEmpty)) {
            throw new IllegalStateException("no destination is in force: results would go nowhere");
        }
        return asked;
    }

    /** What serves when the study is taken on judges all of it, and destinations of then receive it. */
    private static <T> T during(StudyClaim claim, Supplier<T> read) {
        try {
            return read.get();
        } catch (RuntimeException e) {
            claim.giveBack();
            throw e;
        }
    }

    /** Where the record does not take what it comes to, the whole is tried again: see {@link StudyConsumer}. */
    private static void record(StudyClaim claim, Runnable move) {
        try {
            move.run();
        } catch (RuntimeException e) {
            claim.giveBack();
            throw e;
        }
    }

    private static InterruptedException stopped(StudyClaim claim) {
        claim.giveBack();
        return new InterruptedException("stopped while restoring; the study will be taken on again");
    }

    /** On a thread of its own: a decoder or a network that hangs must not take the consumer with it. */
    private RestoredStudy withinTimeLimit(
            ClaimedStudy study,
            WarmModels serving,
            HouseRules ofHouse,
            Set<ObjectKind> kinds,
            Optional<BehindStudies> pace)
            throws MixedPatientException, StageException, InterruptedException {
        long start = System.nanoTime();
        CountDownLatch over = new CountDownLatch(1);
        Future<RestoredStudy> restoring = restorers.submit(() -> {
            try {
                return restore(study, serving, ofHouse, kinds, pace.isPresent() ? pace.get() : Pace.NONE);
            } finally {
                over.countDown();
            }
        });
        try {
            return await(restoring, pace);
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
            awaitEnd(over, study);
            if (pace.isEmpty()) {
                times.since(Stage.ALL, start);
            }
        }
    }

    /** Who tries the study again does so beside none of its stages but one that hangs. */
    private static void awaitEnd(CountDownLatch over, ClaimedStudy study) {
        try {
            if (!over.await(LAST_BATCH.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("what works at study %s did not end within %s", study.studyInstanceUid(), LAST_BATCH);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The time in which it gives way does not count. */
    private RestoredStudy await(Future<RestoredStudy> restoring, Optional<BehindStudies> pace)
            throws ExecutionException, InterruptedException, TimeoutException {
        long limit = configuration.studyTimeLimit().toNanos();
        long left = limit;
        while (true) {
            try {
                return restoring.get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                left = limit - pace.map(BehindStudies::worked).orElse(limit);
                if (left <= 0) {
                    throw e;
                }
            }
        }
    }

    RestoredStudy restore(ClaimedStudy study, WarmModels serving, Set<ObjectKind> kinds)
            throws MixedPatientException, StageException {
        return restore(study, serving, HouseRules.NONE, kinds, Pace.NONE);
    }

    RestoredStudy restore(ClaimedStudy study, WarmModels serving, HouseRules ofHouse, Set<ObjectKind> kinds, Pace pace)
            throws MixedPatientException, StageException {
        RestoredStudy restored = new RestoredStudy(outputs);
        StudyPipeline pipeline = new StudyPipeline(
                serving,
                ofHouse,
                restoreConfiguration.batch(),
                resultSettings,
                ingestConfiguration.unknownPatientValues(),
                times,
                pace);
        restored.ofPatient(pipeline.process(input().source(study), kinds, restored));
        return restored;
    }

    private StudyInput input() {
        return new StudyInput(ingestConfiguration.store());
    }

    /** Studies are given back while there is a database: one that was let go of without a word counts against the study. */
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        restorers.shutdownNow();
        try {
            atWork.awaitAdvanceInterruptibly(atWork.arriveAndDeregister(), STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warnf("a study is still at work after %d s, and is left as if this process had died", STOP_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
