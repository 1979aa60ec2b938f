package org.rigatino.learn.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.rigatino.learn.metric.Bootstrap;
import org.rigatino.restore.Estimate;

/**
 * How bright lesions are over their surroundings, in the images and in what was drawn of them: mean of the lesion's pixels
 * less the median of those around it, which a drawing of the healthy image would bring to 0. Around is what lies within
 * a twentieth of the image's longer side and in no lesion.
 *
 * @param seen sum over each patient's images with a mask, in the images' units
 * @param drawn the same of the restored images
 */
record LesionBrightness(double[] seen, double[] drawn) {
    private static final int NEAR = 20;

    LesionBrightness(int patients) {
        this(new double[patients], new double[patients]);
    }

    /**
     * @param image rows*columns, {@code restored} too
     * @param mask true somewhere, or nothing is added
     */
    void add(int patient, float[] image, float[] restored, boolean[] mask, int columns) {
        boolean[] around = around(mask, columns);
        int[] inside = IntStream.range(0, mask.length).filter(i -> mask[i]).toArray();
        int[] outside = IntStream.range(0, mask.length).filter(i -> around[i]).toArray();
        if (inside.length > 0 && outside.length > 0) {
            seen[patient] += excess(image, inside, outside);
            drawn[patient] += excess(restored, inside, outside);
        }
    }

    private static double excess(float[] values, int[] inside, int[] outside) {
        double mean =
                Arrays.stream(inside).mapToDouble(i -> values[i]).average().orElseThrow();
        double[] ordered =
                Arrays.stream(outside).mapToDouble(i -> values[i]).sorted().toArray();
        return mean - (ordered[(ordered.length - 1) / 2] + ordered[ordered.length / 2]) / 2;
    }

    /** Rows first, then columns: a square around every pixel of the lesion. */
    private static boolean[] around(boolean[] mask, int columns) {
        int reach = Math.max(columns, mask.length / columns) / NEAR;
        boolean[] around = widened(widened(mask, reach, columns, columns), reach, 1, columns);
        for (int i = 0; i < mask.length; i++) {
            around[i] &= !mask[i];
        }
        return around;
    }

    /** @param step 1 along rows, {@code columns} along columns */
    private static boolean[] widened(boolean[] mask, int reach, int step, int columns) {
        boolean[] wide = new boolean[mask.length];
        for (int i = 0; i < mask.length; i++) {
            for (int k = -reach; mask[i] && k <= reach; k++) {
                int at = i + k * step;
                boolean sameRow = step != 1 || Math.floorDiv(at, columns) == i / columns;
                if (at >= 0 && at < mask.length && sameRow) {
                    wide[at] = true;
                }
            }
        }
        return wide;
    }

    /** Share of the brightness that the drawings keep. */
    Estimate kept(Bootstrap bootstrap) {
        return bootstrap.estimate(times -> sum(drawn, times) / sum(seen, times));
    }

    private static double sum(double[] each, int[] times) {
        return IntStream.range(0, each.length)
                .mapToDouble(i -> times[i] * each[i])
                .sum();
    }
}
