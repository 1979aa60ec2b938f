package org.rigatino.network.proxyano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.network.Arrays64;

/** The memory against the same sums written out as loops, and what the modules let pass. */
class ProxyAnoTest {
    private static final int SLOTS = 6;
    private static final int CHANNELS = 4;

    private final Arrays64 arrays = new Arrays64();

    @AfterEach
    void free() {
        arrays.close();
    }

    /** Softmax of sharpened cosines, what is below the threshold to 0, and the rest to a sum of 1 again. */
    private static double[] addressing(double[] feature, double[][] slots, double threshold, double sharpness) {
        double[] weights = new double[SLOTS];
        double sum = 0;
        for (int m = 0; m < SLOTS; m++) {
            double dot = 0;
            double own = 0;
            double other = 0;
            for (int c = 0; c < CHANNELS; c++) {
                dot += feature[c] * slots[m][c];
                own += feature[c] * feature[c];
                other += slots[m][c] * slots[m][c];
            }
            weights[m] = Math.exp(sharpness * dot / Math.sqrt(own * other));
            sum += weights[m];
        }
        double kept = 0;
        for (int m = 0; m < SLOTS; m++) {
            weights[m] = weights[m] / sum > threshold ? weights[m] / sum : 0;
            kept += weights[m];
        }
        for (int m = 0; m < SLOTS; m++) {
            weights[m] /= kept;
        }
        return weights;
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.6, 1", "1, 1", "0, 10", "0.6, 10"})
    void memoryMixesTheSlotsThatResembleAFeature(double shrinkage, double sharpness) {
        Memory memory = arrays.filled(new Memory(SLOTS, CHANNELS, shrinkage, sharpness), 1);
        NDArray x = arrays.random(2, CHANNELS, 3, 5);
        NDArray stored = Arrays64.values(memory, "slots");
        double[][] slots = new double[SLOTS][];
        for (int m = 0; m < SLOTS; m++) {
            slots[m] = stored.get(m).toDoubleArray();
        }
        NDArray address = memory.address(arrays.parameters, x, true);
        NDArray read = memory.apply(arrays.parameters, x, true);
        assertThat(read.getShape()).isEqualTo(x.getShape());
        double entropy = 0;
        int silent = 0;
        for (int place = 0; place < 30; place++) {
            int n = place / 15;
            int row = place % 15 / 5;
            int column = place % 5;
            double[] feature = new double[CHANNELS];
            for (int c = 0; c < CHANNELS; c++) {
                feature[c] = x.getDouble(n, c, row, column);
            }
            double[] weights = addressing(feature, slots, shrinkage / SLOTS, sharpness);
            Arrays64.assertClose(address.get(place).toDoubleArray(), weights, 1e-6);
            for (int c = 0; c < CHANNELS; c++) {
                double mixed = 0;
                for (int m = 0; m < SLOTS; m++) {
                    mixed += weights[m] * slots[m][c];
                }
                assertThat(read.getDouble(n, c, row, column)).isCloseTo(mixed, within(1e-6));
            }
            for (double weight : weights) {
                entropy -= weight > 0 ? weight * Math.log(weight) / 30 : 0;
                silent += weight == 0 ? 1 : 0;
            }
        }
        assertThat(Memory.entropy(address).getDouble()).isCloseTo(entropy, within(1e-6));
        assertThat(silent > 0).as("slots that fell silent").isEqualTo(shrinkage > 0);
    }

    @Test
    void aThresholdThatCouldSilenceTheMemoryIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Memory(10, 4, 1.5, 1))
                .withMessageContaining("1.5");
    }

    @Test
    void whatIsExtractedPassesTheMemory() {
        ProxyExtraction extraction = arrays.filled(new ProxyExtraction(new ProxyAnoShape(2, 32, 8, 100, 1)), 0.5);
        NDArray x = arrays.random(2, 1, 32, 32);
        ProxyExtraction.Extracted extracted = extraction.extract(arrays.parameters, x, true);
        assertThat(extracted.proxy().getShape()).isEqualTo(x.getShape());
        assertThat(extracted.addressing().getShape()).isEqualTo(new Shape(2 * 4 * 4, 8));
        double[] two = extracted.proxy().toDoubleArray();
        assertThat(java.util.Arrays.copyOf(two, 1024)).isNotEqualTo(java.util.Arrays.copyOfRange(two, 1024, 2048));
        NDArray slots = Arrays64.values(extraction, "memory_slots");
        slots.muli(0).addi(0.5);
        double[] same = extraction.apply(arrays.parameters, x, true).toDoubleArray();
        Arrays64.assertClose(java.util.Arrays.copyOf(same, 1024), java.util.Arrays.copyOfRange(same, 1024, 2048), 1e-9);
    }

    @Test
    void trainingSeesWhatServingDraws() {
        ProxyAno network = arrays.filled(new ProxyAno(new ProxyAnoShape(2, 32, 8, 100, 1)), 0.5);
        NDArray x = arrays.random(2, 1, 32, 32);
        NDArray pseudo = arrays.random(2, 1, 32, 32);
        ProxyAno.Passes passes = network.train(arrays.parameters, x, pseudo);
        double[] drawn = network.apply(arrays.parameters, x, false).toDoubleArray();
        Arrays64.assertClose(passes.restored().toDoubleArray(), drawn, 1e-9);
        ProxyAno.Passes swapped = network.train(arrays.parameters, x, passes.proxy());
        Arrays64.assertClose(swapped.fromPseudo().toDoubleArray(), drawn, 1e-9);
        assertThat(passes.fromPseudo().sub(passes.restored()).abs().max().getDouble())
                .isGreaterThan(1e-3);
    }
}
