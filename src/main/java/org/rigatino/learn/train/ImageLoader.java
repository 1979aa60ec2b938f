package org.rigatino.learn.train;

import org.rigatino.image.Frame;
import org.rigatino.image.ModelGrid;
import org.rigatino.restore.Normalisation;
import org.rigatino.restore.ReleaseFile;

/** Images of a data set as the network sees them, framed and normalised as the release will. */
public record ImageLoader(ReleaseFile.Grid grid, Normalisation normalisation) {
    TrainingImage load(Frame frame) {
        return load(frame, gridOf(frame));
    }

    /** @param on {@link #gridOf} the frame */
    TrainingImage load(Frame frame, ModelGrid on) {
        return TrainingImage.of(normalisation.apply(on.toGrid(frame.values()), on.noise()));
    }

    ModelGrid gridOf(Frame frame) {
        return ModelGrid.of(frame, grid.framing(), grid.size());
    }

    /** Share of the frame that its largest bright region covers, as the release will find it. */
    double foregroundShare(Frame frame) {
        return gridOf(frame).foregroundShare();
    }
}
