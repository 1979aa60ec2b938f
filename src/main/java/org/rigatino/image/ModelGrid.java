package org.rigatino.image;

/**
 * The reversible map between a frame's pixels and the square grid that a model sees. Immutable.
 */
public final class ModelGrid {
    private ModelGrid() {}

    /** @param values rows*columns of the frame; @return size*size */
    public float[] toGrid(float[] values) {
        throw new UnsupportedOperationException();
    }

    /** @param values size*size; @return rows*columns, 0 where the grid does not reach */
    public float[] toSource(float[] values) {
        throw new UnsupportedOperationException();
    }
}
