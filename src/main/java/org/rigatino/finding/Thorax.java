package org.rigatino.finding;

import java.awt.geom.Path2D;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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

    /** Above the darkest cell, of a range of 2: noise and the smoothing of the grid. */
    private static final float BLACK = 0.1f;

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
     * @param input what the map is of, size*size, -1 to 1
     * @return the same within, 0 elsewhere and where the picture is black from its edge on: collimated, or without the child
     */
    static float[] within(float[] map, float[] input, int size) {
        Path2D outline = outline();
        boolean[] black = blackFromTheEdge(input, size);
        float[] within = new float[map.length];
        for (int cell = 0; cell < map.length; cell++) {
            if (!black[cell] && outline.contains((cell % size + 0.5) / size, (cell / size + 0.5) / size)) {
                within[cell] = map[cell];
            }
        }
        return within;
    }

    private static boolean[] blackFromTheEdge(float[] input, int size) {
        float smallest = Float.POSITIVE_INFINITY;
        for (float value : input) {
            smallest = Math.min(smallest, value);
        }
        boolean[] black = new boolean[input.length];
        Deque<Integer> next = new ArrayDeque<>();
        for (int i = 0; i < size; i++) {
            next.addAll(List.of(i, (size - 1) * size + i, i * size, i * size + size - 1));
        }
        while (!next.isEmpty()) {
            int cell = next.pop();
            if (!black[cell] && input[cell] <= smallest + BLACK) {
                black[cell] = true;
                neighbours(cell, size).filter(neighbour -> !black[neighbour]).forEach(next::push);
            }
        }
        return black;
    }

    private static IntStream neighbours(int cell, int size) {
        int column = cell % size;
        return IntStream.of(column > 0 ? cell - 1 : -1, column < size - 1 ? cell + 1 : -1, cell - size, cell + size)
                .filter(neighbour -> neighbour >= 0 && neighbour < size * size);
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
