package org.rigatino.network.sagan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import org.rigatino.network.Convolution;
import org.rigatino.network.ImageBlock;
import org.rigatino.network.InstanceNorm;

/**
 * Lets through what of a skip connection agrees with the decoder: skip x sigmoid(1x1(ReLU(IN(1x1(gate)) +
 * IN(1x1(skip))))), one attention map for all channels.
 */
final class AttentionGate extends ImageBlock {
    private final Convolution fromGate;
    private final InstanceNorm gateNorm;
    private final Convolution fromSkip;
    private final InstanceNorm skipNorm;
    private final Convolution attention;

    AttentionGate(int channels) {
        int inner = channels / 2;
        fromGate = addChildBlock("fromGate", new Convolution(channels, inner, 1, 1, 0, true));
        gateNorm = addChildBlock("gateNorm", new InstanceNorm(inner, false));
        fromSkip = addChildBlock("fromSkip", new Convolution(channels, inner, 1, 1, 0, true));
        skipNorm = addChildBlock("skipNorm", new InstanceNorm(inner, false));
        attention = addChildBlock("attention", new Convolution(inner, 1, 1, 1, 0, true));
    }

    /** The decoder's features gated by themselves. */
    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        return apply(parameters, x, x, training);
    }

    /**
     * @param gate (N, C, h, w), the decoder's features
     * @param skip (N, C, h, w), the encoder's
     */
    NDArray apply(ParameterStore parameters, NDArray gate, NDArray skip, boolean training) {
        NDArray g = gateNorm.apply(parameters, fromGate.apply(parameters, gate, training), training);
        NDArray s = skipNorm.apply(parameters, fromSkip.apply(parameters, skip, training), training);
        NDArray logits = attention.apply(parameters, Activation.relu(g.add(s)), training);
        return skip.mul(Activation.sigmoid(logits));
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
