package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rigatino.Slow;

@Slow
class PrincipalComponentsTest {
    private static final double[] MEAN = {1, 2, 3, 4, 5, 6};
    /** Orthonormal by construction. */
    private static final double[][] AXES = {{0.5, 0.5, 0.5, 0.5, 0, 0}, {0.5, -0.5, 0.5, -0.5, 0, 0}};

    /** Mean plus the axes times +-3 and +-1 in all combinations: variances 9 and 1. */
    private static List<float[]> planted() {
        List<float[]> rows = new ArrayList<>();
        for (double first : new double[] {3, -3}) {
            for (double second : new double[] {1, -1}) {
                rows.add(row(first, second));
            }
        }
        return rows;
    }

    private static float[] row(double first, double second) {
        float[] row = new float[MEAN.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) (MEAN[i] + first * AXES[0][i] + second * AXES[1][i]);
        }
        return row;
    }

    @Test
    void findsTheAxesThatRowsWereMadeOf() {
        PrincipalComponents found = PrincipalComponents.of(planted(), 5);
        assertThat(found.mean()).containsExactly(MEAN, within(1e-6));
        assertThat(found.variances()).hasSize(2).containsExactly(new double[] {9, 1}, within(1e-5));
        for (int axis = 0; axis < 2; axis++) {
            double along = 0;
            for (int i = 0; i < MEAN.length; i++) {
                along += found.axes().get(axis, i) * AXES[axis][i];
            }
            assertThat(Math.abs(along)).isCloseTo(1, within(1e-6));
        }
        double[] whitened = found.whitened(row(3, -1));
        assertThat(Math.abs(whitened[0])).isCloseTo(1, within(1e-5));
        assertThat(Math.abs(whitened[1])).isCloseTo(1, within(1e-5));
    }

    @Test
    void projectionKeepsWhatTheAxesHoldAndDropsTheRest() {
        PrincipalComponents found = PrincipalComponents.of(planted(), 1);
        float[] image = row(2, 7);
        image[5] += 4;
        assertThat(found.project(image)).containsExactly(row(2, 0), within(1e-5f));
    }

    @Test
    void moreRowsThanTheyAreLongGiveTheSameAxes() {
        PrincipalComponents found = PrincipalComponents.of(many(MEAN.length), 5);
        assertThat(found.variances()).hasSize(2);
        assertThat(found.variances()[0]).isCloseTo(9, within(0.5));
        assertThat(found.project(row(-4, 2))).containsExactly(row(-4, 2), within(1e-4f));
        assertThat(found.whitened(row(0, 0))).containsExactly(new double[] {0, 0}, within(0.1));
    }

    @Test
    void moreRowsThanAreLookedAtGiveTheSameAxes() {
        PrincipalComponents found = PrincipalComponents.of(many(201), 5, 200);
        assertThat(found.variances()).hasSize(2);
        float[] expected = Arrays.copyOf(row(-4, 2), 201);
        assertThat(found.project(expected)).containsExactly(expected, within(1e-4f));
    }

    /** Twenty-five hundred. @param length of each, zeros at its end */
    private static List<float[]> many(int length) {
        List<float[]> rows = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 2500; i++) {
            rows.add(Arrays.copyOf(row(3 * random.nextGaussian(), random.nextGaussian()), length));
        }
        return rows;
    }
}
