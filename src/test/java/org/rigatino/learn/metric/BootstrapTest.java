package org.rigatino.learn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.rigatino.restore.Estimate;

class BootstrapTest {
    private static double mean(int[] times, double... values) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < times.length; i++) {
            sum += times[i] * values[i];
            count += times[i];
        }
        return sum / count;
    }

    /** 27 equally likely samples of three patients, the smallest and the largest mean one each: beyond 2.5 % both. */
    @Test
    void smallSamplesAreDrawnAsOftenAsTheyAreLikely() {
        Estimate estimate = new Bootstrap(3, 20_000, 1).estimate(times -> mean(times, 1, 2, 4));
        assertThat(estimate).isEqualTo(new Estimate(7.0 / 3, 1, 4));
    }

    /** The mean of 100 patients of whom half are 0 and half 1 is nearly normal: 0.5 +- 1.96 * 0.05. */
    @Test
    void largeSamplesGiveTheNormalInterval() {
        double[] values = new double[100];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 2;
        }
        Estimate estimate = new Bootstrap(100, 20_000, 5).estimate(times -> mean(times, values));
        assertThat(estimate.value()).isEqualTo(0.5);
        assertThat(estimate.low()).isCloseTo(0.5 - 1.96 * 0.05, within(0.011));
        assertThat(estimate.high()).isCloseTo(0.5 + 1.96 * 0.05, within(0.011));
    }

    @Test
    void samplesWithoutAStatisticAreDrawnAgain() {
        Estimate estimate = new Bootstrap(2, 500, 1).estimate(times -> times[0] == 0 ? Double.NaN : times[0]);
        assertThat(estimate).isEqualTo(new Estimate(1, 1, 2));
        assertThat(new Bootstrap(2, 500, 1).estimate(times -> Double.NaN).present())
                .isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Bootstrap(0, 1, 1));
    }

    @Test
    void theSameSeedDrawsTheSamePatients() {
        double[] roots = {1, Math.sqrt(2), Math.sqrt(3), 2, Math.sqrt(5), Math.sqrt(6), Math.sqrt(7)};
        Estimate estimate = new Bootstrap(7, 100, 4).estimate(times -> mean(times, roots));
        assertThat(new Bootstrap(7, 100, 4).estimate(times -> mean(times, roots)))
                .isEqualTo(estimate);
        assertThat(new Bootstrap(7, 100, 5).estimate(times -> mean(times, roots)))
                .isNotEqualTo(estimate);
    }
}
