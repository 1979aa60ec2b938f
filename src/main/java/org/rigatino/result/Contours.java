package org.rigatino.result;

import java.util.List;
import org.rigatino.finding.Region;

/** Regions as polylines along their pixels' edges, for graphic annotations (PS3.3 C.10.5) and spatial coordinates (C.18.6). */
final class Contours {
    /** Columns and rows are FL, whose values take 65534 bytes at most (PS3.5 7.1.2). */
    static final int MOST_POINTS = 8191;

    private Contours() {}

    /** One closed line whose area is that of the region's pixels: it goes to each hole and back on the same edges. */
    static float[] closed(Region region) {
        int[] whole = region.outline().polygon();
        return floats(
                whole.length / 2 <= MOST_POINTS
                        ? whole
                        : region.outline().polygons().get(0));
    }

    /** A closed line around the region, and one around each hole. */
    static List<float[]> lines(Region region) {
        return region.outline().polygons().stream().map(Contours::floats).toList();
    }

    /** Column and row of each point, the first again at the end; of too many, every so many. */
    private static float[] floats(int[] loop) {
        int points = loop.length / 2 - 1;
        int step = points / MOST_POINTS + 1;
        int kept = (points + step - 1) / step;
        float[] floats = new float[2 * kept + 2];
        for (int i = 0; i <= kept; i++) {
            floats[2 * i] = loop[2 * (i % kept * step)];
            floats[2 * i + 1] = loop[2 * (i % kept * step) + 1];
        }
        return floats;
    }
}
