package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/**
 * s = ReLU(IN(3x3(x))), then IN(3x3(s)) and a sum with x or with s. One call of the engine, which frees what lies between
 * where no gradient needs it.
 */
public abstract class ConvolutionPair extends ImageBlock {
    /** What is added in the end. */
    protected enum Skip {
        INPUT("x"),
        BETWEEN("s");

        private final String what;

        Skip(String what) {
            this.what = what;
        }

        private ScriptedFunction function(Convolution first, Convolution second, boolean training) {
            return ScriptedFunction.of(
                    "x: Tensor, k1: Tensor, scale1: Tensor, shift1: Tensor, k2: Tensor, scale2: Tensor, shift2: Tensor",
                    """
                    a = %s
                    s = torch.relu_(%s)
                    b = %s
                    return torch.add_(%s, %s)
                """
                            .formatted(
                                    first.script("x", "k1", training),
                                    InstanceNorm.script("a", "scale1", "shift1"),
                                    second.script("s", "k2", training),
                                    InstanceNorm.script("b", "scale2", "shift2"),
                                    what));
        }
    }

    private final int outChannels;
    private final Convolution first;
    private final InstanceNorm firstNorm;
    private final Convolution second;
    private final InstanceNorm secondNorm;
    private final ScriptedFunction drawing;
    private final ScriptedFunction learning;

    protected ConvolutionPair(int inChannels, int outChannels, Skip skip) {
        this.outChannels = outChannels;
        first = addChildBlock("first", new Convolution(inChannels, outChannels, 3, 1, 1, false));
        firstNorm = addChildBlock("firstNorm", new InstanceNorm(outChannels, true));
        second = addChildBlock("second", new Convolution(outChannels, outChannels, 3, 1, 1, false));
        secondNorm = addChildBlock("secondNorm", new InstanceNorm(outChannels, true));
        drawing = skip.function(first, second, false);
        learning = skip.function(first, second, true);
    }

    @Override
    public final NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        first.count(x.getShape());
        second.count(outputShape(x.getShape()));
        return (training ? learning : drawing)
                .apply(
                        x,
                        first.kernel(parameters, x, training),
                        firstNorm.scale(parameters, x, training),
                        firstNorm.shift(parameters, x, training),
                        second.kernel(parameters, x, training),
                        secondNorm.scale(parameters, x, training),
                        secondNorm.shift(parameters, x, training));
    }

    @Override
    protected final Shape outputShape(Shape input) {
        return new Shape(input.get(0), outChannels, input.get(2), input.get(3));
    }
}
