package org.rigatino.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.UnavailableFileException;
import org.rigatino.patient.MixedPatientException;
import org.rigatino.patient.PatientIdentity;
import org.rigatino.patient.PatientValues;
import org.rigatino.patient.UnknownPatientValues;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.FrameBatches.WaitingFrame;
import org.rigatino.pipeline.StageTimes.Stage;
import org.rigatino.pipeline.StudyDrawing.Once;
import org.rigatino.pipeline.StudyDrawing.Through;
import org.rigatino.restore.AbsentReleaseException;
import org.rigatino.restore.JoinedDrawing.Drawn;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NetworkInput;
import org.rigatino.restore.Refusal;
import org.rigatino.restore.WarmModels;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.SiteResultConfiguration;
import org.rigatino.rule.HouseRules;
import org.rigatino.rule.Ruling;

/**
 * From the files of a study to its objects. Memory is that of a few batches of frames, their headers included, whatever the study's size: see
 * {@link BatchStages}. Safe for use by several threads.
 */
public final class StudyPipeline {
    /** Three batches of eight 512x512 frames, at about 15 bytes a pixel. */
    private static final int PIXELS_UNDER_WAY = 3 * 8 * 512 * 512;

    private final WarmModels models;
    private final int batch;
    private final SiteResultConfiguration settings;
    private final UnknownPatientValues unknown;
    private final StageTimes times;
    private final Pace pace;
    private final EligibleFrames eligible;

    /**
     * @param rules which of the models may look at an image
     * @param batch frames that a network sees at once, as {@code models} have it: what becomes of a frame does not depend on
     *     those beside it, and its last bits on how many they are
     * @param pace to whom the work gives way
     */
    public StudyPipeline(
            WarmModels models,
            HouseRules rules,
            int batch,
            SiteResultConfiguration settings,
            UnknownPatientValues unknown,
            StageTimes times,
            Pace pace) {
        this.models = models;
        this.batch = batch;
        this.settings = settings;
        this.unknown = unknown;
        this.times = times;
        this.pace = pace;
        this.eligible = new EligibleFrames(models.releases(), rules, times);
    }

    /**
     * The way of the data, in its order.
     *
     * @param kinds of objects, besides the overlays
     * @return the patient's name as {@link PatientIdentity#check} says it
     * @throws MixedPatientException where the files are not known to be of one patient: nothing was made then
     * @throws StageException where the study failed as a whole: what was kept of it counts for nothing then
     */
    public Optional<String> process(SourceStudy study, Set<ObjectKind> kinds, Sink sink)
            throws MixedPatientException, StageException {
        Set<PatientValues> said = times.time(Stage.IDENTITY, () -> said(study));
        Optional<String> patient = PatientIdentity.check(study.studyInstanceUid(), said, study.patient(), unknown);
        StudyObjects objects = new StudyObjects(study, kinds, settings, batch, sink, times);
        FrameOrder order = FrameOrder.of(study.files(), eligible, pace);
        StudyDrawing drawing = new StudyDrawing(models, order);
        try (BatchStages stages = new BatchStages(PIXELS_UNDER_WAY)) {
            FrameBatches batches = new FrameBatches(
                    batch,
                    PIXELS_UNDER_WAY / 3,
                    (release, frames) -> stages.add(
                            frames,
                            () -> first(drawing, release, frames, sink),
                            once -> again(drawing, once, sink),
                            through -> encode(through, objects)));
            for (SourceFile file : order.files()) {
                read(new FileResult(file), order.frames(file), said, batches, objects);
            }
            batches.finish();
            stages.add(
                    List.of(),
                    () -> lastFirst(drawing),
                    once -> lastAgain(drawing, once),
                    left -> encodeLeft(left, objects));
            stages.finish();
        }
        objects.encodeSeries();
        return patient;
    }

    private static Set<PatientValues> said(SourceStudy study) throws StageException {
        try {
            return PatientIdentity.said(study.identifying());
        } catch (UnavailableFileException e) {
            throw new StageException(
                    StudyStage.IMAGE,
                    e.getMessage() + ": of which patient it is cannot be told; mend that and replay the study",
                    e);
        }
    }

    /** A file that could not be read when the study's patient was told, and now can, may be another's. */
    private static void requireSaid(SourceFile file, Dataset header, Set<PatientValues> said) throws StageException {
        if (PatientValues.areReadable(header) && !said.contains(PatientValues.of(header))) {
            throw new StageException(
                    StudyStage.IMAGE,
                    "the file of instance " + file.sopInstanceUid()
                            + " could not be read when it was told of which patient the study is, and now it can: replay"
                            + " the study",
                    null);
        }
    }

    /** Chooses a release for each of its frames, and frames what that takes. */
    private void read(
            FileResult file, List<Integer> first, Set<PatientValues> said, FrameBatches batches, StudyObjects objects)
            throws StageException {
        StageException.requireUninterrupted(null);
        StageException.giveWay(pace);
        try {
            ReceivedBytes.require(file.file(), times);
            eligible.read(file.file(), first, new EligibleFrames.Sink<StageException>() {
                @Override
                public void ruled(Ruling ruling) {
                    file.ruled(ruling);
                }

                @Override
                public void eligible(ModelRelease release, Dataset header, NetworkInput input) throws StageException {
                    requireSaid(file.file(), header, said);
                    file.eligible();
                    batches.add(release, new WaitingFrame(file, header, input));
                }

                @Override
                public void refused(int first, int last, Refusal refusal) {
                    file.refused(first, last, refusal);
                }
            });
        } catch (AbsentReleaseException e) {
            throw new StageException(StudyStage.RESTORE, e.getMessage(), e);
        } catch (DicomException | RuntimeException e) {
            StageException.requireUninterrupted(e);
            file.failed(StageException.describe(e));
        }
        batches.fileRead();
        objects.through(file);
    }

    private Once first(StudyDrawing drawing, ModelRelease release, List<WaitingFrame> frames, Sink sink)
            throws StageException {
        StageException.giveWay(pace);
        long start = System.nanoTime();
        Once once = times.time(Stage.RESTORE, () -> drawing.first(release, frames));
        sink.drawn(release, frames.size(), System.nanoTime() - start);
        return once;
    }

    /** What it takes is part of what the frames took, which are counted. */
    private Through again(StudyDrawing drawing, Once once, Sink sink) throws StageException {
        StageException.giveWay(pace);
        long start = System.nanoTime();
        Through through = times.time(Stage.REDRAW, () -> drawing.again(once));
        sink.drawn(once.release(), 0, System.nanoTime() - start);
        return through;
    }

    private List<Once> lastFirst(StudyDrawing drawing) throws StageException {
        return times.time(Stage.RESTORE, drawing::lastFirst);
    }

    private List<Through> lastAgain(StudyDrawing drawing, List<Once> once) throws StageException {
        StageException.giveWay(pace);
        return times.time(Stage.REDRAW, () -> drawing.lastAgain(once));
    }

    private static List<WaitingFrame> encodeLeft(List<Through> left, StudyObjects objects) throws StageException {
        List<WaitingFrame> through = new ArrayList<>();
        for (Through one : left) {
            through.addAll(encode(one, objects));
        }
        return through;
    }

    private static List<WaitingFrame> encode(Through through, StudyObjects objects) throws StageException {
        objects.findAndEncode(through.release(), through.frames());
        return through.frames().stream().map(Drawn::of).toList();
    }
}
