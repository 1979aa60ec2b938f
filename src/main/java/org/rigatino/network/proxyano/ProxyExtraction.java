package org.rigatino.network.proxyano;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import org.rigatino.network.Convolution;
import org.rigatino.network.ImageBlock;
import org.rigatino.network.NormedConvolution;

/**
 * Proxy Extraction Module: image to features to memory to superpixel image. Everything passes the memory, at an eighth of
 * the side; there are no skips.
 */
final class ProxyExtraction extends ImageBlock {
    private static final int LEVELS = 3;

    /**
     * @param proxy (N, 1, side, side), the superpixel image as the memory knows it
     * @param addressing (N*side/8*side/8, slots), of the memory
     */
    record Extracted(NDArray proxy, NDArray addressing) {}

    private final NormedConvolution stem;
    private final List<NormedConvolution> down = new ArrayList<>();
    private final Memory memory;
    private final List<NormedConvolution> up = new ArrayList<>();
    private final Convolution head;

    ProxyExtraction(ProxyAnoShape shape) {
        int width = shape.width();
        stem = addChildBlock("stem", NormedConvolution.stem(1, width));
        for (int i = 0; i < LEVELS; i++) {
            down.add(addChildBlock("down" + i, NormedConvolution.down(width << i)));
        }
        memory = addChildBlock(
                "memory", new Memory(shape.memory(), width << LEVELS, shape.shrinkage() / 100.0, shape.sharpness()));
        for (int i = LEVELS; i > 0; i--) {
            up.add(addChildBlock("up" + i, NormedConvolution.up(width << i)));
        }
        head = addChildBlock("head", new Convolution(width, 1, 7, 1, 3, true));
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        return extract(parameters, x, training).proxy();
    }

    Extracted extract(ParameterStore parameters, NDArray x, boolean training) {
        NDArray features = stem.apply(parameters, x, training);
        for (NormedConvolution layer : down) {
            features = layer.apply(parameters, features, training);
        }
        NDArray addressing = memory.address(parameters, features, training);
        NDArray y = memory.read(parameters, addressing, features.getShape(), training);
        for (NormedConvolution layer : up) {
            y = layer.apply(parameters, y, training);
        }
        return new Extracted(head.apply(parameters, y, training).tanh(), addressing);
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
