package org.rigatino.restore;

import java.util.Arrays;

/**
 * What becomes of grid values before a network sees them: measured from the foreground's centre in units of its spread,
 * then {@code low} to {@code high} stretched to [-1, 1] and clipped.
 *
 * @param statistics that tell centre and spread
 * @param low value that becomes -1: what is darker is not told apart
 * @param high value that becomes 1: what is brighter is not told apart
 * @param threshold what counts as foreground, of the range from the smallest value to the 99th percentile
 */
public record Normalisation(Statistics statistics, double low, double high, double threshold) {
    /** Of the foreground. */
    public enum Statistics {
        /** Mean and standard deviation. */
        MOMENTS,
        /** Median and interquartile range over 1.349: a lesion of less than a quarter of the head hardly moves them. */
        QUARTILES
    }

    /** Interquartile range of a normal distribution in standard deviations. */
    private static final double NORMAL_RANGE = 1.349;

    public Normalisation {
        if (statistics == null || !(low < high) || !(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException("normalisation has statistics " + statistics + ", low " + low + ", high "
                    + high + ", threshold " + threshold
                    + ": needs statistics, low below high, and a threshold of at least 0 and below 1");
        }
    }

    /**
     * @param foreground size*size: what lies inside the patient
     * @param range what became -1 to 1
     */
    public record Normalised(float[] values, boolean[] foreground, ValueRange range) {}

    private record Centre(double value, double spread) {}

    /** @param noise what is at or below it is no foreground, in the grid's units */
    public Normalised apply(float[] grid, float noise) {
        boolean[] foreground = foreground(grid, noise);
        Centre centre = centre(grid, foreground);
        ValueRange range = new ValueRange(centre.value + low * centre.spread, centre.value + high * centre.spread);
        return new Normalised(scale(grid, centre), foreground, range);
    }

    /** Whether the foreground has no spread to measure by: every value would become 0, and a lesion with them. */
    boolean flat(float[] grid, float noise) {
        return !(centre(grid, foreground(grid, noise)).spread > 0);
    }

    private Centre centre(float[] grid, boolean[] foreground) {
        float[] inside = new float[grid.length];
        int count = 0;
        for (int i = 0; i < grid.length; i++) {
            if (foreground[i]) {
                inside[count++] = grid[i];
            }
        }
        return count == 0 ? new Centre(0, 0) : centre(Arrays.copyOf(inside, count));
    }

    private Centre centre(float[] values) {
        return statistics == Statistics.MOMENTS ? moments(values) : quartiles(values);
    }

    private static Centre moments(float[] values) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / values.length;
        return new Centre(mean, Math.sqrt(Math.max(0, squares / values.length - mean * mean)));
    }

    private static Centre quartiles(float[] values) {
        Arrays.sort(values);
        double range = quantile(values, 0.75) - quantile(values, 0.25);
        return new Centre(quantile(values, 0.5), range / NORMAL_RANGE);
    }

    /** Between the two nearest values, linearly. */
    private static double quantile(float[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** A flat image becomes 0 everywhere. */
    private float[] scale(float[] grid, Centre centre) {
        float[] values = new float[grid.length];
        if (centre.spread > 0) {
            for (int i = 0; i < grid.length; i++) {
                double z = (grid[i] - centre.value) / centre.spread;
                values[i] = (float) Math.min(1, Math.max(-1, 2 * (z - low) / (high - low) - 1));
            }
        }
        return values;
    }

    private boolean[] foreground(float[] grid, float noise) {
        float[] sorted = grid.clone();
        Arrays.sort(sorted);
        double low = sorted[0];
        double limit = low + threshold * (sorted[(int) (0.99 * (sorted.length - 1))] - low);
        boolean[] foreground = new boolean[grid.length];
        for (int i = 0; i < grid.length; i++) {
            foreground[i] = grid[i] > Math.max(limit, noise);
        }
        return foreground;
    }
}
