package org.rigatino.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.finding.Findings;
import org.rigatino.finding.ImageFinding;
import org.rigatino.finding.JudgedSlice;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.FrameBatches.WaitingFrame;
import org.rigatino.pipeline.StudyDrawing.Through;
import org.rigatino.restore.JoinedDrawing.Drawn;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NetworkInput;
import org.rigatino.restore.Refusal;
import org.rigatino.restore.Restorer;
import org.rigatino.restore.WarmModels;
import org.rigatino.result.SiteResultConfiguration;
import org.rigatino.rule.HouseRules;

/**
 * What a release says of the images of a study, and nothing more: no object is made, no file is written. A file that it does
 * not take is read no further than its header. For one study and one thread; holds a few frames.
 */
public final class SilentJudgement {
    /** Frames that the network sees at once: it gives way between two batches. */
    private static final int BATCH = Restorer.BATCH;

    private static final int MOST_PIXELS = 2 * 1024 * 1024;
    private static final double NANOS = 1e9;

    /** @param instance as {@link SourceFile#id} */
    public record JudgedFrame(long instance, JudgedSlice slice) {}

    /**
     * What came of it.
     *
     * @param refused frames that the release does not take
     * @param failed files of which no frame counts, since one of them cannot be read
     * @param firstFailure why, of the first; null where there is none
     * @param drawingSeconds within the network
     */
    public record Judged(
            List<JudgedFrame> frames, long refused, int failed, String firstFailure, double drawingSeconds) {}

    private record Judgement(FileResult file, JudgedSlice slice) {}

    private final WarmModels models;
    private final SiteResultConfiguration settings;
    private final Pace pace;
    private final EligibleFrames eligible;
    private final FrameBatches batches = new FrameBatches(BATCH, MOST_PIXELS, this::draw);
    private final List<Judgement> drawn = new ArrayList<>();
    private StudyDrawing drawing;
    private long drawingNanos;

    /**
     * @param models whose releases judge, as if they served
     * @param rules which of them may look at an image
     * @param settings say from which departure on anything is marked
     */
    public SilentJudgement(WarmModels models, HouseRules rules, SiteResultConfiguration settings, Pace pace) {
        this.models = models;
        this.settings = settings;
        this.pace = pace;
        this.eligible = new EligibleFrames(models.releases(), rules, StageTimes.unwatched());
    }

    /** @throws StageException where the study cannot be judged: interrupted, a network failed, a file is not as received */
    public Judged judge(List<SourceFile> files) throws StageException {
        List<FileResult> results = new ArrayList<>();
        FrameOrder order = FrameOrder.of(files, eligible, pace);
        drawing = new StudyDrawing(models, order);
        for (SourceFile file : order.files()) {
            StageException.giveWay(pace);
            FileResult result = new FileResult(file);
            results.add(result);
            read(result, order.frames(file));
        }
        batches.finish();
        for (Through left : drawing.lastAgain(drawing.lastFirst())) {
            find(left.release(), left.frames());
        }
        return new Judged(
                drawn.stream()
                        .filter(frame -> !frame.file().hasFailed())
                        .map(frame -> new JudgedFrame(frame.file().file().id(), frame.slice()))
                        .toList(),
                results.stream().mapToLong(result -> result.refusals().count()).sum(),
                (int) results.stream().filter(FileResult::hasFailed).count(),
                results.stream()
                        .flatMap(result -> result.cause().stream())
                        .findFirst()
                        .orElse(null),
                drawingNanos / NANOS);
    }

    private void read(FileResult file, List<Integer> first) throws StageException {
        try {
            eligible.read(file.file(), first, new EligibleFrames.Sink<StageException>() {
                private boolean held;

                @Override
                public void eligible(ModelRelease release, Dataset header, NetworkInput input) throws StageException {
                    hold();
                    batches.add(release, new WaitingFrame(file, header, input));
                }

                /** Against the digest of its reception, before anything of it is judged. */
                private void hold() throws StageException {
                    if (!held) {
                        held = true;
                        try {
                            ReceivedBytes.require(file.file(), StageTimes.unwatched());
                        } catch (DicomException e) {
                            throw new StageException(StudyStage.IMAGE, e);
                        }
                    }
                }

                @Override
                public void refused(int first, int last, Refusal refusal) {
                    file.refused(first, last, refusal);
                }
            });
        } catch (DicomException | RuntimeException e) {
            StageException.requireUninterrupted(e);
            file.failed(StageException.describe(e));
        }
        batches.fileRead();
    }

    private void draw(ModelRelease release, List<WaitingFrame> frames) throws StageException {
        StageException.giveWay(pace);
        long start = System.nanoTime();
        List<Drawn<WaitingFrame>> through =
                drawing.again(drawing.first(release, frames)).frames();
        drawingNanos += System.nanoTime() - start;
        find(release, through);
    }

    private void find(ModelRelease release, List<Drawn<WaitingFrame>> through) {
        double level = settings.level().orElse(release.file().markLevel());
        for (Drawn<WaitingFrame> one : through) {
            ImageFinding finding = Findings.of(one.restored(), release);
            drawn.add(new Judgement(one.of().file(), JudgedSlice.of(one.of().frame(), finding, level)));
        }
    }
}
