package org.rigatino.image;

/**
 * One axis of a {@link ModelGrid}: a stretch of a line of pixels, divided into cells of equal length.
 *
 * @param pixels in the line
 * @param start of the stretch in pixels from the line's edge; may lie outside
 * @param length of the stretch in pixels
 * @param cells that the stretch is divided into
 */
record Axis(int pixels, double start, double length, int cells) {
    /** Where a pixel's centre lies among the cells: n at the centre of cell n. */
    double cell(int pixel) {
        return (pixel + 0.5 - start) * cells / length - 0.5;
    }

    boolean reaches(double cell) {
        return cell >= -0.5 && cell <= cells - 0.5;
    }

    /**
     * The weighted mean around the centre of a cell, weights falling linearly to 0 at one cell's or one pixel's
     * distance, whichever is larger. Beyond the line its last pixel continues.
     */
    float average(float[] values, int offset, int stride, int cell) {
        double pitch = length / cells;
        double reach = Math.max(pitch, 1);
        double centre = start + (cell + 0.5) * pitch - 0.5;
        double sum = 0;
        double weights = 0;
        for (int pixel = (int) Math.ceil(centre - reach); pixel <= Math.floor(centre + reach); pixel++) {
            double weight = 1 - Math.abs(pixel - centre) / reach;
            int inside = Math.min(Math.max(pixel, 0), pixels - 1);
            sum += weight * values[offset + inside * stride];
            weights += weight;
        }
        return (float) (sum / weights);
    }
}
