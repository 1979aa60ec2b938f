package org.rigatino.restore;

import java.util.OptionalDouble;
import org.rigatino.image.Frame;
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
 */
public record RestoredFrame(
        Frame frame, ModelGrid grid, float[] input, float[] restored, OptionalDouble critic, ValueRange range) {

    /**
     * The healthy image at the frame's own resolution: the frame with what the model changed. Detail finer than the
     * model's grid is the frame's, and so is what the model does not look at.
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
        return values;
    }
}
