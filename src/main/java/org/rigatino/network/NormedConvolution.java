package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/** A convolution or transposed convolution without bias, affine instance norm, ReLU. */
public final class NormedConvolution extends ImageBlock {
    private final ImageBlock convolution;
    private final InstanceNorm norm;

    private NormedConvolution(ImageBlock convolution, int outChannels) {
        this.convolution = addChildBlock("convolution", convolution);
        norm = addChildBlock("norm", new InstanceNorm(outChannels, true));
    }

    /** 7x7, same size. */
    public static NormedConvolution stem(int inChannels, int outChannels) {
        return new NormedConvolution(new Convolution(inChannels, outChannels, 7, 1, 3, false), outChannels);
    }

    /** 4x4, halves the sides and doubles the channels. */
    public static NormedConvolution down(int inChannels) {
        return new NormedConvolution(new Convolution(inChannels, 2 * inChannels, 4, 2, 1, false), 2 * inChannels);
    }

    /** 4x4 transposed, doubles the sides and halves the channels. */
    public static NormedConvolution up(int inChannels) {
        return new NormedConvolution(new TransposedConvolution(inChannels, inChannels / 2), inChannels / 2);
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        return norm.rectified(parameters, convolution.apply(parameters, x, training), training);
    }

    @Override
    protected Shape outputShape(Shape input) {
        return convolution.outputShape(input);
    }
}
