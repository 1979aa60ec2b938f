package org.rigatino.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What lies around a region, carried on into it: the field that has the values of the cells beside the region and is harmonic
 * inside (Laplace's equation, as in Perez et al., Poisson Image Editing, SIGGRAPH 2003). Takes turns until no cell moves by more
 * than a ten-thousandth, so that the same region has the same field.
 */
final class Surroundings {
    /** Of successive over-relaxation, 1 to 2. */
    private static final float RELAXATION = 1.9f;

    private static final float SETTLED = 1e-4f;
    private static final int MOST_SWEEPS = 2000;

    private final float[] field;
    /** Inside the region or beside it. */
    private final boolean[] known;
    /** Of the region, as far as it hangs together with a cell beside it. */
    private final List<Integer> inside = new ArrayList<>();

    private final int size;

    /**
     * @param around size*size, looked at beside the region alone
     * @param foreground size*size: what lies beyond it is not beside
     */
    Surroundings(float[] around, boolean[] region, boolean[] foreground, int size) {
        this.size = size;
        field = around.clone();
        known = Redrawing.widened(region, size);
        List<Integer> reached = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            known[i] &= foreground[i] && !region[i];
            if (known[i]) {
                reached.add(i);
            }
        }
        for (int i = 0; i < reached.size(); i++) {
            enter(reached.get(i), region, reached);
        }
        relax();
    }

    /** The next cells inside begin with the value that they were reached from. */
    private void enter(int from, boolean[] region, List<Integer> reached) {
        for (int next : beside(from)) {
            if (region[next] && !known[next]) {
                known[next] = true;
                field[next] = field[from];
                inside.add(next);
                reached.add(next);
            }
        }
    }

    private void relax() {
        int[][] beside = inside.stream().map(this::known).toArray(int[][]::new);
        int[] cells = inside.stream().mapToInt(Integer::intValue).toArray();
        float moved = Float.MAX_VALUE;
        for (int sweep = 0; sweep < MOST_SWEEPS && moved > SETTLED; sweep++) {
            moved = 0;
            for (int i = 0; i < cells.length; i++) {
                float step = RELAXATION * (mean(beside[i]) - field[cells[i]]);
                field[cells[i]] += step;
                moved = Math.max(moved, Math.abs(step));
            }
        }
    }

    /** Of the cells around those that are known: nothing passes the patient's outline. */
    private int[] known(int at) {
        return IntStream.of(beside(at)).filter(next -> known[next]).toArray();
    }

    private float mean(int[] cells) {
        float sum = 0;
        for (int cell : cells) {
            sum += field[cell];
        }
        return sum / cells.length;
    }

    /** Above, left, right and below; the cell itself where that would be beyond the grid. */
    private int[] beside(int at) {
        int column = at % size;
        return new int[] {
            at < size ? at : at - size,
            column == 0 ? at : at - 1,
            column == size - 1 ? at : at + 1,
            at >= field.length - size ? at : at + size
        };
    }

    /**
     * A drawing of the region with the brightness of what lies around: its own waves that are coarser are given up for the field.
     * Where a part of the region has nothing beside it, and outside the region, it stays as it is.
     *
     * @param drawn size*size, in [-1, 1], as what comes back
     * @param coarse standard deviation in cells of the Gaussian that the coarser waves are what it leaves of
     */
    float[] toned(float[] drawn, double coarse) {
        float[] weights = new float[drawn.length];
        float[] values = new float[drawn.length];
        for (int i = 0; i < drawn.length; i++) {
            weights[i] = known[i] ? 1 : 0;
            values[i] = known[i] ? drawn[i] : 0;
        }
        float[] total = DifferenceMap.gaussian(weights, size, coarse);
        float[] waves = DifferenceMap.gaussian(values, size, coarse);
        float[] toned = drawn.clone();
        for (int at : inside) {
            float finer = drawn[at] - waves[at] / total[at];
            toned[at] = Math.max(-1, Math.min(1, field[at] + finer));
        }
        return toned;
    }
}
