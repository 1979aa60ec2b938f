package org.rigatino.learn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {
    @Test
    void knownByHand() {
        // from the highest: positive, negative, positive, negative
        Ranking ranking = Ranking.of(new float[] {0.1f, 0.9f, 0.4f, -2}, new boolean[] {true, true, false, false});
        assertThat(ranking.auroc()).isEqualTo(0.75);
        assertThat(ranking.averagePrecision()).isCloseTo((1 + 2.0 / 3) / 2, within(1e-12));
    }

    @Test
    void tiesCountHalf() {
        Ranking ranking = Ranking.of(new float[] {0, 0, 0, -0f}, new boolean[] {true, false, false, false});
        assertThat(ranking.auroc()).isEqualTo(0.5);
        assertThat(ranking.averagePrecision()).isEqualTo(0.25);
    }

    @Test
    void isTheShareOfPairsInOrder() {
        Random random = new Random(1);
        float[] scores = new float[300];
        boolean[] positive = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            positive[i] = random.nextInt(3) == 0;
            scores[i] = random.nextInt(40) - 20 + (positive[i] ? 5 : 0);
        }
        double inOrder = 0;
        double pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (positive[i] && !positive[j]) {
                    pairs++;
                    inOrder += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        assertThat(Ranking.of(scores, positive).auroc()).isCloseTo(inOrder / pairs, within(1e-12));
    }

    @Test
    void oneClassAloneHasNoRanking() {
        assertThat(Ranking.of(new float[] {1, 2}, new boolean[] {true, true}).auroc())
                .isNaN();
    }
}
