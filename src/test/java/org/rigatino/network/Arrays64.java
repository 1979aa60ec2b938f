package org.rigatino.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.Random;

/** Double-precision arrays and parameters, so that what is computed twice can be compared closely. */
public final class Arrays64 implements AutoCloseable {
    public final NDManager manager = NDManager.newBaseManager();
    public final ParameterStore parameters = new ParameterStore(manager, false);
    private final Random random = new Random(7);

    public NDArray random(long... shape) {
        double[] values = random.doubles(new Shape(shape).size(), -1, 1).toArray();
        return manager.create(values, new Shape(shape));
    }

    /** Initialised, then every parameter filled with values between -scale and scale. */
    public <B extends Block> B filled(B block, double scale) {
        block.initialize(manager, DataType.FLOAT64, new Shape(1, 1, 64, 64));
        for (Parameter parameter : block.getParameters().values()) {
            try (NDArray values = random(parameter.getShape().getShape()).muli(scale)) {
                values.copyTo(parameter.getArray());
            }
        }
        return block;
    }

    /** Of the one parameter whose name, children's names before it, ends so. */
    public static NDArray values(Block block, String name) {
        return block.getParameters().stream()
                .filter(pair -> pair.getKey().endsWith(name))
                .findFirst()
                .orElseThrow()
                .getValue()
                .getArray();
    }

    /** Element by element; AssertJ's own comparison of arrays with an offset takes quadratic time. */
    public static void assertClose(double[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
                assertThat(actual[i]).as("element " + i).isCloseTo(expected[i], within(tolerance));
            }
        }
    }

    public static long count(Block block) {
        return block.getParameters().values().stream()
                .mapToLong(parameter -> parameter.getShape().size())
                .sum();
    }

    /** By the biased mean and variance, as instance normalisation does. */
    public static double[] normalised(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        return Arrays.stream(values)
                .map(value -> (value - mean) / Math.sqrt(variance + 1e-5))
                .toArray();
    }

    @Override
    public void close() {
        manager.close();
    }
}
