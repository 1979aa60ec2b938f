package org.rigatino.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines along the edges of pixels, whose area is that of the pixels. */
class OutlineTest {
    /** Of the closed polygon, in pixels; that of a hole is negative. */
    private static double area(int[] loop) {
        long twice = 0;
        for (int i = 0; i + 3 < loop.length; i += 2) {
            twice += (long) loop[i] * loop[i + 3] - (long) loop[i + 2] * loop[i + 1];
        }
        return twice / 2.0;
    }

    @Test
    void onePixelIsASquare() {
        Map<Integer, Outline> outlines = Outline.of(new int[] {0, 0, 0, 0, 7, 0, 0, 0, 0}, 3, 3);
        assertThat(outlines.get(7).polygon()).containsExactly(1, 1, 2, 1, 2, 2, 1, 2, 1, 1);
    }

    @Test
    void aRingIsJoinedToItsHole() {
        int[] ring = {1, 1, 1, 1, 0, 1, 1, 1, 1};
        Outline outline = Outline.of(ring, 3, 3).get(1);
        assertThat(outline.polygons()).hasSize(2);
        assertThat(area(outline.polygon())).isEqualTo(8);
    }

    /** Regions of noise, with holes in them, that touch in corners and lie on the image's borders. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 0.5, 0.6, 0.8, 0.95, 1})
    void theAreaIsThatOfThePixelsAndNothingLiesOutsideOfTheImage(double share) {
        Random random = new Random((long) (share * 100));
        int rows = 37;
        int columns = 41;
        float[] map = new float[rows * columns];
        for (int i = 0; i < map.length; i++) {
            map[i] = random.nextDouble() < share ? 4 : 0;
        }
        for (Region region : Regions.of(map, rows, columns, 3).regions()) {
            int[] polygon = region.outline().polygon();
            assertThat(area(polygon)).isEqualTo(region.pixels());
            assertThat(region.outline().polygons().stream()
                            .mapToDouble(OutlineTest::area)
                            .sum())
                    .isEqualTo(region.pixels());
            for (int i = 0; i < polygon.length; i += 2) {
                assertThat(polygon[i]).isBetween(0, columns);
                assertThat(polygon[i + 1]).isBetween(0, rows);
            }
            assertThat(polygon).startsWith(polygon[polygon.length - 2], polygon[polygon.length - 1]);
        }
    }
}
