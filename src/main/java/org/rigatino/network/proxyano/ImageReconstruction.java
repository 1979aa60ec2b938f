package org.rigatino.network.proxyano;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import org.rigatino.network.Convolution;
import org.rigatino.network.ImageBlock;
import org.rigatino.network.NormedConvolution;
import org.rigatino.network.ResidualBlock;

/**
 * Image Reconstruction Module: superpixel image to image. Two levels down, residual blocks, two levels up, each level's
 * features added to those of the same side on the way up: what a superpixel image shows, its edges, is free to pass.
 */
final class ImageReconstruction extends ImageBlock {
    private static final int RESIDUAL_BLOCKS = 3;

    private final NormedConvolution stem;
    private final NormedConvolution down;
    private final NormedConvolution downAgain;
    private final List<ResidualBlock> bottleneck = new ArrayList<>();
    private final NormedConvolution up;
    private final NormedConvolution upAgain;
    private final Convolution head;

    ImageReconstruction(int width) {
        stem = addChildBlock("stem", NormedConvolution.stem(1, width));
        down = addChildBlock("down", NormedConvolution.down(width));
        downAgain = addChildBlock("downAgain", NormedConvolution.down(2 * width));
        for (int i = 0; i < RESIDUAL_BLOCKS; i++) {
            bottleneck.add(addChildBlock("residual" + i, new ResidualBlock(4 * width)));
        }
        up = addChildBlock("up", NormedConvolution.up(4 * width));
        upAgain = addChildBlock("upAgain", NormedConvolution.up(2 * width));
        head = addChildBlock("head", new Convolution(width, 1, 7, 1, 3, true));
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        NDArray whole = stem.apply(parameters, x, training);
        NDArray half = down.apply(parameters, whole, training);
        NDArray y = downAgain.apply(parameters, half, training);
        for (ResidualBlock block : bottleneck) {
            y = block.apply(parameters, y, training);
        }
        y = up.apply(parameters, y, training).add(half);
        y = upAgain.apply(parameters, y, training).add(whole);
        return head.apply(parameters, y, training).tanh();
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
