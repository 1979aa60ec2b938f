package org.rigatino.network.sagan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import org.rigatino.network.Arithmetic;

/**
 * Says of each cell of an image whether it is of a lesion: the generator's kind of network, which sees the image and what
 * a restorer's drawing leaves of it. Out come logits.
 */
public final class Reader extends PatchNetwork {
    /** The image, and its difference from what was drawn. */
    public static final int CHANNELS = 2;

    public Reader(GeneratorShape shape) {
        this(shape, Arithmetic.FULL);
    }

    /** @param arithmetic of training; what is read otherwise is computed in the type of the image */
    public Reader(GeneratorShape shape, Arithmetic arithmetic) {
        super(shape, arithmetic, CHANNELS);
    }

    /** @param x (N, 2, side, side): images and their differences; @return logits, (N, 1, side, side) */
    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        return plain(parameters, x, training);
    }

    /**
     * Cross-entropy of the logits z: max(z, 0) - z t + log(1 + exp(-|z|)), a mean, finite whatever z is.
     *
     * @param lesion t, of the logits' shape: 1 where a lesion is, else 0
     */
    public NDArray loss(ParameterStore parameters, NDArray x, NDArray lesion) {
        NDArray z = apply(parameters, x, true);
        NDArray smooth = z.abs().neg().exp().add(1).log();
        return Activation.relu(z).sub(z.mul(lesion)).add(smooth).mean();
    }

    /**
     * What a reader is given of images.
     *
     * @param images n*side*side, and {@code drawn} likewise
     * @return n*2*side*side
     */
    public static float[] input(float[] images, float[] drawn, int side) {
        int cells = side * side;
        float[] input = new float[CHANNELS * images.length];
        for (int i = 0; i < images.length; i++) {
            int at = (i / cells) * CHANNELS * cells + i % cells;
            input[at] = images[i];
            input[at + cells] = images[i] - drawn[i];
        }
        return input;
    }

    /** That a cell is of a lesion, in place of its logit. @return {@code logits} */
    public static float[] probabilities(float[] logits) {
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (1 / (1 + Math.exp(-logits[i])));
        }
        return logits;
    }

    @Override
    protected Shape outputShape(Shape input) {
        return new Shape(input.get(0), 1, input.get(2), input.get(3));
    }
}
