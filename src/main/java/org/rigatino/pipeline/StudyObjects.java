package org.rigatino.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rigatino.dicom.DicomException;
import org.rigatino.finding.Findings;
import org.rigatino.finding.ImageFinding;
import org.rigatino.finding.JudgedSlice;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.FrameBatches.WaitingFrame;
import org.rigatino.pipeline.StageTimes.Stage;
import org.rigatino.restore.JoinedDrawing.Drawn;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.restore.Restorer;
import org.rigatino.result.AlgorithmIdentification;
import org.rigatino.result.DecidedPatient;
import org.rigatino.result.EncodedObject;
import org.rigatino.result.JudgedAgain;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.ReleaseConfiguration;
import org.rigatino.result.ResultConfiguration;
import org.rigatino.result.SiteResultConfiguration;

/** Finds what departs in the restored frames of one study and encodes it, frame by frame and at last by series. */
final class StudyObjects {
    private final SourceStudy study;
    private final Sink sink;
    private final SiteResultConfiguration settings;
    private final int batch;
    private final StageTimes times;
    private final FrameObjects frameObjects;
    private final StudySeries series;
    private final List<String> failed = Collections.synchronizedList(new ArrayList<>());

    /** @param batch frames that the networks see at once */
    StudyObjects(
            SourceStudy study,
            Set<ObjectKind> kinds,
            SiteResultConfiguration settings,
            int batch,
            Sink sink,
            StageTimes times) {
        this.study = study;
        this.settings = settings;
        this.batch = batch;
        this.sink = sink;
        this.times = times;
        this.frameObjects = new FrameObjects(kinds);
        this.series = new StudySeries(kinds);
    }

    private ResultConfiguration configuration(ModelRelease release) {
        ResultConfiguration configured =
                new ReleaseConfiguration(settings, release.file().markLevel(), Restorer.ownBatch(batch));
        ResultConfiguration decided = study.patientDecidedAt()
                .<ResultConfiguration>map(at -> new DecidedPatient(configured, at))
                .orElse(configured);
        return study.againIn()
                .<ResultConfiguration>map(revision -> new JudgedAgain(decided, revision))
                .orElse(decided);
    }

    /** One thread at a time. */
    void findAndEncode(ModelRelease release, List<Drawn<WaitingFrame>> drawn) throws StageException {
        for (Drawn<WaitingFrame> one : drawn) {
            FileResult file = one.of().file();
            try {
                findAndEncode(release, one.of(), one.restored());
            } catch (DicomException e) {
                file.failed(StageException.describe(e));
            } catch (IOException | RuntimeException e) {
                throw new StageException(StudyStage.RESULT, e);
            }
            through(file);
        }
    }

    private void findAndEncode(ModelRelease release, WaitingFrame waiting, RestoredFrame restored) throws IOException {
        FileResult file = waiting.file();
        if (file.hasFailed()) {
            return;
        }
        AlgorithmIdentification algorithm =
                new AlgorithmIdentification(release.name(), release.version(), release.digest(), study.contentTime());
        ResultConfiguration configuration = configuration(release);
        ImageFinding finding = times.time(Stage.ENCODE, () -> Findings.of(restored, release));
        List<EncodedObject> encoded = times.time(
                Stage.ENCODE, () -> frameObjects.encode(waiting.header(), restored, finding, algorithm, configuration));
        Map<ObjectKind, Path> kept = new EnumMap<>(ObjectKind.class);
        for (EncodedObject object : encoded) {
            Path path = times.time(Stage.STORE, () -> sink.keep(file.file(), finding.reference(), object));
            file.keep(path);
            kept.put(object.kind(), path);
        }
        series.add(waiting.header(), waiting.frame(), finding, algorithm, configuration, kept);
        JudgedSlice slice = JudgedSlice.of(waiting.frame(), finding, configuration.level());
        file.restored(new FrameResult(slice, release.name(), release.version(), new ArrayList<>(kept.values())));
    }

    /** Told once more than there are frames of the file to be drawn: when it is read. */
    void through(FileResult file) throws StageException {
        if (!file.through()) {
            return;
        }
        if (file.hasFailed()) {
            failed.add(file.file().sopInstanceUid());
        }
        try {
            sink.done(file);
        } catch (IOException | RuntimeException e) {
            throw new StageException(StudyStage.RESULT, e);
        }
    }

    /** After all files. */
    void encodeSeries() throws StageException {
        failed.forEach(series::leaveOut);
        try {
            times.time(Stage.ENCODE, () -> {
                series.encode((object, frames) -> sink.keepOfSeries(frames, object));
                return null;
            });
        } catch (IOException | RuntimeException e) {
            throw new StageException(StudyStage.RESULT, e);
        }
    }
}
