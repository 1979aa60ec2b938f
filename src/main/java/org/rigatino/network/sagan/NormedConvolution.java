package org.rigatino.network.sagan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;

/** A convolution or transposed convolution without bias, affine instance norm, ReLU. */
final class NormedConvolution extends ImageBlock {
    private final ImageBlock convolution;
    private final InstanceNorm norm;

    private NormedConvolution(ImageBlock convolution, int outChannels) {
        this.convolution = addChildBlock("convolution", convolution);
        norm = addChildBlock("norm", new InstanceNorm(outChannels, true));
    }

    /** 7x7, same size. */
    static NormedConvolution stem(int inChannels, int outChannels) {
        return new NormedConvolution(new Convolution(inChannels, outChannels, 7, 1, 3, false), outChannels);
    }

    /** 4x4, halves the sides and doubles the channels. */
    static NormedConvolution down(int inChannels) {
        return new NormedConvolution(new Convolution(inChannels, 2 * inChannels, 4, 2, 1, false), 2 * inChannels);
    }

    /** 4x4 transposed, doubles the sides and halves the channels. */
    static NormedConvolution up(int inChannels) {
        return new NormedConvolution(new TransposedConvolution(inChannels, inChannels / 2), inChannels / 2);
    }

    @Override
    NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        return Activation.relu(norm.apply(parameters, convolution.apply(parameters, x, training), training));
    }

    @Override
    Shape outputShape(Shape input) {
        return convolution.outputShape(input);
    }
}
