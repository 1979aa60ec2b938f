package org.rigatino.restore;

import org.rigatino.image.ModelGrid;
import org.rigatino.image.OrderStatistic;

/**
 * What was drawn a second time of a frame.
 *
 * @param values size*size, drawn of the image with the region blanked
 * @param region size*size, true somewhere: where they count
 * @param foreground size*size: what lies inside the patient
 * @param detail as {@link Redrawing#detail}
 */
record Redrawn(float[] values, boolean[] region, boolean[] foreground, double detail) {
    private static final float INSIDE = 0.5f;

    /** @return size*size, new */
    float[] over(float[] restored) {
        float[] over = restored.clone();
        for (int i = 0; i < over.length; i++) {
            over[i] = region[i] ? values[i] : over[i];
        }
        return over;
    }

    /** @param onSource the frame as it was drawn the first time, rows*columns; @return new */
    float[] over(float[] onSource, RestoredFrame restored) {
        ModelGrid grid = restored.grid();
        float[] share = grid.toSource(numbers(region));
        float[] drawn = grid.toSource(over(restored.restored()));
        float[] grain = grain(restored.frame().values(), share, grid);
        float[] over = onSource.clone();
        for (int i = 0; i < over.length; i++) {
            if (share[i] > 0) {
                over[i] += share[i] * (float) (restored.range().of(drawn[i]) + grain[i] - over[i]);
            }
        }
        return over;
    }

    /** Detail cut off at the strongest in the region, less what of that the grid sees: an outline would leave its brighter side. */
    private float[] grain(float[] source, float[] share, ModelGrid grid) {
        float[] grain = finer(source, grid);
        float most = strongest(grain, share, grid.toSource(numbers(foreground)));
        for (int i = 0; i < grain.length; i++) {
            grain[i] = share[i] > 0 ? Math.max(-most, Math.min(most, grain[i])) : grain[i];
        }
        return finer(grain, grid);
    }

    private static float[] finer(float[] values, ModelGrid grid) {
        float[] finer = values.clone();
        float[] coarse = grid.toSource(grid.toGrid(values));
        for (int i = 0; i < finer.length; i++) {
            finer[i] -= coarse[i];
        }
        return finer;
    }

    private static float[] numbers(boolean[] cells) {
        float[] numbers = new float[cells.length];
        for (int i = 0; i < cells.length; i++) {
            numbers[i] = cells[i] ? 1 : 0;
        }
        return numbers;
    }

    /** Of the head outside the region: detail that its share {@code detail} is weaker than. */
    private float strongest(float[] finer, float[] share, float[] inside) {
        float[] around = new float[finer.length];
        int count = 0;
        for (int i = 0; i < finer.length; i++) {
            if (inside[i] > INSIDE && share[i] == 0) {
                around[count++] = Math.abs(finer[i]);
            }
        }
        return count == 0 || detail == 0 ? 0 : OrderStatistic.of(around, count, (int) (detail * (count - 1)));
    }
}
