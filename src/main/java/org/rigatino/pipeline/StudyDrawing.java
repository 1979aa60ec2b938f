package org.rigatino.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.FrameBatches.WaitingFrame;
import org.rigatino.restore.JoinedDrawing;
import org.rigatino.restore.JoinedDrawing.Drawn;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.WarmModels;

/**
 * What releases draw of the frames of one study, which come in its {@link FrameOrder}: batch by batch, and at last what waited for a
 * slice after it. One thread at a time.
 */
final class StudyDrawing {
    private record OfRelease(ModelRelease release, JoinedDrawing<WaitingFrame> drawing) {}

    /** Takes what is through. */
    @FunctionalInterface
    interface Sink {
        void take(ModelRelease release, List<Drawn<WaitingFrame>> drawn) throws StageException;
    }

    private final WarmModels models;
    private final FrameOrder order;
    private final Map<String, OfRelease> drawings = new LinkedHashMap<>();

    StudyDrawing(WarmModels models, FrameOrder order) {
        this.models = models;
        this.order = order;
    }

    /** Those of them, and of before, whose neighbours are drawn too. */
    List<Drawn<WaitingFrame>> draw(ModelRelease release, List<WaitingFrame> frames) throws StageException {
        try {
            return drawings.computeIfAbsent(release.digest(), digest -> ofRelease(release))
                    .drawing
                    .add(frames, frames.stream().map(WaitingFrame::input).toList());
        } catch (RuntimeException e) {
            throw new StageException(StudyStage.RESTORE, e);
        }
    }

    private OfRelease ofRelease(ModelRelease release) {
        return new OfRelease(
                release, new JoinedDrawing<>(release, () -> models.restorer(release), order::areNeighbours));
    }

    /** What is left. */
    void finish(Sink sink) throws StageException {
        for (OfRelease one : drawings.values()) {
            List<Drawn<WaitingFrame>> left;
            try {
                left = one.drawing.finish();
            } catch (RuntimeException e) {
                throw new StageException(StudyStage.RESTORE, e);
            }
            if (!left.isEmpty()) {
                sink.take(one.release, left);
            }
        }
    }
}
