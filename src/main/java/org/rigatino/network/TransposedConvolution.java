package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/** Transposed convolution with kernel (in, out, 4, 4), stride 2, padding 1, no bias: doubles both sides. */
public final class TransposedConvolution extends KernelBlock {
    private final int inChannels;
    private final int outChannels;
    private final ScriptedFunction drawing;
    private final ScriptedFunction learning;

    public TransposedConvolution(int inChannels, int outChannels) {
        super(new Shape(inChannels, outChannels, 4, 4));
        this.inChannels = inChannels;
        this.outChannels = outChannels;
        drawing = function(script("x", "kernel", false));
        learning = function(script("x", "kernel", true));
    }

    private static ScriptedFunction function(String expression) {
        return ScriptedFunction.of("x: Tensor, kernel: Tensor", "    return " + expression + "\n");
    }

    @Override
    String script(String x, String kernel, boolean training) {
        return script(x, kernel, inChannels, outChannels, training);
    }

    private static String script(String x, String kernel, long in, long out, boolean training) {
        long moreIn = WholeBlocks.transposedIn(in, training) - in;
        long moreOut = WholeBlocks.transposedOut(out, training) - out;
        String y = "torch.conv_transpose2d(%s, torch.type_as(%s, %s), None, [2, 2], [1, 1])"
                .formatted(WholeBlocks.image(x, moreIn), WholeBlocks.kernel(kernel, moreIn, moreOut), x);
        return WholeBlocks.result(y, out, moreOut);
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        count(x.getShape());
        return (training ? learning : drawing).apply(x, kernel(parameters, x, training));
    }

    /**
     * While a network learns.
     *
     * @param x (N, in, h, w)
     * @param kernel (in, out, 4, 4), in the manager of {@code x}
     * @return (N, out, 2h, 2w)
     */
    public static NDArray transpose(NDArray x, NDArray kernel) {
        Shape in = x.getShape();
        Products.add(kernel.size(), in.get(0) * in.get(2) * in.get(3));
        Shape shape = kernel.getShape();
        return function(script("x", "kernel", shape.get(0), shape.get(1), true)).apply(x, kernel);
    }

    @Override
    protected Shape outputShape(Shape input) {
        return new Shape(input.get(0), outChannels, 2 * input.get(2), 2 * input.get(3));
    }
}
