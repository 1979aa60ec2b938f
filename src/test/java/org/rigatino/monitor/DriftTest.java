package org.rigatino.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DriftTest {
    @Test
    void imagesLikeTheNormalsDoNotDrift() {
        long[] even = new long[Drift.BINS];
        Arrays.fill(even, 7);
        Drift drift = Drift.of(even);
        assertThat(drift.images()).isEqualTo(700);
        assertThat(drift.stabilityIndex()).isCloseTo(0, within(1e-12));
        assertThat(drift.largestGap()).isCloseTo(0, within(1e-12));
    }

    /** Ten deciles by hand: the upper five hold (200 + 0.5) / 1005 each, the lower five 0.5 / 1005. */
    @Test
    void imagesOverTheMedianAloneAreAShift() {
        long[] upper = new long[Drift.BINS];
        Arrays.fill(upper, 50, 100, 20);
        Drift drift = Drift.of(upper);
        double high = 200.5 / 1005;
        double low = 0.5 / 1005;
        double expected = 5 * (high - 0.1) * Math.log(high / 0.1) + 5 * (low - 0.1) * Math.log(low / 0.1);
        assertThat(drift.stabilityIndex()).isCloseTo(expected, within(1e-12)).isGreaterThan(0.25);
        assertThat(drift.largestGap()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void nothingIsToldOfNoImages() {
        Drift drift = Drift.of(new long[Drift.BINS]);
        assertThat(drift.images()).isZero();
        assertThat(drift.stabilityIndex()).isNaN();
        assertThat(drift.largestGap()).isNaN();
    }

    /** Where nothing has moved the index is (k - 1) chi-squared over the sizes: 9/900 + 9/90 for ten deciles. */
    @Test
    void chanceAloneIsToldApart() {
        long[] even = new long[Drift.BINS];
        Arrays.fill(even, 9);
        assertThat(Drift.of(even).byChance(90)).isCloseTo(0.11, within(1e-12));
        assertThat(Drift.of(new long[Drift.BINS]).byChance(90)).isNaN();
    }

    @Test
    void anIndexHasAStandingFromFiveHundredImagesOn() throws IOException {
        assertThat(new Drift(499, 9, 1).standing()).isEqualTo(Drift.Standing.TOO_FEW);
        assertThat(new Drift(500, 0.1, 0).standing()).isEqualTo(Drift.Standing.STABLE);
        assertThat(new Drift(500, 0.2, 0).standing()).isEqualTo(Drift.Standing.MOVED);
        assertThat(new Drift(500, 0.26, 0).standing()).isEqualTo(Drift.Standing.SHIFTED);
        assertThat(Files.readString(Path.of("deploy/monitoring/rules.yaml")))
                .as("the alert goes off where the page says shifted")
                .contains("(rigatino_score_drift_psi) > 0.25 ", "(rigatino_score_drift_images) >= " + Drift.ENOUGH);
    }

    @Test
    void refusesAHistogramOfOtherBins() {
        assertThatThrownBy(() -> Drift.of(new long[10])).hasMessageContaining("10 bins");
    }
}
