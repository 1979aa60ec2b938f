package org.rigatino.network.sagan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rigatino.network.Arrays64;

/** The method's own blocks against the same sums written out as loops. */
class BlocksTest {
    private final Arrays64 arrays = new Arrays64();

    @AfterEach
    void free() {
        arrays.close();
    }

    @Test
    void attentionGateScalesAllChannelsOfTheSkipAlike() {
        AttentionGate gate = arrays.filled(new AttentionGate(4), 1);
        NDArray decoder = arrays.random(1, 4, 3, 3);
        NDArray skip = arrays.random(1, 4, 3, 3);
        double[][] g = mixedAndNormalised(gate, "fromGate", decoder);
        double[][] s = mixedAndNormalised(gate, "fromSkip", skip);
        NDArray attention = Arrays64.values(gate, "attention_weight");
        double bias = Arrays64.values(gate, "attention_bias").getDouble(0);
        double[] expected = new double[4 * 9];
        for (int i = 0; i < 9; i++) {
            double logit = bias;
            for (int inner = 0; inner < 2; inner++) {
                logit += attention.getDouble(0, inner, 0, 0) * Math.max(0, g[inner][i] + s[inner][i]);
            }
            for (int c = 0; c < 4; c++) {
                expected[c * 9 + i] = skip.getDouble(0, c, i / 3, i % 3) / (1 + Math.exp(-logit));
            }
        }
        NDArray y = gate.apply(arrays.parameters, decoder, skip, true);
        Arrays64.assertClose(y.toDoubleArray(), expected, 1e-9);
    }

    private static double[][] mixedAndNormalised(AttentionGate gate, String name, NDArray x) {
        NDArray weight = Arrays64.values(gate, name + "_weight");
        NDArray bias = Arrays64.values(gate, name + "_bias");
        double[][] mixed = new double[2][9];
        for (int out = 0; out < 2; out++) {
            for (int i = 0; i < 9; i++) {
                mixed[out][i] = bias.getDouble(out);
                for (int in = 0; in < 4; in++) {
                    mixed[out][i] += weight.getDouble(out, in, 0, 0) * x.getDouble(0, in, i / 3, i % 3);
                }
            }
            mixed[out] = Arrays64.normalised(mixed[out]);
        }
        return mixed;
    }

    @Test
    void positionIsThePatchIndexInBinaryMostSignificantBitFirst() {
        PositionBlock block = new PositionBlock(2, 3, 4);
        NDArray encoding = block.encoding(arrays.random(8, 2, 5, 5));
        assertThat(encoding.getShape()).isEqualTo(new Shape(8, 3, 5, 5));
        double[][] bits = {{0, 0, 0}, {0, 0, 1}, {0, 1, 0}, {0, 1, 1}, {0, 0, 0}, {0, 0, 1}, {0, 1, 0}, {0, 1, 1}};
        for (int n = 0; n < 8; n++) {
            for (int bit = 0; bit < 3; bit++) {
                assertThat(encoding.get(n).get(bit).toDoubleArray()).containsOnly(bits[n][bit]);
            }
        }
    }

    @Test
    void positionIsMixedInBeforeTheNorm() {
        PositionBlock block = arrays.filled(new PositionBlock(2, 3, 4), 1);
        NDArray one = arrays.random(1, 2, 4, 4);
        NDArray features = one.concat(one).concat(one).concat(one);
        NDArray mixed = features.concat(block.encoding(features), 1);
        NDArray weight = Arrays64.values(block, "mix_weight");
        NDArray bias = Arrays64.values(block, "mix_bias");
        for (int out = 0; out < 2; out++) {
            double[] expected = new double[16];
            for (int i = 0; i < 16; i++) {
                expected[i] = bias.getDouble(out);
                for (int in = 0; in < 5; in++) {
                    expected[i] += weight.getDouble(out, in, 0, 0) * mixed.getDouble(3, in, i / 4, i % 4);
                }
            }
            expected = Arrays.stream(Arrays64.normalised(expected))
                    .map(v -> Math.max(0, v))
                    .toArray();
            NDArray y = block.apply(arrays.parameters, features, true).get(3).get(out);
            Arrays64.assertClose(y.toDoubleArray(), expected, 1e-9);
        }
    }

    @Test
    void thePublishedPositionIsTakenBackByItsNorm() {
        PositionBlock block = arrays.filled(new PositionBlock(2, 3, 4), 1);
        NDArray y = block.apply(arrays.parameters, fourAlike(), true);
        assertThat(y.max().getDouble()).isPositive();
        for (int patch = 1; patch < 4; patch++) {
            Arrays64.assertClose(y.get(patch).toDoubleArray(), y.get(0).toDoubleArray(), 1e-9);
        }
    }

    @Test
    void theSpokenPositionIsHeardInEqualPatches() {
        CoordinateBlock block = arrays.filled(new CoordinateBlock(2, 2), 1);
        NDArray y = block.apply(arrays.parameters, fourAlike(), true);
        for (int patch = 1; patch < 4; patch++) {
            assertThat(y.get(patch).sub(y.get(patch - 1)).abs().max().getDouble())
                    .isGreaterThan(0.01);
        }
    }

    /** Where there is one patch alone and all of it alike, a cell has nothing but its place to be told apart by. */
    @Test
    void theSpokenPositionIsHeardWithinAPatch() {
        NDArray blank = arrays.manager.ones(new Shape(1, 2, 4, 4)).toType(DataType.FLOAT64, false);
        PositionBlock published = arrays.filled(new PositionBlock(2, 3, 1), 1);
        assertThat(published.apply(arrays.parameters, blank, true).toDoubleArray())
                .containsOnly(0);
        CoordinateBlock spoken = arrays.filled(new CoordinateBlock(2, 1), 1);
        double[] y = spoken.apply(arrays.parameters, blank, true).toDoubleArray();
        assertThat(Arrays.stream(y).filter(value -> value > 0).distinct().count())
                .isGreaterThan(4);
    }

    private NDArray fourAlike() {
        NDArray one = arrays.random(1, 2, 4, 4);
        return one.concat(one).concat(one).concat(one);
    }

    @Test
    void coordinatesAreThoseOfCellsInTheWholeImage() {
        NDArray coordinates = new CoordinateBlock(2, 2).coordinates(arrays.random(8, 2, 2, 3));
        assertThat(coordinates.getShape()).isEqualTo(new Shape(4, 2, 2, 3));
        double[] y = {-0.75, -0.25, 0.25, 0.75};
        double[] x = {-5 / 6.0, -0.5, -1 / 6.0, 1 / 6.0, 0.5, 5 / 6.0};
        for (int i = 0; i < 4 * 6; i++) {
            int row = i / 6;
            int column = i % 6;
            long patch = 2 * (row / 2) + column / 3;
            assertThat(coordinates.getDouble(patch, 0, row % 2, column % 3)).isEqualTo(y[row]);
            assertThat(coordinates.getDouble(patch, 1, row % 2, column % 3)).isCloseTo(x[column], within(1e-6));
        }
    }

    @Test
    void coordinatesAreAddedBehindTheNorm() {
        CoordinateBlock block = arrays.filled(new CoordinateBlock(2, 2), 1);
        NDArray features = arrays.random(8, 2, 2, 2);
        NDArray coordinates = block.coordinates(features);
        NDArray y = block.apply(arrays.parameters, features, true);
        NDArray mix = Arrays64.values(block, "mix_weight");
        NDArray place = Arrays64.values(block, "place_weight");
        NDArray bias = Arrays64.values(block, "place_bias");
        for (int i = 0; i < 8 * 2; i++) {
            int n = i / 2;
            int out = i % 2;
            double[] expected = new double[4];
            for (int cell = 0; cell < 4; cell++) {
                for (int in = 0; in < 2; in++) {
                    expected[cell] += mix.getDouble(out, in, 0, 0) * features.getDouble(n, in, cell / 2, cell % 2);
                }
            }
            expected = Arrays64.normalised(expected);
            for (int cell = 0; cell < 4; cell++) {
                double told = bias.getDouble(out);
                for (int axis = 0; axis < 2; axis++) {
                    told += place.getDouble(out, axis, 0, 0) * coordinates.getDouble(n % 4, axis, cell / 2, cell % 2);
                }
                expected[cell] = Math.max(0, expected[cell] + told);
            }
            Arrays64.assertClose(y.get(n).get(out).toDoubleArray(), expected, 1e-6);
        }
    }

    @Test
    void positionsThatAreNotKnownAreRefused() {
        for (Position position : Position.values()) {
            assertThat(Position.of(position.code())).isEqualTo(position);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Position.of(3))
                .withMessageContainingAll("position 3", "0 (none), 1 (published), 2 (spoken)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Position.named("silent"))
                .withMessage("--position is silent: it is none, published, spoken");
    }

    @Test
    void patchesAreCutRowMajorAndTiledBack() {
        NDArray images = arrays.random(2, 1, 4, 6).concat(arrays.random(2, 1, 2, 6), 2);
        NDArray patches = Patches.cut(images, 2);
        assertThat(patches.getShape()).isEqualTo(new Shape(18, 1, 2, 2));
        // the sixth patch of the second image lies in its second row of patches, third column
        assertThat(patches.getDouble(9 + 5, 0, 1, 0)).isEqualTo(images.getDouble(1, 0, 3, 4));
        assertThat(Patches.tile(patches, 6).toDoubleArray()).containsExactly(images.toDoubleArray());
    }

    @Test
    void generatorLeavesMaskedPixelsToTheImage() {
        Generator generator = arrays.filled(new Generator(new GeneratorShape(2, 32, 16)), 0.3);
        NDArray x = arrays.random(1, 1, 32, 32);
        NDArray none = generator.applyMasked(arrays.parameters, x, x.zerosLike());
        Arrays64.assertClose(none.toDoubleArray(), x.mul(2).tanh().toDoubleArray(), 1e-12);
        NDArray all = generator.applyMasked(arrays.parameters, x, x.onesLike());
        NDArray plain = generator.apply(arrays.parameters, x, false);
        Arrays64.assertClose(all.toDoubleArray(), plain.toDoubleArray(), 1e-12);
        assertThat(plain.sub(x).abs().max().getDouble()).isPositive();
    }

    @Test
    void sidesThatPatchesDoNotDivideAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GeneratorShape(16, 72, 32))
                .withMessageContaining("72");
    }

    @Test
    void largerGridsGetMorePositionBits() {
        assertThat(new GeneratorShape(16, 64, 32).positionBits()).isEqualTo(3);
        assertThat(new GeneratorShape(16, 128, 32).positionBits()).isEqualTo(4);
        assertThat(new GeneratorShape(16, 160, 32).positionBits()).isEqualTo(5);
    }
}
