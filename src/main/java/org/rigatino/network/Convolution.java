package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;

/** Convolution with a square kernel (out, in, k, k), zero padding, and a bias where asked for. */
public final class Convolution extends KernelBlock {
    private static final String BIAS = "torch.type_as(bias, x)";
    /**
     * For one channel out, stride 1, same size. Engines compute sixteen channels out at least, so each column of the
     * kernel gets a channel of its own, (N, k, h, w+2p), and what column j gives is moved j places to the left before
     * all are summed: rows of length w+2p, read in rows of one more.
     */
    private static final String TO_ONE_CHANNEL =
            """
                width = torch.size(x, 3)
                columns = torch.permute(torch.type_as(kernel, x), [3, 1, 2, 0])
                k = torch.size(columns, 0)
                inside = torch.conv2d(x, columns, None, [1, 1], [%1$d, 0])
                each = torch.constant_pad_nd(inside, [%1$d, %1$d], 0)
                side_by_side = torch.flatten(torch.permute(each, [0, 2, 1, 3]), 2)
                padded = torch.constant_pad_nd(side_by_side, [0, k], 0)
                skewed = torch.unflatten(padded, 2, [k, -1])
                return torch.unsqueeze(torch.sum(torch.slice(skewed, 3, 0, width), [2]), 1)
            """;
    /** Below it, sixteen channels are computed quicker than columns are moved. */
    private static final int WIDE_KERNEL = 5;

    private final ScriptedFunction function;
    private final int outChannels;
    private final int kernel;
    private final int stride;
    private final int padding;
    private final Parameter bias;

    public Convolution(int inChannels, int outChannels, int kernel, int stride, int padding, boolean biased) {
        super(new Shape(outChannels, inChannels, kernel, kernel));
        this.outChannels = outChannels;
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
        bias = biased ? constant("bias", new Shape(outChannels), Initializer.ZEROS) : null;
        function = function();
    }

    private ScriptedFunction function() {
        boolean toOneChannel = outChannels == 1 && kernel >= WIDE_KERNEL && stride == 1 && 2 * padding + 1 == kernel;
        if (toOneChannel && bias == null) {
            return ScriptedFunction.of("x: Tensor, kernel: Tensor", TO_ONE_CHANNEL.formatted(padding));
        }
        return ScriptedFunction.of(
                "x: Tensor, kernel: Tensor" + (bias == null ? "" : ", bias: Tensor"),
                "    return " + script("x", "kernel", bias == null ? "None" : BIAS, stride, padding) + "\n");
    }

    @Override
    String script(String x, String kernel) {
        return script(x, kernel, "None", stride, padding);
    }

    /** A convolution as an expression of TorchScript. */
    static String script(String x, String kernel, String bias, int stride, int padding) {
        return "torch.conv2d(%1$s, torch.type_as(%2$s, %1$s), %3$s, [%4$d, %4$d], [%5$d, %5$d])"
                .formatted(x, kernel, bias, stride, padding);
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        NDArray weights = kernel(parameters, x, training);
        count(x.getShape());
        return bias == null
                ? function.apply(x, weights)
                : function.apply(x, weights, value(parameters, bias, x, training));
    }

    @Override
    protected Shape outputShape(Shape input) {
        return new Shape(input.get(0), outChannels, side(input.get(2)), side(input.get(3)));
    }

    private long side(long in) {
        return (in + 2L * padding - kernel) / stride + 1;
    }
}
