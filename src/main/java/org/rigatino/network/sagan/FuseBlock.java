package org.rigatino.network.sagan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.rigatino.network.Convolution;
import org.rigatino.network.ImageBlock;
import org.rigatino.network.InstanceNorm;

/** Reduces concatenated features: s = ReLU(IN(3x3(x))), then s + IN(3x3(s)). */
final class FuseBlock extends ImageBlock {
    private final int outChannels;
    private final Convolution reduce;
    private final InstanceNorm reduceNorm;
    private final Convolution refine;
    private final InstanceNorm refineNorm;

    FuseBlock(int inChannels, int outChannels) {
        this.outChannels = outChannels;
        reduce = addChildBlock("reduce", new Convolution(inChannels, outChannels, 3, 1, 1, false));
        reduceNorm = addChildBlock("reduceNorm", new InstanceNorm(outChannels, true));
        refine = addChildBlock("refine", new Convolution(outChannels, outChannels, 3, 1, 1, false));
        refineNorm = addChildBlock("refineNorm", new InstanceNorm(outChannels, true));
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        NDArray s = reduceNorm.rectified(parameters, reduce.apply(parameters, x, training), training);
        NDArray refined = refine.apply(parameters, s, training);
        return refineNorm.apply(parameters, refined, training).addi(s);
    }

    @Override
    protected Shape outputShape(Shape input) {
        return new Shape(input.get(0), outChannels, input.get(2), input.get(3));
    }
}
