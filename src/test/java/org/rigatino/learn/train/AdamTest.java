package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    @Test
    void stepsAreThoseOfThePaper() {
        double[] x = {1, -2, 0.5};
        double[][] gradients = {{0.3, -4, 0}, {-0.1, 2, 1e-3}, {0.7, 0.5, -2e-3}};
        double[] m = new double[3];
        double[] v = new double[3];
        try (NDManager manager = PyTorch.engine().newBaseManager()) {
            JniUtils.setGradMode(false);
            Parameter parameter = Parameter.builder()
                    .setName("p")
                    .setType(Parameter.Type.WEIGHT)
                    .build();
            parameter.setArray(manager.create(new float[] {1, -2, 0.5f}));
            NDArray array = parameter.getArray();
            Adam adam = new Adam(manager, List.of(parameter), 0.5, 0.999);
            array.setRequiresGradient(true);
            for (int t = 1; t <= 3; t++) {
                double[] gradient = gradients[t - 1];
                try (NDManager scratch = manager.newSubManager();
                        GradientCollector collector = PyTorch.engine().newGradientCollector()) {
                    float[] values = {(float) gradient[0], (float) gradient[1], (float) gradient[2]};
                    collector.backward(scratch.create(values).mul(array).sum());
                }
                int held = manager.getManagedArrays().size();
                adam.step(0.1);
                assertThat(manager.getManagedArrays()).hasSize(held);
                for (int i = 0; i < 3; i++) {
                    m[i] = 0.5 * m[i] + 0.5 * gradient[i];
                    v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
                    double corrected = Math.sqrt(v[i] / (1 - Math.pow(0.999, t)));
                    x[i] -= 0.1 * m[i] / (1 - Math.pow(0.5, t)) / (corrected + 1e-8);
                    assertThat(array.getFloat(i)).isCloseTo((float) x[i], within(1e-5f));
                    assertThat(adam.moments().get(0).getFloat(i)).isCloseTo((float) m[i], within(1e-6f));
                    assertThat(adam.moments().get(1).getFloat(i)).isCloseTo((float) v[i], within(1e-6f));
                }
            }
            assertThat(array.getGradient().toFloatArray()).containsOnly(0);
        }
    }
}
