package org.rigatino.restore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * How what departs from health is drawn a second time: its cells are blanked, so that the network has nothing to go by but
 * what lies around them. A region of cells whose difference map reaches {@code from} grows over those that reach {@code to},
 * and by a margin.
 *
 * @param from in units of the calibration's map threshold, above 0
 * @param to in the same units, above 0 and at most {@code from}
 * @param margin in cells, at least 0
 * @param detail share of the head's pixels whose detail, finer than the grid, is weaker than the strongest that a redrawn
 *     region keeps of its own, 0 to 1: an outline is stronger, grain is not
 * @param around standard deviation in cells of the Gaussian that tells what is coarse in the second drawing: that is exchanged for
 *     what lies around, carried on ({@link Surroundings}); 0 keeps the drawing as it is
 */
public record Redrawing(double from, double to, int margin, double detail, double around) {
    /** Fields that early releases lack, all of which 0 leaves out. */
    static final List<String> LATER = List.of("around");

    /** In cells: far less than one smooths nothing, and in the end divides by nothing. */
    private static final double NARROWEST = 0.1;

    private static final int WIDEST = 256;

    /** What a cell holds of which the network is to see nothing: as bright as can be, which healthy tissue seldom is. */
    public static final float BLANK = 1;

    public Redrawing {
        boolean region = to > 0 && to <= from && margin >= 0;
        boolean level = around == 0 || around >= NARROWEST && around <= WIDEST;
        if (!(region && detail >= 0 && detail <= 1 && level)) {
            throw new IllegalArgumentException("redrawing is from " + from + " to " + to + " with a margin of " + margin
                    + ", detail " + detail + " and around " + around
                    + ": needs from at or above to, to above 0, a margin of at least 0, detail of 0 to 1, and around of 0, or "
                    + NARROWEST + " to " + WIDEST);
        }
    }

    /**
     * @param map size*size, as {@link DifferenceMap#overSpread} makes it
     * @param foreground size*size: nothing else is redrawn
     */
    boolean[] region(float[] map, double mapThreshold, boolean[] foreground, int size) {
        boolean[] region = grown(map, mapThreshold, size);
        for (int step = 0; step < margin; step++) {
            region = widened(region, size);
        }
        for (int i = 0; i < region.length; i++) {
            region[i] &= foreground[i];
        }
        return region;
    }

    private boolean[] grown(float[] map, double mapThreshold, int size) {
        boolean[] region = new boolean[map.length];
        Deque<Integer> edge = new ArrayDeque<>();
        for (int i = 0; i < map.length; i++) {
            if (map[i] >= from * mapThreshold) {
                region[i] = true;
                edge.add(i);
            }
        }
        while (!edge.isEmpty()) {
            int at = edge.remove();
            for (int next : around(at, size)) {
                if (!region[next] && map[next] >= to * mapThreshold) {
                    region[next] = true;
                    edge.add(next);
                }
            }
        }
        return region;
    }

    static boolean[] widened(boolean[] region, int size) {
        boolean[] wide = region.clone();
        for (int i = 0; i < region.length; i++) {
            if (region[i]) {
                for (int next : around(i, size)) {
                    wide[next] = true;
                }
            }
        }
        return wide;
    }

    /** The cell and the eight around it; those beyond an edge are the edge's. */
    private static int[] around(int at, int size) {
        int[] around = new int[9];
        for (int k = 0; k < around.length; k++) {
            int row = Math.min(Math.max(at / size + k / 3 - 1, 0), size - 1);
            int column = Math.min(Math.max(at % size + k % 3 - 1, 0), size - 1);
            around[k] = row * size + column;
        }
        return around;
    }

    /**
     * What is shown of a second drawing in a region.
     *
     * @param drawn size*size, of the image with the region blanked
     * @param first drawing
     */
    float[] shown(float[] drawn, float[] first, boolean[] region, boolean[] foreground, int size) {
        return around == 0 ? drawn : new Surroundings(first, region, foreground, size).toned(drawn, around);
    }

    /** @return new values */
    static float[] blanked(float[] input, boolean[] region) {
        float[] blanked = input.clone();
        for (int i = 0; i < blanked.length; i++) {
            blanked[i] = region[i] ? BLANK : blanked[i];
        }
        return blanked;
    }
}
