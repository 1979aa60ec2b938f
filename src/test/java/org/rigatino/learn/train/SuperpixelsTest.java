package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuperpixelsTest {
    private static final int SIDE = 64;
    private static final double NOISE = 0.02;

    /** A disc of two halves on black. */
    private static float[] disc() {
        Random random = new Random(1);
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = level(i) + (float) (NOISE * random.nextGaussian());
        }
        return values;
    }

    private static float level(int i) {
        boolean inside = Math.hypot(i / SIDE - 32, i % SIDE - 32) < 25;
        return inside ? i % SIDE < 32 ? 0.2f : 0.6f : -0.8f;
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 100, 200, 400})
    void everyPixelLiesInOneConnectedSuperpixelAndTheyAreAboutAsManyAsAskedFor(int segments) {
        int[] labels = new Superpixels(segments, 0.2).labels(disc(), SIDE);
        int[] distinct = Arrays.stream(labels).distinct().sorted().toArray();
        assertThat(distinct[0]).isZero();
        assertThat(distinct[distinct.length - 1]).isEqualTo(distinct.length - 1);
        assertThat(distinct.length).isBetween(segments * 4 / 5, segments * 5 / 4);
        assertThat(connectedRegions(labels)).isEqualTo(distinct.length);
    }

    /** Connected with all eight neighbours. */
    private static int connectedRegions(int[] labels) {
        boolean[] seen = new boolean[labels.length];
        int regions = 0;
        for (int start = 0; start < labels.length; start++) {
            if (!seen[start]) {
                regions++;
                flood(labels, start, seen);
            }
        }
        return regions;
    }

    private static void flood(int[] labels, int start, boolean[] seen) {
        Deque<Integer> open = new ArrayDeque<>();
        open.push(start);
        seen[start] = true;
        while (!open.isEmpty()) {
            int at = open.pop();
            for (int k = 0; k < 9; k++) {
                int row = at / SIDE + k / 3 - 1;
                int column = at % SIDE + k % 3 - 1;
                int next = row * SIDE + column;
                if (row >= 0
                        && row < SIDE
                        && column >= 0
                        && column < SIDE
                        && !seen[next]
                        && labels[next] == labels[at]) {
                    seen[next] = true;
                    open.push(next);
                }
            }
        }
    }

    @Test
    void boundariesAreRespected() {
        float[] values = disc();
        boolean[] foreground = new boolean[values.length];
        TrainingImage si = new Superpixels(200, 0.2).image(new TrainingImage(values, foreground), SIDE);
        double wrong = 0;
        for (int i = 0; i < values.length; i++) {
            wrong += Math.abs(si.values()[i] - level(i)) > 5 * NOISE ? 1 : 0;
        }
        assertThat(wrong / values.length).isLessThan(0.01);
    }

    @Test
    void everyPixelHasTheMeanOfItsSuperpixel() {
        float[] values = disc();
        Superpixels superpixels = new Superpixels(100, 0.2);
        int[] labels = superpixels.labels(values, SIDE);
        float[] si = superpixels
                .image(new TrainingImage(values, new boolean[values.length]), SIDE)
                .values();
        double sum = 0;
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (labels[i] == labels[2000]) {
                sum += values[i];
                count++;
                assertThat(si[i]).isEqualTo(si[2000]);
            }
        }
        assertThat((double) si[2000]).isCloseTo(sum / count, within(1e-6));
    }

    @Test
    void theSameImageGivesTheSameSuperpixelsAndIsLeftAsItWas() {
        Superpixels superpixels = new Superpixels(200, 0.2);
        float[] values = disc();
        assertThat(superpixels.labels(values, SIDE)).isEqualTo(superpixels.labels(values, SIDE));
        assertThat(values).isEqualTo(disc());
    }

    @Test
    void moreSegmentsThanPixelsCanCarryAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Superpixels(2000, 0.2).labels(disc(), SIDE))
                .withMessageContainingAll("2000", "quarter");
    }

    @Test
    void aPatchOfTheImageIsPastedElsewhereOnItsSuperpixelImage() {
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        float[] means = new float[values.length];
        Arrays.fill(means, -1);
        TrainingImage proxy = new TrainingImage(means, new boolean[means.length]);
        TrainingImage image = new TrainingImage(values, new boolean[values.length]);
        SplittableRandom random = new SplittableRandom(3);
        for (int n = 0; n < 2; n++) {
            float[] pseudo = new PastedPatch().apply(proxy, image, SIDE, random);
            int shift = 0;
            int pasted = 0;
            for (int i = 0; i < pseudo.length; i++) {
                if (pseudo[i] >= 0) {
                    shift = pasted == 0 ? (int) pseudo[i] - i : shift;
                    assertThat((int) pseudo[i] - i).isEqualTo(shift);
                    pasted++;
                }
            }
            assertThat(shift).isNotZero();
            assertThat(pasted).isBetween(36, 26 * 26);
        }
        assertThat(means).containsOnly(-1);
    }
}
