package org.rigatino.result;

import org.rigatino.finding.Region;
import org.rigatino.finding.Regions;
import org.rigatino.image.Frame;

/**
 * A frame as displayed, its departure from normal in colour, and a line around each region that reaches the level: the
 * regions of Segmentation, Presentation State and report. The line lies on the pixels just outside, so that it covers no
 * colour; a region at the border of the frame is open there.
 */
final class DifferencePicture {
    /** Cyan, which the colour scale and gray do not have. */
    static final int LINE = 0x00E5FF;

    /** Columns of the frame a pixel of the line's width: a large frame is shown made smaller. */
    private static final int COLUMNS_PER_PIXEL = 512;

    private final RgbImage image;
    private final int top;
    private final int left;
    private final Frame frame;

    /** @param top row and {@code left} column of the image where the frame's first pixel lies */
    DifferencePicture(RgbImage image, int top, int left, Frame frame) {
        this.image = image;
        this.top = top;
        this.left = left;
        this.frame = frame;
    }

    /** @param departure rows*columns, in units of the normals' spread */
    void draw(float[] departure, ResultConfiguration configuration) {
        ColourScale colours = new ColourScale(configuration.level(), configuration.span());
        for (int pixel = 0; pixel < departure.length; pixel++) {
            image.set(
                    top + pixel / frame.columns(),
                    left + pixel % frame.columns(),
                    colours.over(frame.display()[pixel] & 0xFF, departure[pixel]));
        }
        Regions regions = Regions.of(departure, frame.rows(), frame.columns(), configuration.level());
        for (Region region : regions.regions()) {
            region.contour().forEach(pixel -> enclose(pixel, regions.labels()));
        }
    }

    private void enclose(Region.Pixel edge, int[] labels) {
        int width = Math.max(1, frame.columns() / COLUMNS_PER_PIXEL);
        for (int down = -width; down <= width; down++) {
            int across = width - Math.abs(down);
            for (int right = -across; right <= across; right++) {
                line(edge.row() + down, edge.column() + right, labels);
            }
        }
    }

    private void line(int row, int column, int[] labels) {
        boolean inside = row >= 0 && row < frame.rows() && column >= 0 && column < frame.columns();
        if (inside && labels[row * frame.columns() + column] == 0) {
            image.set(top + row, left + column, LINE);
        }
    }
}
