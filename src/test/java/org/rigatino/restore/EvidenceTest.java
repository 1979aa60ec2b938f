package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final Scoring BRIGHTER = new Scoring(Scoring.Sign.BRIGHTER, 0, 0.1, 1);
    private static final float[] INPUT = {1, 0.5f, 0, -1};
    private static final float[] SPREAD = {0.25f, 0.5f, 0.5f, 0.5f};

    private static float[] map(Optional<float[]> reading) {
        return Evidence.of(INPUT, new float[4], reading, BRIGHTER, 2).map(SPREAD, BRIGHTER, 0);
    }

    @Test
    void withoutAReaderTheMapIsOfDifferencesAlone() {
        assertThat(map(Optional.empty())).containsExactly(4, 1, 0, 0);
    }

    @Test
    void whatDepartsCountsAsFarAsItIsReadAsALesion() {
        float[] reading = {0.25f, 1, 1, 1};
        assertThat(map(Optional.of(reading))).containsExactly(1, 1, 0, 0);
        assertThat(map(Optional.of(new float[] {0, 0.5f, 0.5f, 0.5f}))).containsExactly(0, 0.5f, 0, 0);
        assertThat(reading).as("left as it was").containsExactly(0.25f, 1, 1, 1);
    }
}
