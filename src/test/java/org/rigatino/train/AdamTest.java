package org.rigatino.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.restore.PyTorch;

class AdamTest {
    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void oneBadNumberAnywhereIsNotFinite(float bad) {
        for (int place = 0; place < 3; place++) {
            try (NDManager manager = PyTorch.engine().newBaseManager()) {
                Parameter parameter = Parameter.builder()
                        .setName("p")
                        .setType(Parameter.Type.WEIGHT)
                        .build();
                parameter.setArray(manager.create(new float[] {1, Float.MAX_VALUE, Float.MAX_VALUE}, new Shape(3)));
                Adam adam = new Adam(manager, List.of(parameter), 0.5, 0.999);
                assertThat(adam.finite()).isTrue();
                NDArray array =
                        place == 2 ? parameter.getArray() : adam.moments().get(place);
                array.addi(manager.create(new float[] {0, bad, 0}));
                assertThat(adam.finite()).as("place %d", place).isFalse();
            }
        }
    }
}
