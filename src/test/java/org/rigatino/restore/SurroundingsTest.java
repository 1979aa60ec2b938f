package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
    private static final int SIDE = 32;
    private static final Offset<Float> NEAR = Offset.offset(0.01f);

    private static boolean[] where(IntPredicate cell) {
        boolean[] cells = new boolean[SIDE * SIDE];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cell.test(i);
        }
        return cells;
    }

    private static boolean inBox(int cell) {
        return cell / SIDE >= 8 && cell / SIDE < 24 && cell % SIDE >= 10 && cell % SIDE < 22;
    }

    private static float[] slope() {
        float[] slope = new float[SIDE * SIDE];
        for (int i = 0; i < slope.length; i++) {
            slope[i] = 0.02f * (i % SIDE) - 0.01f * (i / SIDE);
        }
        return slope;
    }

    @Test
    void whatGoesUpEvenlyAroundARegionGoesOnInsideWhateverWasDrawn() {
        boolean[] region = where(SurroundingsTest::inBox);
        float[] around = slope();
        for (int i = 0; i < around.length; i++) {
            around[i] = region[i] ? 0.9f : around[i];
        }
        float[] dark = new float[SIDE * SIDE];
        Arrays.fill(dark, -0.7f);
        float[] toned = new Surroundings(around, region, where(i -> true), SIDE).toned(dark, 3);
        float[] slope = slope();
        for (int i = 0; i < toned.length; i++) {
            assertThat(toned[i]).as("cell %d", i).isCloseTo(region[i] ? slope[i] : -0.7f, NEAR);
        }
    }

    @Test
    void whatIsFineInTheDrawingStays() {
        boolean[] region = where(SurroundingsTest::inBox);
        float[] drawn = new float[SIDE * SIDE];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (i / SIDE + i) % 2 == 0 ? 0.6f : 0.4f;
        }
        float[] toned = new Surroundings(new float[SIDE * SIDE], region, where(i -> true), SIDE).toned(drawn, 3);
        int middle = 16 * SIDE + 16;
        assertThat(toned[middle]).isCloseTo(0.1f, NEAR);
        assertThat(toned[middle + 1]).isCloseTo(-0.1f, NEAR);
    }

    /** Air beside a region is not what it should look like. */
    @Test
    void nothingComesFromBeyondThePatient() {
        boolean[] region = where(i -> i % SIDE < 6);
        boolean[] foreground = where(i -> i % SIDE < 8 && i / SIDE >= 4);
        for (int i = 0; i < region.length; i++) {
            region[i] &= foreground[i];
        }
        float[] around = new float[SIDE * SIDE];
        for (int i = 0; i < around.length; i++) {
            around[i] = foreground[i] ? 0.3f : -1;
        }
        float[] toned = new Surroundings(around, region, foreground, SIDE).toned(new float[SIDE * SIDE], 3);
        for (int i = 0; i < toned.length; i++) {
            assertThat(toned[i]).as("cell %d", i).isCloseTo(region[i] ? 0.3f : 0, NEAR);
        }
    }

    @Test
    void aRegionWithNothingAroundItStaysAsItWasDrawn() {
        boolean[] patient = where(SurroundingsTest::inBox);
        float[] drawn = slope();
        assertThat(new Surroundings(new float[SIDE * SIDE], patient, patient, SIDE).toned(drawn, 3))
                .isEqualTo(drawn);
    }
}
