package org.rigatino.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is drawn and learnt in float32, which oneDNN computes by blocks of channels, against float64, which it does not compute.
 * Of whole numbers, whose sums are exact in both. On a processor that names no caches each pair that is not
 * given whole blocks is wrong, see {@link WholeBlocks}.
 */
class ConvolutionsTest {
    private static final int[] CHANNELS = {1, 2, 3, 7, 8, 12, 16, 20, 24, 32, 40, 48, 80};
    private static final int SIDE = 8;

    private record Computed(float[] drawn, float[] learnt, float[] ofImage, float[] ofKernel) {}

    static Stream<Arguments> pairs() {
        return IntStream.of(CHANNELS).boxed().flatMap(in -> IntStream.of(CHANNELS)
                .mapToObj(out -> Arguments.of(in, out)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void aConvolutionIsTheSumsThatItIsMeantToBe(int in, int out) {
        same(() -> new Convolution(in, out, 3, 1, 1, false), in);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void aConvolutionThatHalvesIsTheSumsThatItIsMeantToBe(int in, int out) {
        same(() -> new Convolution(in, out, 4, 2, 1, false), in);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void aTransposedConvolutionIsTheSumsThatItIsMeantToBe(int in, int out) {
        same(() -> new TransposedConvolution(in, out), in);
    }

    @ParameterizedTest
    @MethodSource("wide")
    void aConvolutionToOneChannelIsTheSumsThatItIsMeantToBe(int in) {
        same(() -> new Convolution(in, 1, 7, 1, 3, false), in);
    }

    static IntStream wide() {
        return IntStream.of(CHANNELS);
    }

    private static void same(Supplier<KernelBlock> block, int in) {
        Computed single = computed(block.get(), in, DataType.FLOAT32);
        Computed expected = computed(block.get(), in, DataType.FLOAT64);
        assertThat(single.drawn).as("drawn").isEqualTo(expected.drawn);
        assertThat(single.learnt).as("drawn while learning").isEqualTo(expected.learnt);
        assertThat(single.ofImage).as("gradient of the image").isEqualTo(expected.ofImage);
        assertThat(single.ofKernel).as("gradient of the kernel").isEqualTo(expected.ofKernel);
    }

    private static Computed computed(KernelBlock block, int in, DataType type) {
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            ParameterStore parameters = new ParameterStore(manager, false);
            block.initialize(manager, type, new Shape(1, in, SIDE, SIDE));
            NDArray kernel = Arrays64.values(block, "weight");
            whole(manager, kernel.getShape(), type).copyTo(kernel);
            NDArray x = whole(manager, new Shape(2, in, SIDE, SIDE), type);
            x.setRequiresGradient(true);
            float[] drawn = single(block.apply(parameters, x, false));
            NDArray learnt = block.apply(parameters, x, true);
            collector.backward(
                    learnt.mul(whole(manager, learnt.getShape(), type)).sum());
            return new Computed(drawn, single(learnt), single(x.getGradient()), single(kernel.getGradient()));
        }
    }

    private static NDArray whole(NDManager manager, Shape shape, DataType type) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 7 % 11 - 5;
        }
        return manager.create(values, shape).toType(type, false);
    }

    private static float[] single(NDArray array) {
        float[] values = array.toType(DataType.FLOAT32, false).toFloatArray();
        for (int i = 0; i < values.length; i++) {
            values[i] += 0f;
        }
        return values;
    }
}
