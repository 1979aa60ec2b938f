package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalisationTest {
    private static final float[] GRID = {0, 0, 0, 10, 12, 14, 16, 90};

    @Test
    void momentsAreThoseOfTheForeground() {
        Normalisation.Normalised normalised =
                new Normalisation(Normalisation.Statistics.MOMENTS, -4, 4, 0.1).apply(GRID, Float.NEGATIVE_INFINITY);
        assertThat(normalised.foreground()).containsExactly(false, false, false, true, true, true, true, true);
        double mean = 28.4;
        double deviation = Math.sqrt((18.4 * 18.4 + 16.4 * 16.4 + 14.4 * 14.4 + 12.4 * 12.4 + 61.6 * 61.6) / 5);
        assertThat(normalised.values()[3]).isCloseTo((float) ((10 - mean) / deviation / 4), within(1e-6f));
        assertThat(normalised.values()[7]).isCloseTo((float) ((90 - mean) / deviation / 4), within(1e-6f));
    }

    @Test
    void quartilesOfTheForegroundHardlyFeelAnOutlierAndTheWindowIsClipped() {
        Normalisation.Normalised normalised =
                new Normalisation(Normalisation.Statistics.QUARTILES, -1, 3, 0.1).apply(GRID, Float.NEGATIVE_INFINITY);
        double spread = (16 - 12) / 1.349;
        assertThat(normalised.values()[5]).isCloseTo(-0.5f, within(1e-6f));
        assertThat(normalised.values()[6]).isCloseTo((float) ((2 / spread + 1) / 2 - 1), within(1e-6f));
        assertThat(normalised.values()[0]).isEqualTo(-1);
        assertThat(normalised.values()[7]).isEqualTo(1);
    }

    @Test
    void aBlankImageIsZeroEverywhere() {
        for (Normalisation.Statistics statistics : Normalisation.Statistics.values()) {
            assertThat(new Normalisation(statistics, -1, 3, 0.1)
                            .apply(new float[4], Float.NEGATIVE_INFINITY)
                            .values())
                    .containsOnly(0);
        }
    }

    @Test
    void aWindowUpsideDownIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Normalisation(Normalisation.Statistics.QUARTILES, 3, -1, 0.1))
                .withMessageContaining("low below high");
    }
}
