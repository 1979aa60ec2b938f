package org.rigatino.result;

import java.util.List;
import org.rigatino.finding.Region;

/** Regions as polylines, for graphic annotations (PS3.3 C.10.5) and spatial coordinates (PS3.3 C.18.6). */
final class Contours {
    private Contours() {}

    /**
     * Column and row of each point, the first again at the end. 0.5\0.5 is the centre of the image's first pixel. A
     * region of one pixel is a line of no length.
     */
    static float[] closed(Region region) {
        List<Region.Pixel> pixels = region.contour();
        float[] points = new float[2 * pixels.size() + 2];
        for (int i = 0; i <= pixels.size(); i++) {
            Region.Pixel pixel = pixels.get(i % pixels.size());
            points[2 * i] = pixel.column() + 0.5f;
            points[2 * i + 1] = pixel.row() + 0.5f;
        }
        return points;
    }
}
