package org.rigatino.restore;

import org.rigatino.image.Frame;
import org.rigatino.image.ModelGrid;

/**
 * A frame as a release's networks see it: what is judged before they run is computed once.
 *
 * @param cells size*size, framed, in the frame's values
 * @param normalised of the cells
 */
public record NetworkInput(Frame frame, ModelGrid grid, float[] cells, Normalisation.Normalised normalised) {
    static NetworkInput of(ReleaseFile file, Frame frame) {
        ModelGrid grid = ModelGrid.of(frame, file.grid().framing(), file.grid().size());
        float[] cells = grid.toGrid(frame.values());
        return new NetworkInput(frame, grid, cells, file.normalisation().apply(cells, grid.noise()));
    }
}
