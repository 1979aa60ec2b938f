package org.rigatino.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Shared blocks against the same sums written out as loops. */
class BlocksTest {
    private final Arrays64 arrays = new Arrays64();

    @AfterEach
    void free() {
        arrays.close();
    }

    @Test
    void transposedConvolutionIsZeroInsertionAndTheFlippedKernel() {
        NDArray x = arrays.random(2, 3, 4, 5);
        NDArray kernel = arrays.random(3, 2, 4, 4);
        NDArray y = TransposedConvolution.transpose(x, kernel);
        assertThat(y.getShape()).isEqualTo(new Shape(2, 2, 8, 10));
        double[] expected = new double[2 * 2 * 8 * 10];
        for (int n = 0; n < 2; n++) {
            for (int in = 0; in < 3; in++) {
                for (int i = 0; i < 4 * 5; i++) {
                    spread(expected, x, kernel, n, in, i / 5, i % 5);
                }
            }
        }
        Arrays64.assertClose(y.toDoubleArray(), expected, 1e-12);
    }

    /** Input pixel (row, column) reaches the outputs 2*row - 1 + k, k from 0 to 3 (the definition, padding 1). */
    private static void spread(double[] y, NDArray x, NDArray kernel, int n, int in, int row, int column) {
        double value = x.getDouble(n, in, row, column);
        for (int out = 0; out < 2; out++) {
            for (int k = 0; k < 16; k++) {
                int toRow = 2 * row - 1 + k / 4;
                int toColumn = 2 * column - 1 + k % 4;
                if (toRow >= 0 && toRow < 8 && toColumn >= 0 && toColumn < 10) {
                    y[((n * 2 + out) * 8 + toRow) * 10 + toColumn] += value * kernel.getDouble(in, out, k / 4, k % 4);
                }
            }
        }
    }

    @Test
    void instanceNormTakesEachChannelOfEachImageByItself() {
        InstanceNorm norm = arrays.filled(new InstanceNorm(2, true), 1);
        NDArray x = arrays.random(3, 2, 4, 4);
        NDArray y = norm.apply(arrays.parameters, x, true);
        for (int n = 0; n < 3; n++) {
            for (int c = 0; c < 2; c++) {
                double gamma = Arrays64.values(norm, "gamma").getDouble(c);
                double beta = Arrays64.values(norm, "beta").getDouble(c);
                double[] expected = Arrays64.normalised(x.get(n).get(c).toDoubleArray());
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = gamma * expected[i] + beta;
                }
                Arrays64.assertClose(y.get(n).get(c).toDoubleArray(), expected, 1e-9);
            }
        }
    }

    @Test
    void rectifiedInstanceNormWithoutScaleIsTheNormWithNegativesSetToZero() {
        InstanceNorm norm = new InstanceNorm(2, false);
        NDArray x = arrays.random(1, 2, 4, 4);
        NDArray y = norm.rectified(arrays.parameters, x, true);
        for (int c = 0; c < 2; c++) {
            double[] expected = Arrays64.normalised(x.get(0).get(c).toDoubleArray());
            for (int i = 0; i < expected.length; i++) {
                expected[i] = Math.max(0, expected[i]);
            }
            Arrays64.assertClose(y.get(0).get(c).toDoubleArray(), expected, 1e-9);
        }
    }

    @Test
    void convolutionToOneChannelSumsOverTheWindow() {
        Convolution convolution = arrays.filled(new Convolution(3, 1, 7, 1, 3, false), 1);
        NDArray x = arrays.random(2, 3, 5, 9);
        NDArray y = convolution.apply(arrays.parameters, x, true);
        assertThat(y.getShape()).isEqualTo(new Shape(2, 1, 5, 9));
        NDArray kernel = Arrays64.values(convolution, "weight");
        for (int at = 0; at < 2 * 5 * 9; at++) {
            double expected = 0;
            for (int tap = 0; tap < 3 * 7 * 7; tap++) {
                int row = at / 9 % 5 + tap / 7 % 7 - 3;
                int column = at % 9 + tap % 7 - 3;
                if (row >= 0 && row < 5 && column >= 0 && column < 9) {
                    expected += kernel.getDouble(0, tap / 49, tap / 7 % 7, tap % 7)
                            * x.getDouble(at / 45, tap / 49, row, column);
                }
            }
            assertThat(y.getDouble(at / 45, 0, at / 9 % 5, at % 9)).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void bfloat16RoundsToEightBitsAndLetsGradientsOfTheWeightsOwnTypePass() {
        NDArray x = arrays.random(1, 1, 2, 2);
        NDArray reduced = Arithmetic.like(Arithmetic.BFLOAT16.reduced(x), x);
        for (int i = 0; i < 4; i++) {
            double value = x.getDouble(0, 0, i / 2, i % 2);
            double step = Math.pow(2, Math.getExponent(value) - 7);
            assertThat(reduced.getDouble(0, 0, i / 2, i % 2)).isEqualTo(Math.rint(value / step) * step);
        }
        Convolution doubled = arrays.filled(new Convolution(1, 1, 1, 1, 0, false), 1);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray y = doubled.apply(arrays.parameters, Arithmetic.BFLOAT16.reduced(x), true);
            collector.backward(Arithmetic.like(y, x).sum());
        }
        NDArray gradient = Arrays64.values(doubled, "weight").getGradient();
        assertThat(gradient.getDataType()).isEqualTo(DataType.FLOAT64);
        assertThat(gradient.getDouble(0, 0, 0, 0)).isCloseTo(reduced.sum().getDouble(), within(0.02));
    }
}
