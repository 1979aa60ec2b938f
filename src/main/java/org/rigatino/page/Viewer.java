package org.rigatino.page;

import org.rigatino.page.StudyContents.RankedImage;
import org.rigatino.result.OrientationMarkers;

/**
 * What is shown of one image.
 *
 * @param path of its pictures; a kind of picture is appended
 * @param query that names the model
 * @param source whether the file as received is kept, without which nothing is shown
 * @param colour whether the source is in colour, of which the pictures show the luminance
 * @param restored whether the restored image is kept
 * @param overlay whether the overlay is kept
 * @param smallest of the source's values, with {@code largest} the ends of the window's controls
 * @param sides where the edges lie in the patient, as on the overlay; null where the source does not say
 * @param level of the overlay: departure from which on there is colour, in units of normal variation, which is {@code full}
 *     at another
 */
public record Viewer(
        RankedImage image,
        String path,
        String query,
        boolean source,
        boolean colour,
        boolean restored,
        boolean overlay,
        double smallest,
        double largest,
        OrientationMarkers sides,
        double level,
        double full) {
    /** Window Center that shows all values. */
    public double center() {
        return (smallest + largest) / 2;
    }

    /** Window Width that shows all values. */
    public double width() {
        return Math.max(1, largest - smallest);
    }

    public double step() {
        return width() > 50 ? 1 : width() / 100;
    }
}
