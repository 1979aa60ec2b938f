package org.rigatino.network.sagan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rigatino.network.Arrays64;

class ReaderTest {
    private static final GeneratorShape TINY = new GeneratorShape(2, 16, 16);

    private final Arrays64 arrays = new Arrays64();

    @AfterEach
    void free() {
        arrays.close();
    }

    @Test
    void hasTheGeneratorsParametersAndAStemForAnotherChannel() {
        for (int width : new int[] {2, 16}) {
            GeneratorShape shape = new GeneratorShape(width, 64, 32);
            assertThat(Arrays64.count(new Reader(shape)) - Arrays64.count(new Generator(shape)))
                    .isEqualTo(width * 7 * 7);
        }
    }

    @Test
    void seesEachImageAndThenWhatTheDrawingLeavesOfIt() {
        float[] images = {1, 2, 3, 4, 5, 6, 7, 8};
        float[] drawn = {0, 0, 1, 1, 5, 5, 5, 9};
        assertThat(Reader.input(images, drawn, 2)).containsExactly(1, 2, 3, 4, 1, 2, 2, 3, 5, 6, 7, 8, 0, 1, 2, -1);
    }

    @Test
    void whatIsLostIsTheCrossEntropyOfItsLogits() {
        Reader reader = arrays.filled(new Reader(TINY), 1);
        NDArray x = arrays.random(2, 2, 16, 16);
        NDArray lesion = arrays.random(2, 1, 16, 16).gt(0).toType(x.getDataType(), true);
        NDArray logits = reader.apply(arrays.parameters, x, true);
        assertThat(logits.getShape()).isEqualTo(new Shape(2, 1, 16, 16));
        double[] z = logits.toDoubleArray();
        double[] t = lesion.toDoubleArray();
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            double p = 1 / (1 + Math.exp(-z[i]));
            sum -= (t[i] * Math.log(p) + (1 - t[i]) * Math.log(1 - p)) / z.length;
        }
        assertThat(reader.loss(arrays.parameters, x, lesion).getDouble()).isCloseTo(sum, within(1e-9));
    }

    @Test
    void probabilitiesEndAtNoneAndAtOne() {
        assertThat(Reader.probabilities(new float[] {0, -1000, 1000, 2}))
                .containsExactly(0.5f, 0, 1, (float) (1 / (1 + Math.exp(-2))));
        assertThat(Reader.probabilities(new float[] {Float.NaN})[0])
                .as("told, where it is looked at")
                .isNaN();
    }

    /** Two images of four patches: what was cut is found again, channel by channel. */
    @Test
    void patchesKeepTheirChannels() {
        NDArray images = arrays.random(2, 3, 8, 8);
        NDArray patches = Patches.cut(images, 4);
        assertThat(patches.getShape()).isEqualTo(new Shape(8, 3, 4, 4));
        for (int i = 0; i < 2 * 3 * 64; i++) {
            int image = i / 192;
            int channel = i / 64 % 3;
            int row = i / 8 % 8;
            int column = i % 8;
            int patch = image * 4 + row / 4 * 2 + column / 4;
            assertThat(patches.getDouble(patch, channel, row % 4, column % 4))
                    .isEqualTo(images.getDouble(image, channel, row, column));
        }
    }
}
