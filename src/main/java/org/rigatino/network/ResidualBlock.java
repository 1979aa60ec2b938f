package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/** x + IN(3x3(ReLU(IN(3x3(x))))). */
public final class ResidualBlock extends ImageBlock {
    private final Convolution first;
    private final InstanceNorm firstNorm;
    private final Convolution second;
    private final InstanceNorm secondNorm;

    public ResidualBlock(int channels) {
        first = addChildBlock("first", new Convolution(channels, channels, 3, 1, 1, false));
        firstNorm = addChildBlock("firstNorm", new InstanceNorm(channels, true));
        second = addChildBlock("second", new Convolution(channels, channels, 3, 1, 1, false));
        secondNorm = addChildBlock("secondNorm", new InstanceNorm(channels, true));
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        NDArray inner = firstNorm.rectified(parameters, first.apply(parameters, x, training), training);
        NDArray outer = second.apply(parameters, inner, training);
        return secondNorm.apply(parameters, outer, training).addi(x);
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
