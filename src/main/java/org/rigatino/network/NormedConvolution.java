package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/**
 * A convolution or transposed convolution without bias, affine instance norm, ReLU: one call of the engine, which frees
 * what lies between where no gradient needs it.
 */
public final class NormedConvolution extends ImageBlock {
    private final KernelBlock convolution;
    private final InstanceNorm norm;
    private final ScriptedFunction drawing;
    private final ScriptedFunction learning;

    private NormedConvolution(KernelBlock convolution, int outChannels) {
        this.convolution = addChildBlock("convolution", convolution);
        norm = addChildBlock("norm", new InstanceNorm(outChannels, true));
        drawing = function(convolution, false);
        learning = function(convolution, true);
    }

    private static ScriptedFunction function(KernelBlock convolution, boolean training) {
        String y = convolution.script("x", "kernel", training);
        return ScriptedFunction.of(
                "x: Tensor, kernel: Tensor, scale: Tensor, shift: Tensor",
                "    y = %s\n    return torch.relu_(%s)\n".formatted(y, InstanceNorm.script("y", "scale", "shift")));
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
        convolution.count(x.getShape());
        return (training ? learning : drawing)
                .apply(
                        x,
                        convolution.kernel(parameters, x, training),
                        norm.scale(parameters, x, training),
                        norm.shift(parameters, x, training));
    }

    @Override
    protected Shape outputShape(Shape input) {
        return convolution.outputShape(input);
    }
}
