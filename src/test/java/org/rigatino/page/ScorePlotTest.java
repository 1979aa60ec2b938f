package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.monitor.ScoreBins;

class ScorePlotTest {
    /** The first two are of the releases of models/. */
    @ParameterizedTest
    @CsvSource({
        "0.085, 3.590, '0.5 1.0 1.5 2.0 2.5 3.0 3.5'",
        "0.098, 1.268, '0.2 0.4 0.6 0.8 1.0 1.2'",
        "0, 6, '0 1 2 3 4 5 6'",
        "-1.61, 4.27, '-1 0 1 2 3 4'",
        "0.02, 0.11, '0.02 0.04 0.06 0.08 0.10'",
        "0, 1, '0.0 0.2 0.4 0.6 0.8 1.0'",
        "310, 1290, '400 600 800 1000 1200'"
    })
    void labelsAreEvenAndAlike(double low, double high, String labels) {
        ScoreBins bins = new ScoreBins(low, high, 36);
        ScorePlot plot = new ScorePlot(bins, new long[36], null, low, null, List.of());

        assertThat(plot.ticks().stream().map(tick -> Texts.label(tick, Language.EN)))
                .containsExactly(labels.split(" "));
        assertThat(plot.ticks()).allSatisfy(tick -> assertThat(tick.x()).isEqualTo(plot.x(tick.value())));
    }

    @ParameterizedTest
    @CsvSource({"0, 1e-9", "0.1, 0.7", "1, 2", "5, 77", "-3, 1e7"})
    void thereAreSomeAndNotTooMany(double low, double high) {
        ScoreBins bins = new ScoreBins(low, high, 36);

        assertThat(new ScorePlot(bins, new long[36], null, low, null, List.of()).ticks())
                .hasSizeBetween(3, 9);
    }
}
