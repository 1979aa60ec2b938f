package org.rigatino.metric;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * 95 % percentile intervals over patients (Efron and Tibshirani, 1993, 13.3): patients are drawn with replacement, each
 * with all images. The same seed draws the same patients for every statistic.
 */
public record Bootstrap(int patients, int draws, long seed) {
    /** As many as keep the ends of an interval steady to the second decimal. */
    public static final int DRAWS = 2000;

    public Bootstrap {
        if (patients < 1 || draws < 1) {
            throw new IllegalArgumentException(
                    "bootstrap of " + patients + " patients, " + draws + " draws: 1 at least");
        }
    }

    /**
     * @param statistic of a sample, given as how often each patient is in it; draws where it is NaN (one class absent)
     *     are drawn again
     */
    public Estimate estimate(ToDoubleFunction<int[]> statistic) {
        int[] once = new int[patients];
        Arrays.fill(once, 1);
        double value = statistic.applyAsDouble(once);
        if (Double.isNaN(value)) {
            return Estimate.ABSENT;
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[draws];
        for (int draw = 0; draw < draws; ) {
            double drawn = statistic.applyAsDouble(sample(random));
            if (!Double.isNaN(drawn)) {
                values[draw++] = drawn;
            }
        }
        Arrays.sort(values);
        return new Estimate(value, values[(int) (0.025 * draws)], values[(int) (0.975 * draws)]);
    }

    private int[] sample(SplittableRandom random) {
        int[] times = new int[patients];
        for (int i = 0; i < patients; i++) {
            times[random.nextInt(patients)]++;
        }
        return times;
    }
}
