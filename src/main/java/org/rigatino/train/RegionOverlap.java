package org.rigatino.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Area under the per-region overlap curve (Bergmann et al., CVPR 2020): at each threshold, the mean share of every
 * connected abnormal region that lies above it, against the share of normal pixels that do, up to a share of 0.3,
 * divided by 0.3.
 */
final class RegionOverlap {
    static final double LIMIT = 0.3;

    private final List<float[]> regions = new ArrayList<>();
    private final List<float[]> normal = new ArrayList<>();

    /** @param mask abnormal pixels, none for a normal image */
    void add(float[] map, boolean[] mask, int columns) {
        boolean[] seen = new boolean[mask.length];
        for (int seed = 0; seed < mask.length; seed++) {
            if (mask[seed] && !seen[seed]) {
                regions.add(region(map, mask, columns, seed, seen));
            }
        }
        float[] outside = new float[map.length];
        int count = 0;
        for (int i = 0; i < map.length; i++) {
            if (!mask[i]) {
                outside[count++] = map[i];
            }
        }
        normal.add(Arrays.copyOf(outside, count));
    }

    /** Values of one 8-connected region, ascending. */
    private static float[] region(float[] map, boolean[] mask, int columns, int seed, boolean[] seen) {
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
        float[] values = new float[filled];
        for (int i = 0; i < filled; i++) {
            values[i] = map[queue[i]];
        }
        Arrays.sort(values);
        return values;
    }

    /** NaN where there was no abnormal region or no normal pixel. */
    double area() {
        float[] outside = sortedNormal();
        if (regions.isEmpty() || outside.length == 0) {
            return Double.NaN;
        }
        int steps = 300;
        double area = 0;
        double previous = overlap(threshold(outside, 0));
        for (int step = 1; step <= steps; step++) {
            double overlap = overlap(threshold(outside, LIMIT * step / steps));
            area += (previous + overlap) / 2 / steps;
            previous = overlap;
        }
        return area;
    }

    private float[] sortedNormal() {
        float[] all =
                new float[normal.stream().mapToInt(values -> values.length).sum()];
        int at = 0;
        for (float[] values : normal) {
            System.arraycopy(values, 0, all, at, values.length);
            at += values.length;
        }
        Arrays.sort(all);
        return all;
    }

    /** The value that this share of the normal pixels lies above. */
    private static float threshold(float[] ascending, double share) {
        int at = ascending.length - 1 - (int) Math.floor(share * ascending.length);
        return ascending[Math.max(at, 0)];
    }

    private double overlap(float threshold) {
        double sum = 0;
        for (float[] values : regions) {
            int at = Arrays.binarySearch(values, threshold);
            int above = at >= 0 ? at : -at - 1;
            while (above < values.length && values[above] <= threshold) {
                above++;
            }
            sum += (double) (values.length - above) / values.length;
        }
        return sum / regions.size();
    }
}
