package org.rigatino.learn.metric;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.rigatino.restore.Estimate;

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
        return estimates(times -> new double[] {statistic.applyAsDouble(times)})[0];
    }

    /**
     * Several numbers of the same samples.
     *
     * @param statistics as many numbers of every sample; draws where any is NaN are drawn again, and all are absent where
     *     any is NaN of everyone once
     */
    public Estimate[] estimates(Function<int[], double[]> statistics) {
        int[] once = new int[patients];
        Arrays.fill(once, 1);
        double[] values = statistics.apply(once);
        Estimate[] estimates = new Estimate[values.length];
        if (!numbers(values)) {
            Arrays.fill(estimates, Estimate.ABSENT);
            return estimates;
        }
        double[][] drawn = draw(statistics, values.length);
        for (int i = 0; i < values.length; i++) {
            Arrays.sort(drawn[i]);
            estimates[i] = new Estimate(values[i], drawn[i][(int) (0.025 * draws)], drawn[i][(int) (0.975 * draws)]);
        }
        return estimates;
    }

    private double[][] draw(Function<int[], double[]> statistics, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] drawn = new double[count][draws];
        for (int draw = 0; draw < draws; ) {
            double[] values = statistics.apply(sample(random));
            if (numbers(values)) {
                for (int i = 0; i < count; i++) {
                    drawn[i][draw] = values[i];
                }
                draw++;
            }
        }
        return drawn;
    }

    private static boolean numbers(double[] values) {
        return Arrays.stream(values).noneMatch(Double::isNaN);
    }

    private int[] sample(SplittableRandom random) {
        int[] times = new int[patients];
        for (int i = 0; i < patients; i++) {
            times[random.nextInt(patients)]++;
        }
        return times;
    }
}
