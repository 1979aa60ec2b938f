package org.rigatino.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.learn.metric.Bootstrap;

class LesionBrightnessTest {
    private static final int SIDE = 40;
    private static final int SIZE = 6;

    private static float[] box(int row, int column, float lesion, float around) {
        float[] values = new float[SIDE * SIDE];
        Arrays.fill(values, around);
        for (int i = 0; i < SIZE * SIZE; i++) {
            values[(row + i / SIZE) * SIDE + column + i % SIZE] = lesion;
        }
        return values;
    }

    private static boolean[] mask(int row, int column) {
        float[] box = box(row, column, 1, 0);
        boolean[] mask = new boolean[box.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = box[i] > 0;
        }
        return mask;
    }

    @ParameterizedTest
    @CsvSource({"10, 10, 60, 0.2", "0, 0, 50, 0", "34, 34, 100, 1", "34, 0, 45, -0.1", "0, 34, 75, 0.5"})
    void theShareIsOfTheLesionOverWhatIsAroundIt(int row, int column, float drawn, double kept) {
        LesionBrightness lesions = new LesionBrightness(1);
        lesions.add(0, box(row, column, 100, 50), box(row, column, drawn, 50), mask(row, column), SIDE);
        assertThat(lesions.kept(new Bootstrap(1, 2, 1)).value()).isCloseTo(kept, within(1e-6));
    }

    /** Darker all over is no lesion less, and what lies far away says nothing. */
    @Test
    void itIsNoMatterHowBrightTheRestIs() {
        float[] image = box(10, 10, 100, 50);
        float[] restored = box(10, 10, 45, 20);
        Arrays.fill(image, 30 * SIDE, 40 * SIDE, 250);
        Arrays.fill(restored, 30 * SIDE, 40 * SIDE, 0);
        LesionBrightness lesions = new LesionBrightness(1);
        lesions.add(0, image, restored, mask(10, 10), SIDE);
        assertThat(lesions.kept(new Bootstrap(1, 2, 1)).value()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void withoutALesionThereIsNothingToMeasure() {
        LesionBrightness lesions = new LesionBrightness(1);
        float[] flat = box(0, 0, 50, 50);
        lesions.add(0, flat, flat, new boolean[flat.length], SIDE);
        assertThat(lesions.kept(new Bootstrap(1, 2, 1)).present()).isFalse();
    }
}
