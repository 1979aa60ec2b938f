package org.rigatino.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.restore.PyTorch;

class CopyTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void valuesComeAlsoIntoWhatAGradientIsAskedFor(boolean gradient) {
        try (NDManager manager = PyTorch.engine().newBaseManager()) {
            NDArray to = manager.create(new float[] {1, 2, 3});
            to.setRequiresGradient(gradient);
            Copy.into(to, manager.create(new float[] {4, 5, 6}));
            assertThat(to.toFloatArray()).containsExactly(4, 5, 6);
            assertThat(to.hasGradient()).isEqualTo(gradient);
        }
    }
}
