package org.rigatino.network.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rigatino.network.Arrays64;

class AutoencoderTest {
    private final Arrays64 arrays = new Arrays64();

    @AfterEach
    void free() {
        arrays.close();
    }

    /** Width 2 at 16x16: 1 to 2 to 4 channels, 3 latent numbers, and back. */
    @Test
    void hasTheParametersOfItsLayers() {
        long down = 2 * 16 + 2 + 4 * 2 * 16 + 4;
        long code = 3 * 4 * 16 + 3;
        long decoded = 64 * 3 + 64;
        long up = 4 * 2 * 16 + (2 * 2 * 9 + 2) + 2 * 2 * 16 + (2 * 9 + 1);
        assertThat(Arrays64.count(new Autoencoder(2, 16, 3))).isEqualTo(down + code + decoded + up);
    }

    @Test
    void whatItDrawsDependsOnTheCodeAlone() {
        Autoencoder autoencoder = arrays.filled(new Autoencoder(2, 64, 3), 0.3);
        NDArray x = arrays.random(2, 1, 64, 64);
        assertThat(autoencoder.encode(arrays.parameters, x, false).getShape()).isEqualTo(new Shape(2, 3, 1, 1));
        NDArray y = autoencoder.apply(arrays.parameters, x, false);
        assertThat(y.getShape()).isEqualTo(x.getShape());
        assertThat(y.abs().max().getDouble()).isBetween(1e-3, 1.0);
        Arrays64.values(autoencoder, "code_weight").muli(0);
        double[] equal = autoencoder.apply(arrays.parameters, x, false).toDoubleArray();
        assertThat(java.util.Arrays.copyOf(equal, 4096)).isEqualTo(java.util.Arrays.copyOfRange(equal, 4096, 8192));
    }

    @Test
    void sidesThatAreNoPowerOfTwoAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Autoencoder(16, 96, 16))
                .withMessageContainingAll("96", "power of two");
    }
}
