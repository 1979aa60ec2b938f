package org.rigatino.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Releases;

class ThoraxTest {
    private static final int SIZE = 64;

    @ParameterizedTest
    @CsvSource({
        "right lung, 0.30, 0.50, true",
        "left lung, 0.70, 0.50, true",
        "right apex, 0.36, 0.16, true",
        "left apex, 0.64, 0.16, true",
        "right costophrenic angle, 0.12, 0.82, true",
        "left costophrenic angle, 0.88, 0.82, true",
        "heart, 0.55, 0.65, true",
        "below the diaphragm, 0.50, 0.90, true",
        "neck, 0.50, 0.03, false",
        "right shoulder, 0.10, 0.10, false",
        "left shoulder, 0.90, 0.10, false",
        "right axilla, 0.08, 0.30, false",
        "left axilla, 0.92, 0.30, false",
        "right arm, 0.02, 0.55, false",
        "left arm, 0.98, 0.55, false",
        "below the picture's chest, 0.50, 0.98, false",
    })
    void showsTheChestAndNotWhatLiesAround(String place, double x, double y, boolean shown) {
        float[] map = new float[SIZE * SIZE];
        int cell = (int) (y * SIZE) * SIZE + (int) (x * SIZE);
        map[cell] = 5;

        assertThat(Thorax.within(map, gray(), SIZE)[cell]).as(place).isEqualTo(shown ? 5 : 0);
    }

    @Test
    void bothSidesAreShownAlike() {
        float[] map = new float[SIZE * SIZE];
        Arrays.fill(map, 1);
        float[] within = Thorax.within(map, gray(), SIZE);
        for (int cell = 0; cell < map.length; cell++) {
            assertThat(within[cell]).isEqualTo(within[cell - cell % SIZE + SIZE - 1 - cell % SIZE]);
        }
    }

    @Test
    void whatIsBlackFromTheEdgeOnIsNotShownAndABlackLungIs() {
        float[] map = new float[SIZE * SIZE];
        Arrays.fill(map, 1);
        float[] input = gray();
        Arrays.fill(input, 50 * SIZE, SIZE * SIZE, -0.95f);
        int collimated = 55 * SIZE + 32;
        int lung = 30 * SIZE + 20;
        input[lung] = -1;

        float[] within = Thorax.within(map, input, SIZE);

        assertThat(within[collimated]).isZero();
        assertThat(within[lung]).isEqualTo(1);
        assertThat(within[45 * SIZE + 32]).isEqualTo(1);
    }

    /** One black corner. */
    private static float[] gray() {
        float[] input = new float[SIZE * SIZE];
        input[0] = -1;
        return input;
    }

    @Test
    void isAskedOfReleasesForFrontalChestsAlone() throws IOException {
        for (ModelRelease release : Releases.shipped()) {
            assertThat(Thorax.isShownBy(release.file()))
                    .as(release.name())
                    .isEqualTo(release.name().startsWith("chest-xray"));
        }
    }
}
