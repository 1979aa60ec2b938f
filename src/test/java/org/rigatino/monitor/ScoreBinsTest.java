package org.rigatino.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreBinsTest {
    @Test
    void whatIsBeyondTheEndsCountsInThem() {
        ScoreBins bins = new ScoreBins(0, 4, 4);
        assertThat(bins.counts(List.of(-7.0, 0.0, 0.99, 1.0, 3.5, 4.0, 90.0))).containsExactly(3, 1, 0, 3);
    }

    @Test
    void aCalibrationIsSurroundedByRoom() {
        ScoreBins bins = ScoreBins.around(List.of(1.0, 2.0, 3.0));
        assertThat(bins.low()).isLessThan(1);
        assertThat(bins.high()).isGreaterThan(3);
        assertThat(bins.width()).isCloseTo(2.0 / 24, within(1e-12));
        assertThat(ScoreBins.around(List.of(5.0, 5.0)).width()).isPositive();
    }

    @Test
    void thereIsNoRoomBelowZeroWhereNoScoreIs() {
        assertThat(ScoreBins.around(List.of(0.15, 1.0, 2.4)).low()).isBetween(0.0, 0.15);
        assertThat(ScoreBins.around(List.of(-0.1, 1.0)).low()).isLessThan(-0.1);
    }

    @Test
    void theAxisGrowsToAScoreAndNotForEver() {
        ScoreBins bins = ScoreBins.around(List.of(1.0, 2.0, 3.0));
        ScoreBins wider = bins.upTo(5.3);
        assertThat(wider.high()).isGreaterThan(5.3);
        assertThat(wider.width()).isCloseTo(bins.width(), within(1e-12));
        assertThat(bins.upTo(2).count()).isEqualTo(bins.count());
        assertThat(bins.upTo(1e9).count()).isEqualTo(72);
    }

    @Test
    void refusesWhatIsNoAxis() {
        assertThatThrownBy(() -> new ScoreBins(1, 1, 4)).hasMessageContaining("low 1.0, high 1.0");
    }
}
