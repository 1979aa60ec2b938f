package org.rigatino.restore;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.ModelGrid;

/**
 * What a model saw of a frame, and the healthy image that it drew.
 *
 * @param grid maps between the model's grid and the frame's pixels
 * @param input size*size, row-major, normalised as the release says
 * @param restored size*size, in the same units as {@code input}
 * @param critic the critic's mean logit of {@code input}, the higher the more like a normal image; empty where the release
 *     carries no critic or the frame is blank
 * @param range modality units that became {@code input}
 * @param reading probability that a cell is of a lesion, size*size; empty where the release has no reader or the frame is
 *     blank
 * @param redrawn what was drawn a second time; empty where nothing was, or the release does not ask for it
 * @param neighbours the slices directly before and after it that its map is joined with; empty where there are none, or the
 *     release judges each slice by itself
 */
public record RestoredFrame(
        Frame frame,
        ModelGrid grid,
        float[] input,
        float[] restored,
        OptionalDouble critic,
        ValueRange range,
        Optional<float[]> reading,
        Optional<Redrawn> redrawn,
        List<Neighbour> neighbours) {
    /**
     * A slice beside another.
     *
     * @param map its own, as {@link DifferenceMap#own} makes it, laid on the other's grid: NaN where it does not reach
     */
    public record Neighbour(FrameReference reference, float[] map) {}

    public RestoredFrame {
        neighbours = List.copyOf(neighbours);
    }

    /** Drawn once, not read, and by itself. */
    public RestoredFrame(
            Frame frame, ModelGrid grid, float[] input, float[] restored, OptionalDouble critic, ValueRange range) {
        this(frame, grid, input, restored, critic, range, Optional.empty(), Optional.empty(), List.of());
    }

    RestoredFrame with(Redrawn again) {
        return new RestoredFrame(frame, grid, input, restored, critic, range, reading, Optional.of(again), neighbours);
    }

    RestoredFrame beside(List<Neighbour> others) {
        return new RestoredFrame(frame, grid, input, restored, critic, range, reading, redrawn, others);
    }

    /** @param lesion as {@link #reading} */
    RestoredFrame with(float[] lesion) {
        return new RestoredFrame(frame, grid, input, restored, critic, range, Optional.of(lesion), redrawn, neighbours);
    }

    /** The healthy image on the grid: what was drawn, and where it was drawn again what was drawn then; size*size. */
    public float[] drawn() {
        return redrawn.map(again -> again.over(restored)).orElse(restored);
    }

    /**
     * The healthy image at the frame's own resolution: the frame with what the model changed. Detail finer than the
     * model's grid is the frame's, and so is what the model does not look at. A region that was drawn again is the model's
     * alone but for its grain.
     *
     * @return rows*columns, in the units of {@link Frame#values()}
     */
    public float[] onSource() {
        float[] change = new float[input.length];
        for (int i = 0; i < change.length; i++) {
            change[i] = restored[i] - input[i];
        }
        float[] values = grid.toSource(change);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) range.changed(frame.values()[i], values[i]);
        }
        return redrawn.map(again -> again.over(values, this)).orElse(values);
    }
}
