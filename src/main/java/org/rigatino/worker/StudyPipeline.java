package org.rigatino.worker;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.rigatino.deliver.OutputStore;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.finding.Findings;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.ingest.StudyReady;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.result.AlgorithmIdentification;
import org.rigatino.result.EncodedObject;
import org.rigatino.result.ResultConfiguration;
import org.rigatino.result.SecondaryCapture;
import org.rigatino.worker.ClaimedStudy.ReceivedInstance;
import org.rigatino.worker.FrameBatches.WaitingFrame;

/** What happens to a ready study. Any number of threads and processes may be at it, also with the same study. */
@ApplicationScoped
public class StudyPipeline {
    private static final Logger LOG = Logger.getLogger(StudyPipeline.class);

    @Inject
    StudyRecord record;

    @Inject
    Models models;

    @Inject
    OutputStore outputs;

    @Inject
    ResultConfiguration resultConfiguration;

    @Inject
    RestoreConfiguration restoreConfiguration;

    @Inject
    WorkerConfiguration configuration;

    private final ExecutorService restorers = Executors.newCachedThreadPool(task -> new Thread(task, "restore"));

    private volatile boolean stopping;

    /**
     * Takes a study revision to a recorded outcome, or to the outbox. A revision that has got there before is left
     * alone. Where this throws, nothing was recorded and the call may be repeated.
     */
    public void process(StudyReady ready) throws InterruptedException {
        Optional<ClaimedStudy> claimed = record.claim(ready);
        if (claimed.isEmpty()) {
            return;
        }
        ClaimedStudy study = claimed.get();
        try {
            record.restored(study, withinTimeLimit(study));
        } catch (RefusedException e) {
            record.refused(study, e.rule(), e.getMessage());
        } catch (StageException e) {
            if (stopping) {
                throw new InterruptedException("stopped while restoring; the study will be taken on again");
            }
            LOG.errorf(e, "study %s revision %d failed at %s", study.studyInstanceUid(), study.revision(), e.stage());
            record.failed(study, e.stage(), e.getMessage());
        }
    }

    /** The way of the data, in its order; what it comes to goes to the outbox with the record. */
    private Restorations restore(ClaimedStudy study) throws RefusedException, StageException {
        PatientIdentity.check(study.files());
        Restorations restorations = new Restorations();
        FrameBatches batches = new FrameBatches(restoreConfiguration.batch(), (release, frames) -> {
            List<RestoredFrame> restored = restore(release, frames);
            for (int i = 0; i < restored.size(); i++) {
                draw(release, frames.get(i), restored.get(i), restorations);
            }
        });
        for (ReceivedInstance instance : study.instances()) {
            read(instance, batches, restorations);
        }
        batches.finish();
        return restorations;
    }

    private void read(ReceivedInstance instance, FrameBatches batches, Restorations restorations)
            throws StageException {
        if (Thread.interrupted()) {
            throw new StageException("image", "interrupted", null);
        }
        try {
            ModelReleases.Choice choice = models.releases().choose(Dataset.readHeader(instance.file()));
            if (choice.release() == null) {
                restorations.refused(instance, choice.refusalRule());
                return;
            }
            try (InstanceFrames frames = InstanceFrames.open(instance.file())) {
                for (int number = 1; number <= frames.count(); number++) {
                    Frame frame = frames.frame(number);
                    Optional<String> refusal = choice.release().refusal(frame);
                    if (refusal.isPresent()) {
                        restorations.refused(instance, refusal.get());
                    } else {
                        batches.add(choice.release(), new WaitingFrame(instance, frames.header(), frame));
                    }
                }
            }
        } catch (DicomException | RuntimeException e) {
            restorations.failed(instance, StageException.describe(e));
        }
    }

    private List<RestoredFrame> restore(ModelRelease release, List<WaitingFrame> frames) throws StageException {
        try {
            return models.restorer(release)
                    .restore(frames.stream().map(WaitingFrame::frame).toList());
        } catch (RuntimeException e) {
            throw new StageException("restore", e);
        }
    }

    private void draw(ModelRelease release, WaitingFrame waiting, RestoredFrame restored, Restorations restorations)
            throws StageException {
        try {
            ImageFinding finding = Findings.of(restored, release);
            AlgorithmIdentification algorithm =
                    new AlgorithmIdentification(release.name(), release.version(), release.digest());
            EncodedObject object =
                    SecondaryCapture.encode(waiting.header(), waiting.frame(), finding, algorithm, resultConfiguration);
            OutputStore.Stored file = outputs.store(object.sopInstanceUid(), object.bytes());
            restorations.restored(waiting.instance(), finding, release, object, file);
        } catch (DicomException e) {
            restorations.failed(waiting.instance(), StageException.describe(e));
        } catch (IOException | RuntimeException e) {
            throw new StageException("result", e);
        }
    }

    /** On a thread of its own: a decoder or a network that hangs must not take the consumer with it. */
    private Restorations withinTimeLimit(ClaimedStudy study)
            throws RefusedException, StageException, InterruptedException {
        Future<Restorations> restoring = restorers.submit(() -> restore(study));
        try {
            return restoring.get(configuration.studyTimeLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StageException(
                    "restore",
                    "not done within rigatino.worker.study-time-limit, " + configuration.studyTimeLimit(),
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            if (e.getCause() instanceof StageException failed) {
                throw failed;
            }
            throw new StageException("restore", e.getCause());
        } finally {
            restoring.cancel(true);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        restorers.shutdownNow();
    }
}
