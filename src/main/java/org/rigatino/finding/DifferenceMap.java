package org.rigatino.finding;

import java.util.Arrays;
import org.rigatino.restore.Scoring;

/**
 * Differences on the model's grid, and what they add up to. Arrays are size*size, row-major, unless they hold planes, one
 * after another: the difference from the restoration, and where {@link Scoring#planes} says so that from the other side.
 */
public final class DifferenceMap {
    /** Cells that depart less than the level: on half a grid of background, half of those on the patient. */
    private static final double BELOW_LEVEL = 0.75;
    /** How far an image's level counts over, or under, the usual one. */
    private static final double MOST_OVER_USUAL = 4;

    private DifferenceMap() {}

    /** The planes, smoothed; positive where the image is brighter. In the network's units. */
    public static float[] smoothed(float[] input, float[] restored, Scoring scoring, int size) {
        float[] fromRestored = gaussian(difference(input, restored), size, scoring.smoothing());
        if (scoring.planes() == 1) {
            return fromRestored;
        }
        float[] fromOtherSide = gaussian(difference(input, mirrored(input, size)), size, scoring.smoothing());
        float[] planes = Arrays.copyOf(fromRestored, 2 * input.length);
        System.arraycopy(fromOtherSide, 0, planes, input.length, input.length);
        return planes;
    }

    private static float[] difference(float[] input, float[] other) {
        float[] difference = new float[input.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = input[i] - other[i];
        }
        return difference;
    }

    private static float[] mirrored(float[] values, int size) {
        float[] mirrored = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            mirrored[i] = values[i - i % size + size - 1 - i % size];
        }
        return mirrored;
    }

    /**
     * What of smoothed differences counts as abnormal, in units of the spread at each cell: the lesser of the difference
     * from the restoration and that from the other side, but at least the bilateral share of the former.
     *
     * @param smoothed planes
     * @param spread planes
     * @param usualLevel of normal images; looked at where the scoring says so
     * @return size*size, at least 0
     */
    public static float[] overSpread(float[] smoothed, float[] spread, Scoring scoring, double usualLevel) {
        float[] map = new float[smoothed.length / scoring.planes()];
        for (int i = 0; i < map.length; i++) {
            map[i] = abnormal(smoothed[i], scoring.sign()) / spread[i];
            if (scoring.planes() == 2) {
                int other = map.length + i;
                float asymmetric = abnormal(smoothed[other], scoring.sign()) / spread[other];
                map[i] = Math.max(Math.min(map[i], asymmetric), (float) scoring.bilateral() * map[i]);
            }
        }
        return scoring.ownLevel() == 0
                ? map
                : overLevel(map, level(smoothed, spread, map.length) / usualLevel, scoring);
    }

    private static float[] overLevel(float[] map, double overUsual, Scoring scoring) {
        double counted = Math.max(1 / MOST_OVER_USUAL, Math.min(MOST_OVER_USUAL, overUsual));
        float divisor = (float) Math.pow(counted, scoring.ownLevel());
        for (int i = 0; i < map.length; i++) {
            map[i] /= divisor;
        }
        return map;
    }

    /**
     * How much an image departs from its restoration throughout, whichever sign, in units of the spread.
     *
     * @param smoothed planes, the first of which counts
     * @param cells of one plane
     */
    public static double level(float[] smoothed, float[] spread, int cells) {
        float[] sorted = new float[cells];
        for (int i = 0; i < cells; i++) {
            sorted[i] = Math.abs(smoothed[i]) / spread[i];
        }
        Arrays.sort(sorted);
        return sorted[(int) (BELOW_LEVEL * (cells - 1))];
    }

    /** What of a signed value counts as abnormal, at least 0. */
    private static float abnormal(float signed, Scoring.Sign sign) {
        return switch (sign) {
            case BRIGHTER -> Math.max(0, signed);
            case DARKER -> Math.max(0, -signed);
            case BOTH -> Math.abs(signed);
        };
    }

    /** Mean of the largest values, {@code share} of all, one at least. */
    public static double topMean(float[] map, double share) {
        float[] sorted = map.clone();
        Arrays.sort(sorted);
        int count = Math.max(1, (int) Math.round(share * sorted.length));
        double sum = 0;
        for (int i = sorted.length - count; i < sorted.length; i++) {
            sum += sorted[i];
        }
        return sum / count;
    }

    /** Separable, cut off at three standard deviations; the edge continues outside. */
    public static float[] gaussian(float[] values, int size, double deviation) {
        if (deviation == 0) {
            return values;
        }
        int radius = (int) Math.ceil(3 * deviation);
        double[] kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
            kernel[i + radius] = Math.exp(-i * i / (2 * deviation * deviation));
            sum += kernel[i + radius];
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
        return alongColumns(alongRows(values, size, kernel), size, kernel);
    }

    private static float[] alongRows(float[] values, int size, double[] kernel) {
        float[] result = new float[values.length];
        int radius = kernel.length / 2;
        for (int i = 0; i < values.length; i++) {
            int column = i % size;
            double sum = 0;
            for (int k = -radius; k <= radius; k++) {
                int at = Math.min(Math.max(column + k, 0), size - 1);
                sum += kernel[k + radius] * values[i - column + at];
            }
            result[i] = (float) sum;
        }
        return result;
    }

    private static float[] alongColumns(float[] values, int size, double[] kernel) {
        float[] result = new float[values.length];
        int radius = kernel.length / 2;
        for (int i = 0; i < values.length; i++) {
            int row = i / size;
            double sum = 0;
            for (int k = -radius; k <= radius; k++) {
                int at = Math.min(Math.max(row + k, 0), size - 1);
                sum += kernel[k + radius] * values[at * size + i % size];
            }
            result[i] = (float) sum;
        }
        return result;
    }
}
