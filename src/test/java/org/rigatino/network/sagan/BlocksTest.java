package org.rigatino.network.sagan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
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
    void positionChangesWhatIsMadeOfEqualPatches() {
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
            expected = java.util.Arrays.stream(Arrays64.normalised(expected))
                    .map(v -> Math.max(0, v))
                    .toArray();
            NDArray y = block.apply(arrays.parameters, features, true).get(3).get(out);
            Arrays64.assertClose(y.toDoubleArray(), expected, 1e-9);
        }
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
