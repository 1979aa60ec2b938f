package org.rigatino.network.autoencoder;

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
import org.rigatino.network.TransposedConvolution;

/**
 * Squeezes an image through a few numbers: 4x4 stride-2 convolutions down to 4x4 cells, one fully connected layer to the
 * latent code, one back, and per level a transposed convolution and a biased 3x3 convolution. Channels double from
 * {@code width} up to four times that. LeakyReLU 0.01 throughout, no normalisation, tanh at the end.
 */
public final class Autoencoder extends ImageBlock {
    private static final int BOTTOM = 4;
    private static final int WIDEST = 4;
    private static final float SLOPE = 0.01f;
    /** He et al., 2015: without normalisation, signals of other variance fade from layer to layer. */
    private static final float HE = 2;

    private final int bottomChannels;
    private final List<Convolution> down = new ArrayList<>();
    private final Convolution code;
    private final Convolution decoded;
    private final List<TransposedConvolution> up = new ArrayList<>();
    private final List<Convolution> refine = new ArrayList<>();

    /**
     * @param width channels after the first convolution
     * @param side of the image in pixels: 8 or more, a power of two
     * @param latent numbers that stand for an image
     */
    public Autoencoder(int width, int side, int latent) {
        if (width < 1 || latent < 1 || side < 2 * BOTTOM || Integer.bitCount(side) != 1) {
            throw new IllegalArgumentException("no autoencoder of width " + width + " and latent " + latent
                    + " takes images of side " + side + ": the side is a power of two, 8 at least");
        }
        int levels = Integer.numberOfTrailingZeros(side / BOTTOM);
        for (int i = 0; i < levels; i++) {
            int from = i == 0 ? 1 : channels(width, i - 1);
            down.add(addChildBlock("down" + i, new Convolution(from, channels(width, i), 4, 2, 1, true)));
        }
        bottomChannels = channels(width, levels - 1);
        code = addChildBlock("code", new Convolution(bottomChannels, latent, BOTTOM, 1, 0, true));
        decoded = addChildBlock("decoded", new Convolution(latent, bottomChannels * BOTTOM * BOTTOM, 1, 1, 0, true));
        for (int i = levels - 1; i >= 0; i--) {
            int to = i == 0 ? width : channels(width, i - 1);
            up.add(addChildBlock("up" + i, new TransposedConvolution(channels(width, i), to)));
            refine.add(addChildBlock("refine" + i, new Convolution(to, i == 0 ? 1 : to, 3, 1, 1, true)));
        }
        setInitializer(new XavierInitializer(RandomType.GAUSSIAN, FactorType.IN, HE), Parameter.Type.WEIGHT);
    }

    private static int channels(int width, int level) {
        return width * Math.min(1 << level, WIDEST);
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        NDArray y = decoded.apply(parameters, encode(parameters, x, training), training);
        y = Activation.leakyRelu(y, SLOPE).reshape(-1, bottomChannels, BOTTOM, BOTTOM);
        for (int i = 0; i < up.size(); i++) {
            y = refine.get(i).apply(parameters, up.get(i).apply(parameters, y, training), training);
            y = i < up.size() - 1 ? Activation.leakyRelu(y, SLOPE) : y.tanh();
        }
        return y;
    }

    /** @return (N, latent, 1, 1) */
    NDArray encode(ParameterStore parameters, NDArray x, boolean training) {
        NDArray y = x;
        for (Convolution layer : down) {
            y = Activation.leakyRelu(layer.apply(parameters, y, training), SLOPE);
        }
        return code.apply(parameters, y, training);
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
