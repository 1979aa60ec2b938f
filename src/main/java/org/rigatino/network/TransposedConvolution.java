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
        drawing = function(plain("x", "kernel"));
        learning = function(learning("x", "kernel", inChannels, outChannels));
    }

    private static ScriptedFunction function(String expression) {
        return ScriptedFunction.of("x: Tensor, kernel: Tensor", "    return " + expression + "\n");
    }

    private static String plain(String x, String kernel) {
        return "torch.conv_transpose2d(%1$s, torch.type_as(%2$s, %1$s), None, [2, 2], [1, 1])".formatted(x, kernel);
    }

    private static String learning(String x, String kernel, long in, long out) {
        return Sixteens.result(plain(Sixteens.image(x, in), Sixteens.transposedKernel(kernel, in, out)), out);
    }

    @Override
    String script(String x, String kernel, boolean training) {
        return training ? learning(x, kernel, inChannels, outChannels) : plain(x, kernel);
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
        return function(learning("x", "kernel", shape.get(0), shape.get(1))).apply(x, kernel);
    }

    @Override
    protected Shape outputShape(Shape input) {
        return new Shape(input.get(0), outChannels, 2 * input.get(2), 2 * input.get(3));
    }
}
