package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;

/** Convolution with a square kernel (out, in, k, k), zero padding, and a bias where asked for. */
public final class Convolution extends KernelBlock {
    private static final String BIAS = "torch.type_as(bias, x)";
    private static final String ARGUMENTS = "x: Tensor, kernel: Tensor";
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
                inside = %2$s
                each = torch.constant_pad_nd(inside, [%1$d, %1$d], 0)
                side_by_side = torch.flatten(torch.permute(each, [0, 2, 1, 3]), 2)
                padded = torch.constant_pad_nd(side_by_side, [0, k], 0)
                skewed = torch.unflatten(padded, 2, [k, -1])
                return torch.unsqueeze(torch.sum(torch.slice(skewed, 3, 0, width), [2]), 1)
            """;
    /** Below it, sixteen channels are computed quicker than columns are moved. */
    private static final int WIDE_KERNEL = 5;

    private final ScriptedFunction drawing;
    private final ScriptedFunction learning;
    private final int inChannels;
    private final int outChannels;
    private final int kernel;
    private final int stride;
    private final int padding;
    private final Parameter bias;

    public Convolution(int inChannels, int outChannels, int kernel, int stride, int padding, boolean biased) {
        super(new Shape(outChannels, inChannels, kernel, kernel));
        this.inChannels = inChannels;
        this.outChannels = outChannels;
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
        bias = biased ? constant("bias", new Shape(outChannels), Initializer.ZEROS) : null;
        drawing = function(false);
        learning = function(true);
    }

    private ScriptedFunction function(boolean training) {
        boolean toOneChannel = outChannels == 1 && kernel >= WIDE_KERNEL && stride == 1 && 2 * padding + 1 == kernel;
        if (toOneChannel && bias == null) {
            String inside = script("x", "columns", "None", "[1, 1], [%d, 0]".formatted(padding), kernel, training);
            return ScriptedFunction.of(ARGUMENTS, TO_ONE_CHANNEL.formatted(padding, inside));
        }
        String steps = "[%1$d, %1$d], [%2$d, %2$d]".formatted(stride, padding);
        return ScriptedFunction.of(
                ARGUMENTS + (bias == null ? "" : ", bias: Tensor"),
                "    return " + script("x", "kernel", bias == null ? "None" : BIAS, steps, outChannels, training)
                        + "\n");
    }

    @Override
    String script(String x, String kernel, boolean training) {
        String steps = "[%1$d, %1$d], [%2$d, %2$d]".formatted(stride, padding);
        return script(x, kernel, "None", steps, outChannels, training);
    }

    private String script(String x, String kernel, String bias, String steps, int out, boolean training) {
        return script(x, kernel, bias, steps, inChannels, out, stride > 1, training);
    }

    private static String script(
            String x, String kernel, String bias, String steps, long in, long out, boolean halves, boolean training) {
        long moreIn = WholeBlocks.in(in, halves, training) - in;
        long moreOut = WholeBlocks.out(out, training) - out;
        String y = "torch.conv2d(%s, torch.type_as(%s, %s), %s, %s)"
                .formatted(
                        WholeBlocks.image(x, moreIn),
                        WholeBlocks.kernel(kernel, moreOut, moreIn),
                        x,
                        WholeBlocks.bias(bias, moreOut),
                        steps);
        return WholeBlocks.result(y, out, moreOut);
    }

    /**
     * Stride 1, zero padding of 1, no bias, while a network learns.
     *
     * @param x (N, in, h, w)
     * @param kernel (out, in, k, k), in the manager of {@code x}
     */
    public static NDArray convolve(NDArray x, NDArray kernel) {
        Shape shape = kernel.getShape();
        String y = script("x", "kernel", "None", "[1, 1], [1, 1]", shape.get(1), shape.get(0), false, true);
        return ScriptedFunction.of(ARGUMENTS, "    return " + y + "\n").apply(x, kernel);
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        NDArray weights = kernel(parameters, x, training);
        count(x.getShape());
        ScriptedFunction function = training ? learning : drawing;
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
