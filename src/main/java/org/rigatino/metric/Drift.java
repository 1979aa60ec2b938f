package org.rigatino.metric;

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

    private static final int DECILES = 10;
    /** Keeps the logarithm of an empty bin finite, and a few images from looking like a shift. */
    private static final double PRIOR = 0.5;

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
