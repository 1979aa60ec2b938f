package org.rigatino.image;

/**
 * The largest connected region of an image that is brighter than its background.
 *
 * @param share of all pixels that lie in it, 0 where the image is blank
 */
record Region(int top, int left, int height, int width, double share) {
    /** Of the range from the smallest value to the 99th percentile. */
    private static final double THRESHOLD = 0.1;

    /** @param threshold at or below which a pixel is background */
    static Region largest(float[] values, int rows, int columns, float threshold) {
        int[] label = new int[values.length];
        int[] stack = new int[values.length];
        Region best = new Region(0, 0, rows, columns, 0);
        for (int seed = 0; seed < values.length; seed++) {
            if (label[seed] == 0 && values[seed] > threshold) {
                Region region = grow(values, rows, columns, threshold, seed, label, stack);
                best = region.share > best.share ? region : best;
            }
        }
        return best;
    }

    /** A blank image has nothing above it. */
    static float threshold(float[] values) {
        float low = OrderStatistic.of(values, values.length, 0);
        float high = OrderStatistic.of(values, values.length, (int) (0.99 * (values.length - 1)));
        return (float) (low + THRESHOLD * (high - low));
    }

    private static Region grow(
            float[] values, int rows, int columns, float threshold, int seed, int[] label, int[] stack) {
        int top = rows, left = columns, bottom = -1, right = -1, count = 0, depth = 0;
        stack[depth++] = seed;
        label[seed] = 1;
        while (depth > 0) {
            int at = stack[--depth];
            int row = at / columns;
            int column = at % columns;
            count++;
            top = Math.min(top, row);
            bottom = Math.max(bottom, row);
            left = Math.min(left, column);
            right = Math.max(right, column);
            int[] neighbours = {
                row > 0 ? at - columns : at,
                row < rows - 1 ? at + columns : at,
                column > 0 ? at - 1 : at,
                column < columns - 1 ? at + 1 : at
            };
            for (int next : neighbours) {
                if (label[next] == 0 && values[next] > threshold) {
                    label[next] = 1;
                    stack[depth++] = next;
                }
            }
        }
        return new Region(top, left, bottom - top + 1, right - left + 1, (double) count / values.length);
    }
}
