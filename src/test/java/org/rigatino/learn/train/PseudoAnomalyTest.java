package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.restore.Redrawing;

class PseudoAnomalyTest {
    private static final int SIDE = 32;

    /** A textured disc on black. */
    private static TrainingImage image(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[SIDE * SIDE];
        boolean[] foreground = new boolean[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            foreground[i] = Math.hypot(i / SIDE - 15.5, i % SIDE - 15.5) < 13;
            values[i] = foreground[i] ? (float) random.nextDouble(-0.5, 0.5) : -1;
        }
        return new TrainingImage(values, foreground);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "coarse-noise",
                "blend",
                "intensity",
                "lesions",
                "holes",
                "texture",
                "deformation",
                "intensity,texture"
            })
    void everyKindChangesAnImageWithinItsRangeAndLeavesTheOriginalAlone(String names) {
        PseudoAnomaly anomaly = PseudoAnomaly.named(names, 0.4);
        TrainingImage image = image(1);
        float[] before = image.values().clone();
        for (int seed = 0; seed < 20; seed++) {
            float[] changed = anomaly.apply(image, image(2), SIDE, new SplittableRandom(seed));
            assertThat(changed).hasSize(SIDE * SIDE).isNotEqualTo(before);
            for (float value : changed) {
                assertThat(value).isBetween(-1f, 1f);
            }
            assertThat(anomaly.apply(image, image(2), SIDE, new SplittableRandom(seed)))
                    .isEqualTo(changed);
        }
        assertThat(image.values()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"coarse-noise", "intensity", "lesions", "holes", "texture"})
    void nothingChangesOutsideThePatient(String name) {
        TrainingImage image = image(1);
        for (int seed = 0; seed < 20; seed++) {
            float[] changed = PseudoAnomaly.named(name, 0.4).apply(image, image(2), SIDE, new SplittableRandom(seed));
            for (int i = 0; i < changed.length; i++) {
                assertThat(image.foreground()[i] || changed[i] == -1).isTrue();
            }
        }
    }

    @Test
    void intensityMovesAllOfItsRegionTheSameWay() {
        TrainingImage image = image(1);
        for (int seed = 0; seed < 20; seed++) {
            float[] changed = new Intensity().apply(image, image(2), SIDE, new SplittableRandom(seed));
            boolean brighter = false;
            boolean darker = false;
            for (int i = 0; i < changed.length; i++) {
                brighter |= changed[i] > image.values()[i];
                darker |= changed[i] < image.values()[i];
            }
            assertThat(brighter ^ darker).isTrue();
        }
    }

    @Test
    void nothingIsLeftOfTheImageInAHole() {
        TrainingImage image = image(1);
        for (int seed = 0; seed < 20; seed++) {
            float[] changed = new Holes().apply(image, image(2), SIDE, new SplittableRandom(seed));
            int blank = 0;
            for (float value : changed) {
                blank += value == Redrawing.BLANK ? 1 : 0;
            }
            assertThat(blank).isPositive();
        }
    }

    @Test
    void noneLeavesAnImageAsItIs() {
        TrainingImage image = image(1);
        assertThat(PseudoAnomaly.named("none", 0.4).apply(image, image(2), SIDE, new SplittableRandom(1)))
                .isEqualTo(image.values())
                .isNotSameAs(image.values());
    }

    @Test
    void anUnknownKindIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PseudoAnomaly.named("coarse-noise,cutpaste", 0.4))
                .withMessageContaining("cutpaste");
    }

    @Test
    void aMovedImageShowsWhatWasBesideIt() {
        TrainingImage image = image(3);
        TrainingImage moved = image.moved(SIDE, 2, -1, 1);
        assertThat(moved.values()[10 * SIDE + 10]).isCloseTo(image.values()[8 * SIDE + 11], within(1e-6f));
        assertThat(moved.foreground()[10 * SIDE + 10]).isEqualTo(image.foreground()[8 * SIDE + 11]);
        assertThat(image.moved(SIDE, 0, 0, 1).values()[200]).isCloseTo(image.values()[200], within(1e-6f));
    }
}
