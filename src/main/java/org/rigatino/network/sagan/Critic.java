package org.rigatino.network.sagan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.FactorType;
import ai.djl.training.initializer.XavierInitializer.RandomType;
import java.util.ArrayList;
import java.util.List;
import org.rigatino.network.Convolution;
import org.rigatino.network.ImageBlock;
import org.rigatino.network.Scalar;
import org.rigatino.network.TransposedConvolution;

/**
 * Says how real a whole image looks: six strided convolutions with LeakyReLU, no normalisation, and one logit map.
 * 44,719,040 parameters at width 64.
 */
public final class Critic extends ImageBlock {
    static final int LAYERS = 6;
    /** What the sides of images are multiples of. */
    public static final int FACTOR = 1 << LAYERS;

    static final float SLOPE = 0.01f;

    /**
     * Variance of the weights times inputs of a unit (He et al., 2015): under the usual initialisation each of the six
     * unnormalised layers shrinks its signal, and the critic has nothing to say for thousands of iterations.
     */
    private static final float HE = 2;

    private final List<Convolution> layers = new ArrayList<>();
    private final Convolution logit;

    public Critic(int width) {
        int channels = width;
        layers.add(addChildBlock("layer0", new Convolution(1, channels, 4, 2, 1, true)));
        for (int i = 1; i < LAYERS; i++) {
            layers.add(addChildBlock("layer" + i, new Convolution(channels, 2 * channels, 4, 2, 1, true)));
            channels *= 2;
        }
        logit = addChildBlock("logit", new Convolution(channels, 1, 3, 1, 1, false));
        setInitializer(new XavierInitializer(RandomType.GAUSSIAN, FactorType.IN, HE), Parameter.Type.WEIGHT);
    }

    /** @param x (N, 1, side, side), side a multiple of 64; @return (N, 1, side/64, side/64) */
    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        return logit.apply(parameters, features(parameters, x, training).get(LAYERS - 1), training);
    }

    /** What each layer makes of {@code x}, the first one's first: (N, width << i, side >> i + 1, side >> i + 1). */
    List<NDArray> features(ParameterStore parameters, NDArray x, boolean training) {
        List<NDArray> features = new ArrayList<>();
        NDArray last = x;
        for (Convolution layer : layers) {
            last = Activation.leakyRelu(layer.apply(parameters, last, training), SLOPE);
            features.add(last);
        }
        return features;
    }

    /**
     * The gradient of the summed logits by the image, written as a forward pass: transposed convolutions with the
     * layers' own kernels, through the slopes that the layers took. One ordinary backward pass through it gives the
     * penalty's gradient by the kernels exactly (slopes are piecewise constant), without a graph of a graph, whose
     * reference cycle the engine never frees.
     *
     * @return (N, 1, side, side)
     */
    NDArray inputGradient(ParameterStore parameters, NDArray x) {
        List<NDArray> slopes = new ArrayList<>();
        NDArray features = x;
        for (Convolution layer : layers) {
            NDArray linear = layer.apply(parameters, features, true);
            slopes.add(Scalar.times(linear.gt(0).toType(x.getDataType(), false), 1 - SLOPE)
                    .add(SLOPE));
            features = Activation.leakyRelu(linear, SLOPE);
        }
        NDArray kernel = logit.kernel(parameters, x, true);
        NDArray ones = logit.apply(parameters, features, true).onesLike();
        NDArray gradient = flippedConvolution(ones, kernel);
        for (int i = LAYERS - 1; i >= 0; i--) {
            NDArray layerKernel = layers.get(i).kernel(parameters, x, true);
            gradient = TransposedConvolution.transpose(gradient.mul(slopes.get(i)), layerKernel);
        }
        return gradient;
    }

    private static NDArray flippedConvolution(NDArray x, NDArray kernel) {
        NDArray flipped = kernel.flip(2, 3).swapAxes(0, 1);
        return Convolution.convolve(x, flipped);
    }

    @Override
    protected Shape outputShape(Shape input) {
        return new Shape(input.get(0), 1, input.get(2) >> LAYERS, input.get(3) >> LAYERS);
    }
}
