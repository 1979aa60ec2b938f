package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;

/**
 * Transposed convolution with kernel (in, out, 4, 4), stride 2, padding 1, no bias: doubles both sides. The engine has
 * none; by definition it is zero insertion followed by a convolution with the flipped kernel. Three quarters of those
 * products are with inserted zeros, so the four output phases are computed apart, each as a 2x2 convolution of the input.
 */
public final class TransposedConvolution extends ImageBlock {
    private final int outChannels;
    private final Parameter weight;

    public TransposedConvolution(int inChannels, int outChannels) {
        this.outChannels = outChannels;
        weight = weight("weight", new Shape(inChannels, outChannels, 4, 4));
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        return transpose(x, value(parameters, weight, x, training));
    }

    /**
     * @param x (N, in, h, w)
     * @param kernel (in, out, 4, 4), in the manager of {@code x}
     * @return (N, out, 2h, 2w)
     */
    public static NDArray transpose(NDArray x, NDArray kernel) {
        Shape shape = x.getShape();
        long n = shape.get(0);
        long h = shape.get(2);
        long w = shape.get(3);
        long out = kernel.getShape().get(1);
        NDArray all = Conv2d.conv2d(x, phases(kernel), null, new Shape(1, 1), new Shape(1, 1))
                .singletonOrThrow()
                .reshape(n, 2, 2, out, h + 1, w + 1);
        // output row 2i+a takes the input rows i-1+a and i+a, which phase a holds in its row i+a
        NDArray even = columns(all, 0, h, w);
        NDArray odd = columns(all, 1, h, w);
        return even.stack(odd, 3).reshape(n, out, 2 * h, 2 * w);
    }

    private static NDArray columns(NDArray all, int a, long h, long w) {
        NDArray left = all.get(":,{},0,:,{}:{},0:{}", a, a, h + a, w);
        NDArray right = all.get(":,{},1,:,{}:{},1:{}", a, a, h + a, w + 1);
        return left.stack(right, 4);
    }

    /** The kernel of phase (a, b) is every second element of the flipped kernel, from (a, b). */
    private static NDArray phases(NDArray kernel) {
        long in = kernel.getShape().get(0);
        long out = kernel.getShape().get(1);
        return kernel.flip(2, 3)
                .reshape(in, out, 2, 2, 2, 2)
                .transpose(3, 5, 1, 0, 2, 4)
                .reshape(4 * out, in, 2, 2);
    }

    @Override
    protected Shape outputShape(Shape input) {
        return new Shape(input.get(0), outChannels, 2 * input.get(2), 2 * input.get(3));
    }
}
