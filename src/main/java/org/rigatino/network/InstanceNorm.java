package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;

/**
 * Instance normalisation, each channel of each image by its own mean and variance (biased, epsilon 1e-5), with a learnt
 * scale and shift where affine. Computed as group normalisation with a group a channel, the engine's quickest.
 */
public final class InstanceNorm extends ImageBlock {
    private static final String ARGUMENTS = "x: Tensor, gamma: Tensor, beta: Tensor";
    private static final String LEARNT = script("x", "gamma", "beta");
    private static final String PLAIN = script("x", "None", "None");

    private static final ScriptedFunction AFFINE = ScriptedFunction.of(ARGUMENTS, "    return " + LEARNT + "\n");
    private static final ScriptedFunction AFFINE_RELU =
            ScriptedFunction.of(ARGUMENTS, "    return torch.relu_(" + LEARNT + ")\n");
    private static final ScriptedFunction FIXED = ScriptedFunction.of("x: Tensor", "    return " + PLAIN + "\n");
    private static final ScriptedFunction FIXED_RELU =
            ScriptedFunction.of("x: Tensor", "    return torch.relu_(" + PLAIN + ")\n");

    private final Parameter gamma;
    private final Parameter beta;

    public InstanceNorm(int channels, boolean affine) {
        gamma = affine ? constant("gamma", new Shape(channels), Initializer.ONES) : null;
        beta = affine ? constant("beta", new Shape(channels), Initializer.ZEROS) : null;
    }

    /** The norm of a variable as an expression of TorchScript. */
    static String script(String x, String gamma, String beta) {
        return "torch.group_norm(%1$s, torch.size(%1$s, 1), %2$s, %3$s, 1e-05, True)".formatted(x, gamma, beta);
    }

    NDArray scale(ParameterStore parameters, NDArray x, boolean training) {
        return value(parameters, gamma, x, training);
    }

    NDArray shift(ParameterStore parameters, NDArray x, boolean training) {
        return value(parameters, beta, x, training);
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        return apply(gamma == null ? FIXED : AFFINE, parameters, x, training);
    }

    /** What {@link #apply} gives, negative values set to 0. */
    public NDArray rectified(ParameterStore parameters, NDArray x, boolean training) {
        return apply(gamma == null ? FIXED_RELU : AFFINE_RELU, parameters, x, training);
    }

    private NDArray apply(ScriptedFunction norm, ParameterStore parameters, NDArray x, boolean training) {
        return gamma == null
                ? norm.apply(x)
                : norm.apply(x, scale(parameters, x, training), shift(parameters, x, training));
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
