package org.rigatino.monitor;

/**
 * How far live images have moved from the normal images of a calibration, told by their percentiles among those: images
 * like the normals would spread evenly from 0 to 100. Live images are not all normal, so that a value says less than its
 * change over time.
 *
 * @param images how many; images of one study resemble each other, so that there is less evidence than they are
 * @param stabilityIndex population stability index over ten bins of equal width, at least 0; by the custom of credit
 *     scoring, up to 0.1 is stable and over 0.25 is a shift. NaN without images
 * @param largestGap Kolmogorov-Smirnov statistic at whole percentiles: largest distance between the distributions, 0 to 1.
 *     NaN without images
 */
public record Drift(long images, double stabilityIndex, double largestGap) {
    /** Of the histogram of percentiles: 0 up to 1, 1 up to 2, and so on, the last with 100 in it. */
    public static final int BINS = 100;

    /** Fewer say little. */
    public static final int ENOUGH = 500;

    private static final double STABLE = 0.1;
    private static final double SHIFT = 0.25;
    private static final int DECILES = 10;
    /** Keeps the logarithm of an empty bin finite, and a few images from looking like a shift. */
    private static final double PRIOR = 0.5;

    /** What a stability index comes to, by the custom of credit scoring. */
    public enum Standing {
        TOO_FEW,
        STABLE,
        MOVED,
        SHIFTED
    }

    public Standing standing() {
        if (images < ENOUGH) {
            return Standing.TOO_FEW;
        }
        if (stabilityIndex > SHIFT) {
            return Standing.SHIFTED;
        }
        return stabilityIndex > STABLE ? Standing.MOVED : Standing.STABLE;
    }

    /**
     * Stability index to be expected where nothing has moved, since both sides are samples: 9/images + 9/normals for ten
     * bins, to first order. NaN without images.
     *
     * @param normals of the calibration
     */
    public double byChance(int normals) {
        return images == 0 ? Double.NaN : (DECILES - 1.0) / images + (DECILES - 1.0) / normals;
    }

    /** @param histogram {@link #BINS} counts */
    public static Drift of(long[] histogram) {
        if (histogram.length != BINS) {
            throw new IllegalArgumentException("a histogram of " + histogram.length + " bins: needs " + BINS);
        }
        long images = 0;
        for (long count : histogram) {
            images += count;
        }
        return images == 0
                ? new Drift(0, Double.NaN, Double.NaN)
                : new Drift(images, stabilityIndex(histogram, images), largestGap(histogram, images));
    }

    private static double stabilityIndex(long[] histogram, long images) {
        double expected = 1.0 / DECILES;
        double index = 0;
        for (int decile = 0; decile < DECILES; decile++) {
            double count = PRIOR;
            for (int bin = decile * BINS / DECILES; bin < (decile + 1) * BINS / DECILES; bin++) {
                count += histogram[bin];
            }
            double live = count / (images + PRIOR * DECILES);
            index += (live - expected) * Math.log(live / expected);
        }
        return index;
    }

    private static double largestGap(long[] histogram, long images) {
        double gap = 0;
        long below = 0;
        for (int bin = 0; bin < BINS; bin++) {
            below += histogram[bin];
            gap = Math.max(gap, Math.abs((double) below / images - (bin + 1.0) / BINS));
        }
        return gap;
    }
}
