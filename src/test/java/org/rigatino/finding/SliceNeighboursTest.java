package org.rigatino.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SliceNeighboursTest {
    private static PlacedScore axial(String series, double z) {
        return new PlacedScore(series, Optional.of(new SlicePlace(0, 0, 1, z)), 0);
    }

    private static SliceNeighbours of(double... positions) {
        List<PlacedScore> slices = new ArrayList<>();
        for (double position : positions) {
            slices.add(axial("1", position));
        }
        return new SliceNeighbours(slices);
    }

    @Test
    void slicesAreOrderedByTheirPlacesNotByTheirArrival() {
        SliceNeighbours neighbours = of(10, 0, 5, 15);
        assertThat(neighbours.order()).containsExactly(1, 2, 0, 3);
        assertThat(neighbours.of(1)).containsExactly(2);
        assertThat(neighbours.of(2)).containsExactly(1, 0);
        assertThat(neighbours.of(0)).containsExactly(2, 3);
        assertThat(neighbours.of(3)).containsExactly(0);
        assertThat(neighbours.areNeighbours(0, 3)).isTrue();
        assertThat(neighbours.areNeighbours(3, 0)).isTrue();
        assertThat(neighbours.areNeighbours(1, 0)).isFalse();
    }

    @Test
    void wherePlacesAreMissingThoseBesideThemAreNoNeighbours() {
        SliceNeighbours neighbours = of(0, 5, 15, 20, 25);
        assertThat(neighbours.of(1)).containsExactly(0);
        assertThat(neighbours.of(2)).containsExactly(3);
        assertThat(neighbours.order()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void whatLiesTwiceAtOnePlaceIsNobodysNeighbour() {
        SliceNeighbours neighbours = of(0, 5, 5, 10, 15);
        assertThat(neighbours.of(0)).isEmpty();
        assertThat(neighbours.of(1)).isEmpty();
        assertThat(neighbours.of(2)).isEmpty();
        assertThat(neighbours.of(3)).containsExactly(4);
        assertThat(neighbours.order()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void otherSeriesOtherDirectionsAndProjectionsDoNotCount() {
        SliceNeighbours neighbours = new SliceNeighbours(List.of(
                axial("1", 0),
                axial("2", 5),
                axial("1", 5),
                new PlacedScore("1", Optional.of(new SlicePlace(1, 0, 0, 10)), 0),
                new PlacedScore("1", Optional.empty(), 0),
                new PlacedScore("1", Optional.empty(), 0)));
        assertThat(neighbours.of(0)).containsExactly(2);
        assertThat(neighbours.of(2)).containsExactly(0);
        for (int alone : new int[] {1, 3, 4, 5}) {
            assertThat(neighbours.of(alone)).isEmpty();
        }
        assertThat(neighbours.order()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    }

    @Test
    void oneSliceHasNoNeighbour() {
        assertThat(of(3).of(0)).isEmpty();
        assertThat(of(3).order()).containsExactly(0);
        assertThat(of().order()).isEmpty();
    }
}
