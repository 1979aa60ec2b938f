package org.rigatino.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    private static final Neighbours THREE = new Neighbours(3);

    /** Slices of one series, 5 mm apart, scored as given; NaN for one that is missing. */
    private static List<PlacedScore> series(String name, double... scores) {
        List<PlacedScore> slices = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isNaN(scores[i])) {
                slices.add(new PlacedScore(name, Optional.of(new SlicePlace(0, 0, 1, 5 * i)), scores[i]));
            }
        }
        return slices;
    }

    private static double score(List<PlacedScore> slices) {
        return THREE.highest(slices).orElseThrow().score();
    }

    @Test
    void whatOneSliceShowsAloneIsDenied() {
        assertThat(score(series("a", 1, 1, 9, 1, 1, 2, 3, 4, 1))).isEqualTo(2);
        assertThat(score(series("a", 1, 5, 6, 7, 1))).isEqualTo(5);
        assertThat(THREE.highest(series("a", 1, 5, 6, 7, 1)).orElseThrow().slices())
                .containsExactly(1, 2, 3);
        assertThat(new Neighbours(1)
                        .highest(series("a", 1, 1, 9, 1))
                        .orElseThrow()
                        .score())
                .isEqualTo(9);
    }

    @Test
    void fewerSlicesSpeakAllTogether() {
        assertThat(THREE.highest(List.of())).isEmpty();
        assertThat(score(series("a", 7))).isEqualTo(7);
        assertThat(score(series("a", 7, 4))).isEqualTo(4);
    }

    @Test
    void theOrderIsThatOfThePlacesWhateverThatOfTheFiles() {
        List<PlacedScore> slices = new ArrayList<>(series("a", 1, 1, 9, 1, 5, 6, 7, 1, 9, 1));
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(slices, random);
            assertThat(score(slices)).isEqualTo(5);
        }
    }

    @Test
    void oneMissingSliceLeavesNeighboursAndALongGapLeavesNone() {
        double none = Double.NaN;
        assertThat(score(series("a", 1, 1, 1, 6, none, 7, 8, 1, 1))).isEqualTo(6);
        assertThat(score(series("a", 1, 1, 1, 6, none, none, none, 7, 8, 1, 1))).isEqualTo(1);
        assertThat(score(series("a", 1, 1, 1, 1, none, none, 7, 8)))
                .as("the last two have no others that could deny them")
                .isEqualTo(7);
    }

    @Test
    void ofSlicesAtOnePlaceTheHighestSpeaksAndTheyDoNotConfirmEachOther() {
        List<PlacedScore> twice = new ArrayList<>(series("a", 1, 1, 9, 1, 1));
        twice.addAll(series("a", 1, 1, 9, 1, 1));
        twice.addAll(series("a", 1, 1, 9, 1, 1));
        assertThat(score(twice)).isEqualTo(1);
        List<PlacedScore> repeated = new ArrayList<>(series("a", 1, 5, 2, 7, 1));
        repeated.addAll(series("a", 1, 1, 6, 1, 1));
        assertThat(score(repeated)).isEqualTo(5);
    }

    @Test
    void slicesOfOtherSeriesOrDirectionsAreNoNeighbours() {
        List<PlacedScore> two = new ArrayList<>(series("a", 1, 1, 9, 1, 1));
        two.addAll(series("b", 1, 9, 1, 1, 1));
        two.addAll(series("c", 1, 1, 1, 9, 1));
        assertThat(score(two)).isEqualTo(1);
        List<PlacedScore> directions = new ArrayList<>(series("a", 1, 1, 9, 1, 1));
        series("a", 1, 9, 1, 9, 1)
                .forEach(slice -> directions.add(new PlacedScore(
                        "a",
                        Optional.of(new SlicePlace(
                                1, 0, 0, slice.place().orElseThrow().position())),
                        slice.score())));
        assertThat(score(directions)).isEqualTo(1);
    }

    @Test
    void aProjectionSpeaksForItself() {
        PlacedScore low = new PlacedScore("a", Optional.empty(), 1);
        PlacedScore high = new PlacedScore("a", Optional.empty(), 8);
        assertThat(score(List.of(low, high, low))).isEqualTo(8);
    }

    @Test
    void numberedSlicesAreInTheOrderOfTheirNumbers() {
        List<PlacedScore> slices = new ArrayList<>();
        for (int number : new int[] {12, 10, 11, 20, 9}) {
            slices.add(new PlacedScore("a", Optional.of(SlicePlace.numbered(number)), number == 20 ? 5 : number));
        }
        assertThat(score(slices)).isEqualTo(10);
    }
}
