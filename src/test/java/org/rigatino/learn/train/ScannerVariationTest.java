package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScannerVariationTest {
    private static final int SIDE = 64;
    private final TrainingImage image = Waves.images(SIDE).get(0);

    private static float median(TrainingImage image) {
        float[] inside = new float[image.values().length];
        int[] cells = IntStream.range(0, inside.length)
                .filter(i -> image.foreground()[i])
                .toArray();
        for (int i = 0; i < cells.length; i++) {
            inside[i] = image.values()[cells[i]];
        }
        Arrays.sort(inside, 0, cells.length);
        return inside[cells.length / 2];
    }

    @Test
    void changesThePatientWithinTheRangeAndLeavesAirAndTheOriginalAlone() {
        float[] before = image.values().clone();
        for (int seed = 0; seed < 50; seed++) {
            TrainingImage varied = ScannerVariation.apply(image, SIDE, new SplittableRandom(seed));
            assertThat(varied.foreground()).isEqualTo(image.foreground());
            for (int i = 0; i < before.length; i++) {
                assertThat(varied.values()[i]).isBetween(-1f, 1f);
                assertThat(image.foreground()[i] || varied.values()[i] == before[i])
                        .isTrue();
            }
        }
        assertThat(image.values()).isEqualTo(before);
    }

    @Test
    void putsTheCentreBackWhereTheNormalisationHasIt() {
        for (int seed = 0; seed < 50; seed++) {
            TrainingImage varied = ScannerVariation.apply(image, SIDE, new SplittableRandom(seed));
            assertThat(median(varied)).isCloseTo(median(image), within(0.12f));
        }
    }

    @Test
    void isFixedByTheSeedAlone() {
        TrainingImage one = ScannerVariation.apply(image, SIDE, new SplittableRandom(3));
        assertThat(ScannerVariation.apply(image, SIDE, new SplittableRandom(3)).values())
                .isEqualTo(one.values());
        assertThat(ScannerVariation.apply(image, SIDE, new SplittableRandom(4)).values())
                .isNotEqualTo(one.values());
    }

    @Test
    void anImageOfNothingButAirStaysAsItIs() {
        TrainingImage air = new TrainingImage(new float[SIDE * SIDE], new boolean[SIDE * SIDE]);
        for (int seed = 0; seed < 20; seed++) {
            assertThat(ScannerVariation.apply(air, SIDE, new SplittableRandom(seed))
                            .values())
                    .isEqualTo(air.values());
        }
    }
}
