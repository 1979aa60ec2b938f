package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceMapTest {
    @Test
    void imageScoreIsTheMeanOfTheLargestShare() {
        float[] map = new float[200];
        map[7] = 10;
        map[150] = 6;
        map[151] = 2;
        assertThat(DifferenceMap.topMean(map, 0.01)).isEqualTo(8);
        assertThat(DifferenceMap.topMean(map, 0.015)).isEqualTo(6);
        assertThat(DifferenceMap.topMean(map, 0.0001)).isEqualTo(10);
        assertThat(DifferenceMap.topMean(map, 1)).isCloseTo(0.09, within(1e-9));
    }

    @Test
    void onlyTheSignThatCountsIsKeptOverTheSpread() {
        float[] signed = {2, -3, 0};
        float[] spread = {4, 2, 1};
        assertThat(DifferenceMap.overSpread(signed, spread, scoring(Scoring.Sign.BRIGHTER, 1), 0))
                .containsExactly(0.5f, 0, 0);
        assertThat(DifferenceMap.overSpread(signed, spread, scoring(Scoring.Sign.DARKER, 1), 0))
                .containsExactly(0, 1.5f, 0);
        assertThat(DifferenceMap.overSpread(signed, spread, scoring(Scoring.Sign.BOTH, 1), 0))
                .containsExactly(0.5f, 1.5f, 0);
    }

    private static Scoring scoring(Scoring.Sign sign, double bilateral) {
        return new Scoring(sign, 0, 0.01, bilateral);
    }

    @Test
    void whatTheOtherSideShowsTooCountsInItsBilateralShare() {
        float[] input = {
            5, 5, 0, 0, //
            5, 0, 0, 1, //
            0, 0, 0, 0, //
            0, 0, 0, 0
        };
        Scoring scoring = scoring(Scoring.Sign.BRIGHTER, 0.25);
        float[] planes = DifferenceMap.smoothed(input, new float[16], scoring, 4);
        assertThat(planes).startsWith(input).endsWith(0, 0, 0, 0, 0, 0, 0, 0).hasSize(32);
        assertThat(Arrays.copyOfRange(planes, 16, 24)).containsExactly(5, 5, -5, -5, 4, 0, 0, -4);

        float[] spread = new float[32];
        Arrays.fill(spread, 0, 16, 1);
        Arrays.fill(spread, 16, 32, 2);
        float[] map = DifferenceMap.overSpread(planes, spread, scoring, 0);
        assertThat(Arrays.copyOf(map, 8)).containsExactly(2.5f, 2.5f, 0, 0, 2, 0, 0, 0.25f);
    }

    @Test
    void anImageThatDepartsThroughoutIsJudgedByItsOwnLevel() {
        Scoring scoring = new Scoring(Scoring.Sign.BRIGHTER, 0, 0.01, 1, 0, 0.5);
        float[] spread = {1, 1, 1, 1, 2};
        float[] noisy = {4, -4, 4, -4, 16};
        assertThat(DifferenceMap.level(noisy, spread, 5, scoring)).isEqualTo(4);
        assertThat(DifferenceMap.overSpread(noisy, spread, scoring, 1)).containsExactly(2, 0, 2, 0, 4);
        assertThat(DifferenceMap.overSpread(noisy, spread, scoring, 4)).containsExactly(4, 0, 4, 0, 8);
        assertThat(DifferenceMap.overSpread(noisy, spread, scoring, 0.01))
                .as("no image loses more than a half")
                .containsExactly(2, 0, 2, 0, 4);
        float[] calm = {0, 0, 0, 0, 8};
        assertThat(DifferenceMap.overSpread(calm, spread, scoring, 1))
                .as("nor gains more than as much again")
                .containsExactly(0, 0, 0, 0, 8);
    }

    @Test
    void aLargeLesionDoesNotRaiseTheLevelThatItIsJudgedBy() {
        float[] spread = new float[100];
        Arrays.fill(spread, 1);
        float[] lesion = new float[100];
        Arrays.fill(lesion, 1);
        Arrays.fill(lesion, 0, 40, 30);
        Scoring raised = new Scoring(Scoring.Sign.BRIGHTER, 0, 0.1, 1, 0, 1);
        Scoring clipped = new Scoring(Scoring.Sign.BRIGHTER, 0, 0.1, 1, 0, 1, 0, 0, 10, 0);
        assertThat(DifferenceMap.level(lesion, spread, 100, raised)).isEqualTo(30);
        assertThat(DifferenceMap.level(lesion, spread, 100, clipped))
                .as("what lies beyond is found only from a level that the lesion is not")
                .isEqualTo(30);
        Arrays.fill(lesion, 20, 40, 1);
        lesion[99] = 11;
        assertThat(DifferenceMap.level(lesion, spread, 100, raised)).isEqualTo(1);
        Arrays.fill(lesion, 0, 24, 5);
        Arrays.fill(lesion, 0, 20, 30);
        assertThat(DifferenceMap.overSpread(lesion, spread, clipped, 1)[0]).isEqualTo(30);
    }

    @Test
    void theOtherSideExcusesNoMoreThanTheLimit() {
        float[] input = {8, 2, 2, 8};
        float[] twice = {8, 2, 2, 8, 8, 2, 2, 8, 8, 2, 2, 8, 8, 2, 2, 8};
        Scoring limited = new Scoring(Scoring.Sign.BRIGHTER, 0, 0.1, 0.2, 0, 0, 0, 3, 0, 0);
        float[] planes = DifferenceMap.smoothed(twice, new float[16], limited, 4);
        float[] spread = new float[32];
        Arrays.fill(spread, 1);
        assertThat(Arrays.copyOf(DifferenceMap.overSpread(planes, spread, limited, 0), 4))
                .containsExactly(5, 0.4f, 0.4f, 5);
        assertThat(Arrays.copyOf(DifferenceMap.overSpread(planes, spread, scoring(Scoring.Sign.BRIGHTER, 0.2), 0), 4))
                .containsExactly(1.6f, 0.4f, 0.4f, 1.6f);
    }

    @Test
    void ofTwoScalesTheOneThatShowsMoreCounts() {
        int size = 16;
        float[] input = new float[size * size];
        input[3 * size + 3] = 9;
        for (int row = 9; row < 15; row++) {
            Arrays.fill(input, row * size + 9, row * size + 15, 1);
        }
        Scoring fine = new Scoring(Scoring.Sign.BRIGHTER, 0, 0.1, 1);
        Scoring both = new Scoring(Scoring.Sign.BRIGHTER, 0, 0.1, 1, 0, 0, 2, 0, 0, 0);
        float[] planes = DifferenceMap.smoothed(input, new float[256], both, size);
        assertThat(planes).hasSize(512).startsWith(DifferenceMap.smoothed(input, new float[256], fine, size));
        float[] spread = new float[512];
        Arrays.fill(spread, 0, 256, 1);
        Arrays.fill(spread, 256, 512, 0.25f);
        float[] map = DifferenceMap.overSpread(planes, spread, both, 0);
        assertThat(map[3 * size + 3]).isEqualTo(9);
        assertThat(map[12 * size + 12])
                .isEqualTo(4 * planes[256 + 12 * size + 12])
                .isGreaterThan(2);
    }

    @Test
    void smoothingSpreadsAPointAsAGaussianAndKeepsItsSum() {
        float[] input = new float[21 * 21];
        input[10 * 21 + 10] = 1;
        Scoring scoring = new Scoring(Scoring.Sign.BRIGHTER, 1.5, 0.01, 1);
        float[] smooth = DifferenceMap.smoothed(input, new float[21 * 21], scoring, 21);
        double sum = 0;
        for (float value : smooth) {
            sum += value;
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
        double ratio = smooth[10 * 21 + 12] / smooth[10 * 21 + 10];
        assertThat(ratio).isCloseTo(Math.exp(-4 / (2 * 1.5 * 1.5)), within(1e-5));
        assertThat(smooth[12 * 21 + 10]).isCloseTo(smooth[10 * 21 + 12], within(1e-7f));
    }

    @Test
    void aFlatDifferenceStaysFlatUpToTheEdge() {
        float[] input = new float[64];
        Arrays.fill(input, 3);
        for (float value : DifferenceMap.gaussian(input, 8, 2)) {
            assertThat(value).isCloseTo(3, within(1e-5f));
        }
    }

    private static Scoring across(double power) {
        return new Scoring(Scoring.Sign.BRIGHTER, 0, 0.1, 1, 0, 0, 0, 0, 0, power);
    }

    @Test
    void aSliceIsJoinedAsTheRootOfItsMapTimesTheMeanOfTheRootsOfBothNeighbours() {
        float[] own = {4, 4, 0, 9};
        float[] before = {1, 4, 5, 0};
        float[] after = {9, 0, 5, 16};
        assertThat(DifferenceMap.joined(own, List.of(before, after), across(0.5)))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(4, 2, 0, 6);
        assertThat(own).as("left as it was").containsExactly(4, 4, 0, 9);
    }

    @Test
    void atAnEndTheOneNeighbourCountsAndWhereNoneReachesTheOwnMap() {
        float[] own = {4, 4, 4};
        float[] before = {1, Float.NaN, Float.NaN};
        float[] after = {9, 9, Float.NaN};
        assertThat(DifferenceMap.joined(own, List.of(before), across(0.5))).containsExactly(2, 4, 4);
        assertThat(DifferenceMap.joined(own, List.of(before, after), across(0.5)))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(4, 6, 4);
    }

    @Test
    void aSliceAloneAndAReleaseThatDoesNotJoinKeepTheirMaps() {
        float[] own = {4, 1};
        float[] other = {9, 9};
        assertThat(DifferenceMap.joined(own, List.of(), across(0.5))).isSameAs(own);
        assertThat(DifferenceMap.joined(own, List.of(other), across(0))).isSameAs(own);
        assertThat(DifferenceMap.joined(own, List.of(other), across(0.25)))
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly((float) (Math.pow(4, 0.75) * Math.pow(9, 0.25)), (float) Math.pow(9, 0.25));
        assertThatThrownBy(() -> across(1)).hasMessageContaining("acrossSlices from 0 to below 1");
        assertThatThrownBy(() -> across(-0.1)).hasMessageContaining("acrossSlices");
    }
}
