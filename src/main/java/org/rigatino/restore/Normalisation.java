package org.rigatino.restore;

import java.util.Arrays;

/**
 * What becomes of grid values before a network sees them: z-scored by the mean and standard deviation of the
 * foreground, divided by {@code range} and clipped to [-1, 1].
 *
 * @param range foreground standard deviations that map to 1
 * @param threshold what counts as foreground, of the range from the smallest value to the 99th percentile
 */
public record Normalisation(double range, double threshold) {
    /** @param foreground size*size: what lies inside the patient */
    public record Normalised(float[] values, boolean[] foreground) {}

    public Normalised apply(float[] grid) {
        boolean[] foreground = foreground(grid);
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int i = 0; i < grid.length; i++) {
            if (foreground[i]) {
                sum += grid[i];
                squares += (double) grid[i] * grid[i];
                count++;
            }
        }
        double mean = count == 0 ? 0 : sum / count;
        double deviation = count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean * mean));
        return new Normalised(scale(grid, mean, deviation), foreground);
    }

    private float[] scale(float[] grid, double mean, double deviation) {
        float[] values = new float[grid.length];
        if (deviation > 0) {
            for (int i = 0; i < grid.length; i++) {
                double z = (grid[i] - mean) / deviation / range;
                values[i] = (float) Math.min(1, Math.max(-1, z));
            }
        }
        return values;
    }

    private boolean[] foreground(float[] grid) {
        float[] sorted = grid.clone();
        Arrays.sort(sorted);
        double low = sorted[0];
        double limit = low + threshold * (sorted[(int) (0.99 * (sorted.length - 1))] - low);
        boolean[] foreground = new boolean[grid.length];
        for (int i = 0; i < grid.length; i++) {
            foreground[i] = grid[i] > limit;
        }
        return foreground;
    }
}
