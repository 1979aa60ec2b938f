package org.rigatino.page;

import org.rigatino.page.StudyContents.RankedImage;
import org.rigatino.result.OrientationMarkers;

/**
 * What is shown of one image.
 *
 * @param path of its pictures; a kind of picture is appended
 * @param query that names the model
 * @param source whether the file as received is kept and read, without which nothing is shown
 * @param broken whether it is kept and cannot be read now
 * @param colour whether the source is in colour, of which the pictures show the luminance
 * @param restored whether the restored image is kept
 * @param overlay whether the overlay is kept
 * @param smallest of the source's values
 * @param largest of the source's values
 * @param given the window that the source's header names; null where it names none
 * @param windowed whether the header names a window or a table; all values are shown where not
 * @param rows of the source, with {@code columns}; 0 where it cannot be read
 * @param sides where the edges lie in the patient, as on the overlay; null where the source does not say
 * @param scale of the overlay; null where it is not known
 */
public record Viewer(
        RankedImage image,
        String path,
        String query,
        boolean source,
        boolean broken,
        boolean colour,
        boolean restored,
        boolean overlay,
        double smallest,
        double largest,
        GrayWindow given,
        boolean windowed,
        int rows,
        int columns,
        OrientationMarkers sides,
        OverlayScale scale) {
    /** Rows or columns. */
    private static final int LARGE = 1024;

    /** Whether a quarter of the screen's width shows too few of its pixels. */
    public boolean isLarge() {
        return Math.max(rows, columns) >= LARGE;
    }

    /** Width of the whole picture in a square of width 1. */
    public double fit() {
        return rows > columns ? (double) columns / rows : 1;
    }

    /** Of what is shown at first, in the source's units. */
    public double center() {
        return given == null ? (smallest + largest) / 2 : given.center();
    }

    /** Of what is shown at first, in the source's units. */
    public double width() {
        return given == null ? range() : given.width();
    }

    private double range() {
        return Math.max(1, largest - smallest);
    }

    /** With {@link #highest} the ends of what Window Center may be set to. */
    public double lowest() {
        return Math.min(smallest, center());
    }

    public double highest() {
        return Math.max(largest, center());
    }

    /** The largest Window Width that may be set. */
    public double widest() {
        return Math.max(range(), width());
    }

    public double step() {
        double narrower = Math.min(range(), width());
        return narrower > 50 ? 1 : narrower / 100;
    }
}
