package org.rigatino.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.deliver.OutputStore;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.finding.Findings;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.MixedPatientException;
import org.rigatino.ingest.PatientIdentity;
import org.rigatino.persistence.StudyStage;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Refusal;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.result.AlgorithmIdentification;
import org.rigatino.result.DecidedPatient;
import org.rigatino.result.EncodedObject;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.ResultConfiguration;
import org.rigatino.worker.ClaimedStudy.ReceivedInstance;
import org.rigatino.worker.FrameBatches.WaitingFrame;
import org.rigatino.worker.Restorations.StoredObject;
import org.rigatino.worker.StageTimes.Stage;

/**
 * From the instances of a study to durable objects. Memory is that of a few batches of frames, whatever the study's
 * size: see {@link BatchStages}.
 */
@ApplicationScoped
public class StudyRestoration {
    /** Three batches of eight 512x512 frames, at about 15 bytes a pixel. */
    private static final int PIXELS_UNDER_WAY = 3 * 8 * 512 * 512;

    @Inject
    Models models;

    @Inject
    OutputStore outputs;

    @Inject
    ResultConfiguration resultConfiguration;

    @Inject
    RestoreConfiguration restoreConfiguration;

    @Inject
    DeliverConfiguration deliverConfiguration;

    @Inject
    IngestConfiguration ingestConfiguration;

    @Inject
    StageTimes times;

    /** The way of the data, in its order; what it comes to goes to the outbox with the record. */
    Restorations restore(ClaimedStudy study) throws MixedPatientException, StageException {
        Restorations restorations = new Restorations(times.time(
                Stage.IDENTITY,
                () -> PatientIdentity.check(
                        study.studyInstanceUid(),
                        study.files(),
                        study.patient(),
                        ingestConfiguration.unknownPatientValues())));
        ResultConfiguration configuration = study.patientDecidedAt() == null
                ? resultConfiguration
                : new DecidedPatient(resultConfiguration, study.patientDecidedAt());
        Set<ObjectKind> asked = asked();
        StudySeries series = new StudySeries(asked, configuration);
        FrameObjects objects = new FrameObjects(kept(asked), configuration);
        EligibleFrames eligible = new EligibleFrames(models.releases(), times);
        try (BatchStages stages = new BatchStages(PIXELS_UNDER_WAY)) {
            FrameBatches batches = new FrameBatches(
                    restoreConfiguration.batch(),
                    PIXELS_UNDER_WAY / 3,
                    (release, frames) -> stages.add(
                            FrameBatches.pixels(frames),
                            () -> times.time(Stage.RESTORE, () -> restore(release, frames)),
                            restored -> draw(
                                    release,
                                    algorithm(release, study),
                                    frames,
                                    restored,
                                    objects,
                                    series,
                                    restorations)));
            for (ReceivedInstance instance : study.instances()) {
                read(instance, eligible, batches, restorations);
            }
            batches.finish();
            stages.finish();
        }
        restorations.failed().keySet().forEach(instance -> series.leaveOut(instance.sopInstanceUid()));
        encode(series, restorations);
        return restorations;
    }

    /** What any destination receives. */
    private Set<ObjectKind> asked() {
        return deliverConfiguration.destinations().values().stream()
                .flatMap(destination -> destination.objects().orElseThrow().stream())
                .map(kind -> ObjectKind.valueOf(kind.name()))
                .collect(Collectors.toSet());
    }

    /** The restored image is kept of every frame, whoever asks for it: people look at both. */
    private static Set<ObjectKind> kept(Set<ObjectKind> asked) {
        Set<ObjectKind> kept = EnumSet.of(ObjectKind.RESTORED_IMAGE);
        kept.addAll(asked);
        return kept;
    }

    private void encode(StudySeries series, Restorations restorations) throws StageException {
        try {
            times.time(Stage.ENCODE, () -> {
                series.encode(
                        (object, frames) -> restorations.series(new Restorations.SeriesObject(store(object), frames)));
                return null;
            });
        } catch (IOException | RuntimeException e) {
            throw new StageException(StudyStage.RESULT, e);
        }
    }

    private void read(
            ReceivedInstance instance, EligibleFrames eligible, FrameBatches batches, Restorations restorations)
            throws StageException {
        if (Thread.interrupted()) {
            throw new StageException(StudyStage.IMAGE, "interrupted", null);
        }
        try {
            ReceivedBytes.require(instance, times);
            eligible.read(instance.file(), new EligibleFrames.Sink<StageException>() {
                @Override
                public void eligible(ModelRelease release, Dataset header, Frame frame) throws StageException {
                    batches.add(release, new WaitingFrame(instance, header, frame));
                }

                @Override
                public void refused(int first, int last, Refusal refusal) {
                    restorations.refused(instance, first, last, refusal);
                }
            });
        } catch (DicomException | RuntimeException e) {
            restorations.failed(instance, StageException.describe(e));
        }
    }

    private List<RestoredFrame> restore(ModelRelease release, List<WaitingFrame> frames) throws StageException {
        try {
            return models.restorer(release)
                    .restore(frames.stream().map(WaitingFrame::frame).toList());
        } catch (RuntimeException e) {
            throw new StageException(StudyStage.RESTORE, e);
        }
    }

    private void draw(
            ModelRelease release,
            AlgorithmIdentification algorithm,
            List<WaitingFrame> frames,
            List<RestoredFrame> restored,
            FrameObjects objects,
            StudySeries series,
            Restorations restorations)
            throws StageException {
        for (int i = 0; i < restored.size(); i++) {
            draw(release, algorithm, frames.get(i), restored.get(i), objects, series, restorations);
        }
    }

    private void draw(
            ModelRelease release,
            AlgorithmIdentification algorithm,
            WaitingFrame waiting,
            RestoredFrame restored,
            FrameObjects frameObjects,
            StudySeries series,
            Restorations restorations)
            throws StageException {
        try {
            ImageFinding finding = times.time(Stage.ENCODE, () -> Findings.of(restored, release));
            List<StoredObject> objects = new ArrayList<>();
            Map<ObjectKind, Path> files = new EnumMap<>(ObjectKind.class);
            for (EncodedObject object : times.time(
                    Stage.ENCODE, () -> frameObjects.encode(waiting.header(), restored, finding, algorithm))) {
                StoredObject stored = times.time(Stage.STORE, () -> store(object));
                objects.add(stored);
                files.put(object.kind(), outputs.file(stored.file().location()));
            }
            series.add(waiting.header(), waiting.frame(), finding, algorithm, files);
            restorations.restored(waiting.instance(), finding, release, objects);
        } catch (DicomException e) {
            restorations.failed(waiting.instance(), StageException.describe(e));
        } catch (IOException | RuntimeException e) {
            throw new StageException(StudyStage.RESULT, e);
        }
    }

    private static AlgorithmIdentification algorithm(ModelRelease release, ClaimedStudy study) {
        return new AlgorithmIdentification(
                release.name(), release.version(), release.digest(), Optional.of(study.contentTime()));
    }

    private StoredObject store(EncodedObject object) throws IOException {
        return StoredObject.of(object, outputs.store(object.sopInstanceUid(), object.bytes()));
    }
}
