package org.rigatino.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rigatino.finding.Region.Pixel;

class RegionsTest {
    private static final float[] MAP = {
        0, 3, 0, 0, 0, 0,
        0, 0, 4, 0, 0, 9,
        0, 0, 4, 5, 0, 3,
        0, 0, 4, 4, 0, 2.9f,
    };

    @Test
    void pixelsThatTouchByACornerBelongTogetherAndTheHighestRegionIsFirst() {
        Regions regions = Regions.of(MAP, 4, 6, 3);
        assertThat(regions.regions()).extracting(Region::pixels).containsExactly(2, 6);
        assertThat(regions.regions()).extracting(Region::highest).containsExactly(9.0, 5.0);
        assertThat(regions.regions()).extracting(Region::mean).containsExactly(6.0, 4.0);
    }

    @Test
    void labelsMarkWhatReachesTheLevelAndNothingElse() {
        Regions regions = Regions.of(MAP, 4, 6, 3);
        for (int i = 0; i < MAP.length; i++) {
            assertThat(regions.labels()[i] > 0).as("pixel %d", i).isEqualTo(MAP[i] >= 3);
        }
        for (Region region : regions.regions()) {
            assertThat(Arrays.stream(regions.labels())
                            .filter(label -> label == region.label())
                            .count())
                    .isEqualTo(region.pixels());
        }
    }

    @Test
    void contourGoesRoundTheOutsideFromNeighbourToNeighbour() {
        float[] ring = new float[100];
        for (int row = 2; row <= 7; row++) {
            for (int column = 3; column <= 8; column++) {
                boolean hole = row == 4 && column == 5;
                ring[row * 10 + column] = hole ? 0 : 5;
            }
        }
        Region region = Regions.of(ring, 10, 10, 3).regions().get(0);
        Set<Pixel> edge = new LinkedHashSet<>();
        for (int i = 0; i < 100; i++) {
            boolean inside = i / 10 >= 2 && i / 10 <= 7 && i % 10 >= 3 && i % 10 <= 8;
            boolean border = i / 10 == 2 || i / 10 == 7 || i % 10 == 3 || i % 10 == 8;
            if (inside && border) {
                edge.add(new Pixel(i / 10, i % 10));
            }
        }
        assertThat(region.contour()).containsExactlyInAnyOrderElementsOf(edge);
        for (int i = 0; i < region.contour().size(); i++) {
            Pixel here = region.contour().get(i);
            Pixel next = region.contour().get((i + 1) % region.contour().size());
            assertThat(Math.max(Math.abs(here.row() - next.row()), Math.abs(here.column() - next.column())))
                    .isEqualTo(1);
        }
    }

    @Test
    void nothingAboveTheLevelIsNoRegion() {
        assertThat(Regions.of(new float[12], 3, 4, 3).regions()).isEmpty();
    }
}
