package org.rigatino.network.sagan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.rigatino.network.Arithmetic;
import org.rigatino.network.Convolution;
import org.rigatino.network.ImageBlock;
import org.rigatino.network.InstanceNorm;

/**
 * Tells the features of a patch where in its image the patch lies: the patch's index in binary, most significant bit
 * first, as constant maps beside the features, mixed in by a 1x1 convolution. As in the authors' code, whose instance norm
 * right behind takes it back: what is constant over a patch is a constant for each channel there too, and is subtracted.
 * {@link CoordinateBlock} is heard.
 */
final class PositionBlock extends ImageBlock {
    private final int bits;
    private final int patches;
    private final Convolution mix;
    private final InstanceNorm norm;

    /** @param patches in one image; the batch holds them image by image, in row-major order */
    PositionBlock(int channels, int bits, int patches) {
        this.bits = bits;
        this.patches = patches;
        mix = addChildBlock("mix", new Convolution(channels + bits, channels, 1, 1, 0, true));
        norm = addChildBlock("norm", new InstanceNorm(channels, false));
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        NDArray mixed = mix.apply(parameters, x.concat(encoding(x), 1), training);
        return norm.rectified(parameters, mixed, training);
    }

    /** (N, bits, h, w) for the batch {@code x} (N, C, h, w). */
    NDArray encoding(NDArray x) {
        Shape shape = x.getShape();
        int n = Math.toIntExact(shape.get(0));
        float[] values = new float[n * bits];
        for (int i = 0; i < n; i++) {
            for (int bit = 0; bit < bits; bit++) {
                values[i * bits + bit] = (i % patches) >> (bits - 1 - bit) & 1;
            }
        }
        Shape maps = new Shape(n, bits, shape.get(2), shape.get(3));
        NDArray encoding = x.getManager().create(values, new Shape(n, bits, 1, 1));
        return Arithmetic.like(encoding, x).broadcast(maps);
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
