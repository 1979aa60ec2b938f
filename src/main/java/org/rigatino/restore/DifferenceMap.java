package org.rigatino.restore;

import java.util.Arrays;
import java.util.List;

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
        float[] fromRestored = difference(input, restored);
        float[] fromOtherSide = scoring.kinds() == 2 ? difference(input, mirrored(input, size)) : new float[0];
        float[] planes = new float[scoring.planes() * input.length];
        int plane = 0;
        for (double scale : scoring.scales()) {
            System.arraycopy(gaussian(fromRestored, size, scale), 0, planes, plane++ * input.length, input.length);
            if (scoring.kinds() == 2) {
                System.arraycopy(gaussian(fromOtherSide, size, scale), 0, planes, plane++ * input.length, input.length);
            }
        }
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
     * from the restoration and that from the other side, but at least the bilateral share of the former, and what of it
     * exceeds the bilateral limit; the greater of both scales.
     *
     * @param smoothed planes
     * @param spread planes
     * @param usualLevel of normal images; looked at where the scoring says so
     * @return size*size, at least 0
     */
    public static float[] overSpread(float[] smoothed, float[] spread, Scoring scoring, double usualLevel) {
        float[] map = new float[smoothed.length / scoring.planes()];
        double level = scoring.ownLevel() == 0
                ? 1
                : counted(level(smoothed, spread, map.length, scoring) / usualLevel, scoring);
        for (int scale = 0; scale < scoring.scales().size(); scale++) {
            int from = scale * scoring.kinds() * map.length;
            for (int i = 0; i < map.length; i++) {
                map[i] = Math.max(map[i], counted(smoothed, spread, from + i, map.length, scoring, (float) level));
            }
        }
        return map;
    }

    /** Of a cell at a scale. @param at its place in the scale's first plane */
    private static float counted(float[] smoothed, float[] spread, int at, int cells, Scoring scoring, float level) {
        float counted = abnormal(smoothed[at], scoring.sign()) / spread[at] / level;
        if (scoring.kinds() == 1) {
            return counted;
        }
        int other = at + cells;
        float asymmetric = abnormal(smoothed[other], scoring.sign()) / spread[other] / level;
        float unexcused = scoring.bilateralLimit() == 0 ? 0 : counted - (float) scoring.bilateralLimit();
        float least = Math.max((float) scoring.bilateral() * counted, unexcused);
        return Math.max(Math.min(counted, asymmetric), least);
    }

    /**
     * What of a frame counts as abnormal by itself: {@link Evidence#map}.
     *
     * @param spread planes
     */
    public static float[] own(RestoredFrame restored, Scoring scoring, float[] spread, Calibration calibration) {
        return Evidence.of(restored, scoring).map(spread, scoring, calibration.usualLevel());
    }

    /** What of a frame counts as abnormal, among its neighbours where the scoring says so. */
    public static float[] of(RestoredFrame restored, Scoring scoring, float[] spread, Calibration calibration) {
        return joined(own(restored, scoring, spread, calibration), restored, scoring);
    }

    /** A frame's own map with those of the frame's neighbours. */
    static float[] joined(float[] own, RestoredFrame restored, Scoring scoring) {
        return joined(
                own,
                restored.neighbours().stream().map(RestoredFrame.Neighbour::map).toList(),
                scoring);
    }

    /**
     * A slice's map with those of its neighbours: at each cell its own to the power of what the scoring leaves to it, times
     * the mean of theirs to the power that it gives them; both roots where that is 0.5. What one slice shows alone fades,
     * what goes on in those beside it stays, and the unit is that of the maps.
     *
     * @param own size*size, as {@link #overSpread} makes it
     * @param neighbours theirs, laid on this slice's grid, NaN where they do not reach it: none, one, or one on each side
     * @return size*size; the own where no neighbour reaches, or the scoring looks at none
     */
    public static float[] joined(float[] own, List<float[]> neighbours, Scoring scoring) {
        if (!scoring.joins() || neighbours.isEmpty()) {
            return own;
        }
        float[] joined = own.clone();
        double power = scoring.acrossSlices();
        for (int i = 0; i < joined.length; i++) {
            double sum = 0;
            int reaching = 0;
            for (float[] neighbour : neighbours) {
                if (!Float.isNaN(neighbour[i])) {
                    sum += StrictMath.pow(neighbour[i], power);
                    reaching++;
                }
            }
            if (reaching > 0) {
                joined[i] = (float) (StrictMath.pow(own[i], 1 - power) * (sum / reaching));
            }
        }
        return joined;
    }

    /** What a map is divided by. */
    private static double counted(double overUsual, Scoring scoring) {
        double within = Math.max(1 / MOST_OVER_USUAL, Math.min(MOST_OVER_USUAL, overUsual));
        return Math.pow(within, scoring.ownLevel());
    }

    /**
     * How much an image departs from its restoration throughout, whichever sign, in units of the spread: the upper quartile
     * of its cells, those beyond the scoring's clip left out as long as half of all cells remain.
     *
     * @param smoothed planes, the first of which counts
     * @param cells of one plane
     */
    public static double level(float[] smoothed, float[] spread, int cells, Scoring scoring) {
        float[] sorted = new float[cells];
        for (int i = 0; i < cells; i++) {
            sorted[i] = Math.abs(smoothed[i]) / spread[i];
        }
        Arrays.sort(sorted);
        int counted = cells;
        int kept = cells;
        double level;
        do {
            counted = kept;
            level = sorted[(int) (BELOW_LEVEL * (counted - 1))];
            while (scoring.levelClip() > 0 && kept > cells / 2 && sorted[kept - 1] > scoring.levelClip() * level) {
                kept--;
            }
        } while (kept < counted);
        return level;
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
        float[] row = new float[size + 2 * radius];
        for (int from = 0; from < values.length; from += size) {
            Arrays.fill(row, 0, radius, values[from]);
            System.arraycopy(values, from, row, radius, size);
            Arrays.fill(row, radius + size, row.length, values[from + size - 1]);
            double[] sums = new double[size];
            for (int k = 0; k < kernel.length; k++) {
                add(sums, kernel[k], row, k);
            }
            round(sums, result, from);
        }
        return result;
    }

    private static float[] alongColumns(float[] values, int size, double[] kernel) {
        float[] result = new float[values.length];
        int radius = kernel.length / 2;
        for (int row = 0; row < size; row++) {
            double[] sums = new double[size];
            for (int k = 0; k < kernel.length; k++) {
                int at = Math.min(Math.max(row + k - radius, 0), size - 1);
                add(sums, kernel[k], values, at * size);
            }
            round(sums, result, row * size);
        }
        return result;
    }

    /** A cell's terms are added in the order of the kernel, so that its last bits are always the same. */
    private static void add(double[] sums, double weight, float[] values, int from) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * values[from + i];
        }
    }

    private static void round(double[] sums, float[] result, int from) {
        for (int i = 0; i < sums.length; i++) {
            result[from + i] = (float) sums[i];
        }
    }
}
