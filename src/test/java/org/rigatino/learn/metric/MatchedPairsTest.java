package org.rigatino.learn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MatchedPairsTest {
    @Test
    void pairsDifferByNoMoreThanATwentiethOfTheDeviation() {
        // mean 5, deviation 5: caliper 0.25
        float[] values = {0, 10, 0.2f, 9.5f, 0, 10};
        boolean[] abnormal = {true, true, false, false, true, false};
        double mean = (0 + 10 + 0.2 + 9.5 + 0 + 10) / 6;
        double variance = 0;
        for (float value : values) {
            variance += (value - mean) * (value - mean) / 6;
        }
        MatchedPairs matched = MatchedPairs.of(values, abnormal);
        assertThat(matched.caliper()).isCloseTo(Math.sqrt(variance) / 20, within(1e-6));
        assertThat(matched.pairs()).containsExactly(new MatchedPairs.Pair(0, 2), new MatchedPairs.Pair(1, 5));
        assertThat(matched.items().get(5)).isTrue();
        assertThat(matched.items().get(3)).isFalse();
    }

    /** Against the largest matching found by augmenting paths. */
    @Test
    void areAsManyAsCanBe() {
        Random random = new Random(8);
        for (int trial = 0; trial < 50; trial++) {
            float[] values = new float[40];
            boolean[] abnormal = new boolean[values.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
                abnormal[i] = random.nextBoolean();
            }
            MatchedPairs matched = MatchedPairs.of(values, abnormal);
            assertThat(matched.pairs()).hasSize(largest(values, abnormal, matched.caliper()));
        }
    }

    private static int largest(float[] values, boolean[] abnormal, double caliper) {
        int[] partner = new int[values.length];
        java.util.Arrays.fill(partner, -1);
        int pairs = 0;
        for (int i = 0; i < values.length; i++) {
            pairs += abnormal[i] && augment(i, values, abnormal, caliper, partner, new boolean[values.length]) ? 1 : 0;
        }
        return pairs;
    }

    private static boolean augment(
            int from, float[] values, boolean[] abnormal, double caliper, int[] partner, boolean[] seen) {
        for (int to = 0; to < values.length; to++) {
            if (!abnormal[to] && !seen[to] && Math.abs((double) values[from] - values[to]) <= caliper) {
                seen[to] = true;
                if (partner[to] < 0 || augment(partner[to], values, abnormal, caliper, partner, seen)) {
                    partner[to] = from;
                    return true;
                }
            }
        }
        return false;
    }
}
