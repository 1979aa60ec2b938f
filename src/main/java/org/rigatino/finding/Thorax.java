package org.rigatino.finding;

import java.awt.geom.Path2D;
import java.util.Set;
import org.rigatino.image.Framing;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.ReleaseFile;

/**
 * Where a release for whole frontal chest radiographs shows what departs: between first ribs and costal margins, chest wall
 * included. Shoulders, axillae, arms and neck lie as the child was held, so what departs there says little of the chest.
 * The region is wide enough for the lungs of the radiographs that the release learnt from, hyperinflated ones too.
 */
final class Thorax {
    private static final Set<String> BODY_PARTS = Set.of("CHEST", "THORAX");
    private static final Set<String> FRONTAL = Set.of("AP", "PA");

    /** Column and row of the corners of the left half of the picture, in shares of the grid; the right half mirrors it. */
    private static final double[][] LEFT = {
        {0.30, 0.08}, {0.21, 0.18}, {0.14, 0.35}, {0.09, 0.55}, {0.06, 0.75}, {0.06, 0.95}
    };

    private Thorax() {}

    static boolean isShownBy(ReleaseFile release) {
        Eligibility asks = release.eligibility();
        return release.grid().framing() == Framing.WHOLE
                && !asks.bodyPart().isEmpty()
                && BODY_PARTS.containsAll(asks.bodyPart())
                && asks.viewPosition() != null
                && !asks.viewPosition().isEmpty()
                && FRONTAL.containsAll(asks.viewPosition());
    }

    /**
     * @param map size*size, row-major
     * @return the same within, 0 elsewhere
     */
    static float[] within(float[] map, int size) {
        Path2D outline = outline();
        float[] within = new float[map.length];
        for (int cell = 0; cell < map.length; cell++) {
            if (outline.contains((cell % size + 0.5) / size, (cell / size + 0.5) / size)) {
                within[cell] = map[cell];
            }
        }
        return within;
    }

    private static Path2D outline() {
        Path2D outline = new Path2D.Double();
        outline.moveTo(LEFT[0][0], LEFT[0][1]);
        for (double[] corner : LEFT) {
            outline.lineTo(corner[0], corner[1]);
        }
        for (int i = LEFT.length - 1; i >= 0; i--) {
            outline.lineTo(1 - LEFT[i][0], LEFT[i][1]);
        }
        outline.closePath();
        return outline;
    }
}
