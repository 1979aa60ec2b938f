package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/** Transposed convolution with kernel (in, out, 4, 4), stride 2, padding 1, no bias: doubles both sides. */
public final class TransposedConvolution extends KernelBlock {
    private static final ScriptedFunction TRANSPOSE =
            ScriptedFunction.of("x: Tensor, kernel: Tensor", "    return " + transposed("x", "kernel") + "\n");

    private final int outChannels;

    public TransposedConvolution(int inChannels, int outChannels) {
        super(new Shape(inChannels, outChannels, 4, 4));
        this.outChannels = outChannels;
    }

    private static String transposed(String x, String kernel) {
        return "torch.conv_transpose2d(%1$s, torch.type_as(%2$s, %1$s), None, [2, 2], [1, 1])".formatted(x, kernel);
    }

    @Override
    String script(String x, String kernel) {
        return transposed(x, kernel);
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        count(x.getShape());
        return TRANSPOSE.apply(x, kernel(parameters, x, training));
    }

    /**
     * @param x (N, in, h, w)
     * @param kernel (in, out, 4, 4), in the manager of {@code x}
     * @return (N, out, 2h, 2w)
     */
    public static NDArray transpose(NDArray x, NDArray kernel) {
        Shape in = x.getShape();
        Products.add(kernel.size(), in.get(0) * in.get(2) * in.get(3));
        return TRANSPOSE.apply(x, kernel);
    }

    @Override
    protected Shape outputShape(Shape input) {
        return new Shape(input.get(0), outChannels, 2 * input.get(2), 2 * input.get(3));
    }
}
