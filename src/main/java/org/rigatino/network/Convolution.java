package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;

/** Convolution with a square kernel (out, in, k, k), zero padding, and a bias where asked for. */
public final class Convolution extends ImageBlock {
    private final int outChannels;
    private final int kernel;
    private final int stride;
    private final int padding;
    private final Parameter weight;
    private final Parameter bias;

    public Convolution(int inChannels, int outChannels, int kernel, int stride, int padding, boolean biased) {
        this.outChannels = outChannels;
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
        weight = weight("weight", new Shape(outChannels, inChannels, kernel, kernel));
        bias = biased ? constant("bias", new Shape(outChannels), Initializer.ZEROS) : null;
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        NDArray b = bias == null ? null : value(parameters, bias, x, training);
        return Conv2d.conv2d(
                        x, kernel(parameters, x, training), b, new Shape(stride, stride), new Shape(padding, padding))
                .singletonOrThrow();
    }

    /** The kernel in the manager of {@code x}. */
    public NDArray kernel(ParameterStore parameters, NDArray x, boolean training) {
        return value(parameters, weight, x, training);
    }

    @Override
    protected Shape outputShape(Shape input) {
        return new Shape(input.get(0), outChannels, side(input.get(2)), side(input.get(3)));
    }

    private long side(long in) {
        return (in + 2L * padding - kernel) / stride + 1;
    }
}
