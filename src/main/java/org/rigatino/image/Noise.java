package org.rigatino.image;

/**
 * What a frame shows where nothing is, read off its border.
 *
 * @param least of the frame's values
 * @param usual median of the border's values above the least: where a scanner blanked the corners they say nothing
 */
record Noise(float least, float usual) {
    /** Of the frame's shorter side. */
    private static final int BORDER = 64;
    /** Noise of a magnitude image (Rayleigh) is above 2.5 times its median in 13 pixels of 1,000. */
    private static final double PIXEL = 2.5;
    /** A cell of a grid is the mean of several pixels. */
    private static final double CELL = 1.5;

    static final Noise NONE = new Noise(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY);

    /** @param values rows*columns */
    static Noise of(float[] values, int rows, int columns) {
        float least = Float.POSITIVE_INFINITY;
        for (float value : values) {
            least = Math.min(least, value);
        }
        int width = Math.max(1, Math.min(rows, columns) / BORDER);
        float[] border = new float[values.length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            int row = i / columns;
            int column = i % columns;
            boolean outer = Math.min(Math.min(row, rows - 1 - row), Math.min(column, columns - 1 - column)) < width;
            if (outer && values[i] > least) {
                border[count++] = values[i];
            }
        }
        return count == 0 ? NONE : new Noise(least, OrderStatistic.of(border, count, count / 2));
    }

    /** At or below which a pixel may be noise. */
    float pixel() {
        return above(PIXEL);
    }

    /** At or below which a cell of a grid may be noise. */
    float cell() {
        return above(CELL);
    }

    private float above(double times) {
        return this.equals(NONE) ? least : (float) (least + times * (usual - least));
    }
}
