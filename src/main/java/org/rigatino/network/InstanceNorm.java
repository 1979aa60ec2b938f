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
    private static final String NORMED = "torch.group_norm(x, torch.size(x, 1), %s, 1e-05, True)";
    private static final String LEARNT = NORMED.formatted("gamma, beta");
    private static final String PLAIN = NORMED.formatted("None, None");

    private static final ScriptedFunction AFFINE =
            ScriptedFunction.of("x: Tensor, gamma: Tensor, beta: Tensor", "    return " + LEARNT + "\n");
    private static final ScriptedFunction AFFINE_RELU =
            ScriptedFunction.of("x: Tensor, gamma: Tensor, beta: Tensor", "    return torch.relu_(" + LEARNT + ")\n");
    private static final ScriptedFunction FIXED = ScriptedFunction.of("x: Tensor", "    return " + PLAIN + "\n");
    private static final ScriptedFunction FIXED_RELU =
            ScriptedFunction.of("x: Tensor", "    return torch.relu_(" + PLAIN + ")\n");

    private final Parameter gamma;
    private final Parameter beta;

    public InstanceNorm(int channels, boolean affine) {
        gamma = affine ? constant("gamma", new Shape(channels), Initializer.ONES) : null;
        beta = affine ? constant("beta", new Shape(channels), Initializer.ZEROS) : null;
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
                : norm.apply(x, value(parameters, gamma, x, training), value(parameters, beta, x, training));
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
