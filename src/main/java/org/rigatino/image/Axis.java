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
        return at(pixel + 0.5);
    }

    /** Where a point of the line, in pixels from its edge, lies among the cells. */
    private double at(double point) {
        return (point - start) * cells / length - 0.5;
    }

    /**
     * Where a point, a pixel's centre for one, lies between the centres of cells.
     *
     * @param reached whether the stretch reaches it
     * @param cell at or before it, the last but one at most
     * @param beyond that cell's centre, 0 to 1 cells
     */
    record Place(boolean reached, int cell, double beyond) {}

    /** Of each pixel of the line. */
    Place[] places() {
        Place[] places = new Place[pixels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            places[pixel] = place(cell(pixel));
        }
        return places;
    }

    /** Of the centre of each cell of another stretch of a line as long. */
    Place[] places(Axis other) {
        Place[] places = new Place[other.cells];
        for (int cell = 0; cell < places.length; cell++) {
            places[cell] = place(at(other.start + (cell + 0.5) * other.length / other.cells));
        }
        return places;
    }

    private Place place(double at) {
        int before = Math.min(Math.max((int) Math.floor(at), 0), cells - 2);
        return new Place(at >= -0.5 && at <= cells - 0.5, before, Math.min(Math.max(at - before, 0), 1));
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
