package org.rigatino.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.FrameBatches.WaitingFrame;
import org.rigatino.restore.FirstDrawing;
import org.rigatino.restore.FirstDrawing.Joined;
import org.rigatino.restore.JoinedDrawing.Drawn;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Redrawings;
import org.rigatino.restore.WarmModels;

/**
 * What releases draw of the frames of one study, which come in its {@link FrameOrder}: batch by batch, and at last what waited for a
 * slice after it, or for others to be drawn again with. One thread draws first and one again, or one does both.
 */
final class StudyDrawing {
    /** Frames of one release that were drawn once, among their neighbours. */
    record Once(ModelRelease release, List<Joined<WaitingFrame>> frames) {}

    /** Those that are through. */
    record Through(ModelRelease release, List<Drawn<WaitingFrame>> frames) {}

    private record First(ModelRelease release, FirstDrawing<WaitingFrame> drawing) {}

    private record Again(ModelRelease release, Redrawings<WaitingFrame> drawing) {}

    private final WarmModels models;
    private final FrameOrder order;
    private final Map<String, First> first = new LinkedHashMap<>();
    private final Map<String, Again> again = new LinkedHashMap<>();

    StudyDrawing(WarmModels models, FrameOrder order) {
        this.models = models;
        this.order = order;
    }

    /** Those of them, and of before, whose neighbours are drawn too. */
    Once first(ModelRelease release, List<WaitingFrame> frames) throws StageException {
        return restoring(() -> {
            FirstDrawing<WaitingFrame> drawing =
                    first.computeIfAbsent(release.digest(), digest -> new First(release, drawing(release))).drawing;
            return new Once(
                    release,
                    drawing.add(frames, frames.stream().map(WaitingFrame::input).toList()));
        });
    }

    private FirstDrawing<WaitingFrame> drawing(ModelRelease release) {
        return new FirstDrawing<>(release, () -> models.restorer(release), order::areNeighbours);
    }

    /** Those of them, and of before, in which what departs is drawn again where it is. */
    Through again(Once once) throws StageException {
        return restoring(() -> {
            ModelRelease release = once.release;
            Redrawings<WaitingFrame> drawing =
                    again.computeIfAbsent(release.digest(), digest -> new Again(release, redrawings(release))).drawing;
            return new Through(release, drawing.add(once.frames));
        });
    }

    private Redrawings<WaitingFrame> redrawings(ModelRelease release) {
        return new Redrawings<>(() -> models.restorer(release), FrameBatches::severalHeaders);
    }

    /** What waited for a slice after it. */
    List<Once> lastFirst() throws StageException {
        List<Once> last = new ArrayList<>();
        for (First one : first.values()) {
            last.add(new Once(one.release, restoring(one.drawing::finish)));
        }
        return last;
    }

    /** All that is left, when nothing more is drawn first. */
    List<Through> lastAgain(List<Once> once) throws StageException {
        List<Through> last = new ArrayList<>();
        for (Once one : once) {
            last.add(again(one));
        }
        for (Again one : again.values()) {
            last.add(new Through(one.release, restoring(one.drawing::finish)));
        }
        return last;
    }

    private static <T> T restoring(Supplier<T> work) throws StageException {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw new StageException(StudyStage.RESTORE, e);
        }
    }
}
