package org.rigatino.network.sagan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.List;
import org.rigatino.network.Scalar;

/** The method's losses, each a scalar; A is unlabeled, B normal, P a pseudo-anomaly of B, G the generator. */
public final class SaganLosses {
    /** Weight of the gradient penalty. */
    public static final float PENALTY = 10;

    private SaganLosses() {}

    /**
     * -D(B) + D(G(A)) + 10 (||grad D(x)|| - 1)^2, x between B and G(A).
     *
     * @param normal B
     * @param restored G(A), of the same shape, without a gradient of its own
     * @param mix (N, 1, 1, 1) in [0, 1]: the share of B in x
     */
    public static NDArray critic(
            ParameterStore parameters, Critic critic, NDArray normal, NDArray restored, NDArray mix) {
        NDArray real = critic.apply(parameters, normal, true).mean();
        NDArray fake = critic.apply(parameters, restored, true).mean();
        NDArray between = normal.sub(restored).mul(mix).add(restored);
        return fake.sub(real).add(Scalar.times(gradientPenalty(parameters, critic, between), PENALTY));
    }

    /** Mean over the batch of (||grad D(x)|| - 1)^2. */
    static NDArray gradientPenalty(ParameterStore parameters, Critic critic, NDArray x) {
        NDArray gradient = critic.inputGradient(parameters, x);
        long n = x.getShape().get(0);
        NDArray norm = gradient.square()
                .reshape(new Shape(n, -1))
                .sum(new int[] {1})
                .add(1e-12f)
                .sqrt();
        return norm.sub(1).square().mean();
    }

    /** -D(G(A)): the relaxed cycle, the only term that unlabeled images meet. */
    public static NDArray adversarial(ParameterStore parameters, Critic critic, NDArray restored) {
        return critic.apply(parameters, restored, true).mean().neg();
    }

    /**
     * Mean over the critic's layers of |f(B) - f(G)|, f being what a layer makes of an image: feature matching (Salimans et
     * al., NeurIPS 2016; absolute and over all layers, Wang et al., CVPR 2018), with no network but the critic.
     */
    public static NDArray features(ParameterStore parameters, Critic critic, NDArray normal, NDArray restored) {
        List<NDArray> expected = critic.features(parameters, normal, true);
        List<NDArray> made = critic.features(parameters, restored, true);
        NDArray sum = absolute(expected.get(0), made.get(0));
        for (int layer = 1; layer < Critic.LAYERS; layer++) {
            sum = sum.add(absolute(expected.get(layer), made.get(layer)));
        }
        return Scalar.times(sum, 1.0 / Critic.LAYERS);
    }

    /** |B - G|, what keeps edges sharp. */
    public static NDArray absolute(NDArray normal, NDArray restored) {
        return normal.sub(restored).abs().mean();
    }

    /**
     * |B - G|, and more where more was changed: each cell times 1 + weight |B - P|. A lesion covers few cells, and a
     * network that leaves it as it is loses little of the plain mean.
     *
     * @param corrupted P
     */
    public static NDArray absolute(NDArray normal, NDArray corrupted, NDArray restored, double weight) {
        NDArray weights = Scalar.times(normal.sub(corrupted).abs(), weight).add(1);
        return normal.sub(restored).abs().mul(weights).mean();
    }

    /** (B - G)^2. */
    public static NDArray squared(NDArray normal, NDArray restored) {
        return normal.sub(restored).square().mean();
    }
}
