package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.Framing;
import org.rigatino.image.ModelGrid;

class RestoredFrameTest {
    private static final int SIDE = 64;
    private static final ValueRange RANGE = new ValueRange(100, 300);

    private static float[] onSource(float seen, float drawn, float value) {
        float[] values = new float[SIDE * SIDE];
        Arrays.fill(values, value);
        values[0] = value - 1;
        FrameReference reference = new FrameReference("1", "2", "3", "4", 1);
        Frame frame =
                new Frame(reference, SIDE, SIDE, values, new byte[values.length], Optional.empty(), Optional.empty());
        ModelGrid grid = ModelGrid.of(frame, Framing.WHOLE, 16);
        float[] input = new float[16 * 16];
        float[] restored = new float[16 * 16];
        Arrays.fill(input, seen);
        Arrays.fill(restored, drawn);
        return new RestoredFrame(frame, grid, input, restored, OptionalDouble.empty(), RANGE).onSource();
    }

    @Test
    void whatTheModelLeavesIsTheSourceItself() {
        assertThat(onSource(0.2f, 0.2f, 220)[70]).isEqualTo(220);
        assertThat(onSource(1, 1, 900)[70])
                .as("brighter than the model tells apart")
                .isEqualTo(900);
        assertThat(onSource(-1, -1, 3)[70])
                .as("darker than the model tells apart")
                .isEqualTo(3);
    }

    @Test
    void aChangeIsMadeInTheUnitsOfTheSource() {
        assertThat(onSource(0.5f, 0f, 250)[70]).isCloseTo(200, within(1e-3f));
    }

    @Test
    void whatIsBrighterThanTheModelTellsApartGoesWithTheLesion() {
        assertThat(onSource(1, 0, 900)[70]).isCloseTo(200, within(1e-3f));
    }
}
