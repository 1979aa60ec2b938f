package org.rigatino.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
    /** Weights from scipy.optimize.minimize (BFGS, gtol 1e-12) of the same sum on the same six points. */
    @Test
    void findsTheLeastPenalisedLoss() {
        List<double[]> features = List.of(
                new double[] {0, 1},
                new double[] {1, 0},
                new double[] {2, 1},
                new double[] {1, 2},
                new double[] {3, 3},
                new double[] {0, 3});
        boolean[] positive = {false, false, true, false, true, true};
        LogisticRegression fitted = LogisticRegression.fit(features, positive);
        assertThat(fitted.weights())
                .containsExactly(new double[] {0.561661812, 0.726160445, -1.821522484}, within(1e-6));
        assertThat(fitted.score(new double[] {1, 1})).isCloseTo(-0.533700227, within(1e-6));
    }

    @Test
    void tellsSeparableKindsApartWithoutRunningAway() {
        Random random = new Random(3);
        List<double[]> features = new ArrayList<>();
        boolean[] positive = new boolean[60];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = i % 2 == 0;
            features.add(new double[] {random.nextGaussian() + (positive[i] ? 8 : -8), random.nextGaussian()});
        }
        LogisticRegression fitted = LogisticRegression.fit(features, positive);
        for (int i = 0; i < positive.length; i++) {
            assertThat(fitted.score(features.get(i)) > 0).isEqualTo(positive[i]);
        }
        assertThat(Math.abs(fitted.weights()[1])).isLessThan(fitted.weights()[0]);
    }
}
