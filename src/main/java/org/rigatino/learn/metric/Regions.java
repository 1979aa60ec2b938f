package org.rigatino.learn.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Connected abnormal regions of a mask. */
final class Regions {
    private Regions() {}

    /** Indices of the pixels of each 8-connected region. */
    static List<int[]> of(boolean[] mask, int columns) {
        List<int[]> regions = new ArrayList<>();
        boolean[] seen = new boolean[mask.length];
        for (int seed = 0; seed < mask.length; seed++) {
            if (mask[seed] && !seen[seed]) {
                regions.add(grow(mask, columns, seed, seen));
            }
        }
        return regions;
    }

    private static int[] grow(boolean[] mask, int columns, int seed, boolean[] seen) {
        int rows = mask.length / columns;
        int[] queue = new int[mask.length];
        int filled = 0;
        queue[filled++] = seed;
        seen[seed] = true;
        for (int next = 0; next < filled; next++) {
            int row = queue[next] / columns;
            int column = queue[next] % columns;
            for (int y = Math.max(row - 1, 0); y <= Math.min(row + 1, rows - 1); y++) {
                for (int x = Math.max(column - 1, 0); x <= Math.min(column + 1, columns - 1); x++) {
                    int at = y * columns + x;
                    if (mask[at] && !seen[at]) {
                        seen[at] = true;
                        queue[filled++] = at;
                    }
                }
            }
        }
        return Arrays.copyOf(queue, filled);
    }
}
