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

    /** A bright square on 200, of which the model's cells see no more than 1, drawn again as -0.2: 180. */
    private static RestoredFrame redrawn(double detail) {
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            boolean lesion = i / SIDE >= 22 && i / SIDE < 42 && i % SIDE >= 22 && i % SIDE < 42;
            values[i] = lesion ? 600 : 200 + 4 * ((i / SIDE + i % SIDE) % 2);
        }
        FrameReference reference = new FrameReference("1", "2", "3", "4", 1);
        Frame frame =
                new Frame(reference, SIDE, SIDE, values, new byte[values.length], Optional.empty(), Optional.empty());
        ModelGrid grid = ModelGrid.of(frame, Framing.WHOLE, 16);
        float[] input = new float[16 * 16];
        float[] again = new float[16 * 16];
        boolean[] region = new boolean[16 * 16];
        boolean[] foreground = new boolean[16 * 16];
        for (int i = 0; i < input.length; i++) {
            region[i] = i / 16 >= 4 && i / 16 < 12 && i % 16 >= 4 && i % 16 < 12;
            input[i] = region[i] ? 1 : 0.02f;
            again[i] = -0.2f;
            foreground[i] = true;
        }
        return new RestoredFrame(frame, grid, input, input.clone(), OptionalDouble.empty(), RANGE)
                .with(new Redrawn(again, region, foreground, detail));
    }

    @Test
    void ofARegionThatIsDrawnAgainNoOutlineIsLeft() {
        float[] drawn = redrawn(0.5).onSource();
        for (int at = 20; at < 44; at++) {
            assertThat(drawn[32 * SIDE + at]).isBetween(177f, 183f);
        }
        assertThat(drawn[32 * SIDE + 32] - 180)
                .as("not even grain, where the lesion has none")
                .isCloseTo(0, within(0.01f));
        assertThat(drawn[5 * SIDE + 5])
                .as("what is not drawn again")
                .isEqualTo(redrawn(0.5).frame().values()[5 * SIDE + 5]);
    }

    @Test
    void whatIsScoredIsDrawnOnce() {
        assertThat(redrawn(0.5).restored()).isEqualTo(redrawn(0.5).input());
        assertThat(redrawn(0.5).drawn()[8 * 16 + 8]).isEqualTo(-0.2f);
        assertThat(redrawn(0.5).drawn()[0]).isEqualTo(0.02f);
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
