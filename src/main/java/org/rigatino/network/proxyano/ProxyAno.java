package org.rigatino.network.proxyano;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.rigatino.network.ImageBlock;

/**
 * Draws the healthy image of an image by way of its superpixel image: extraction through the memory, then reconstruction.
 * Superpixels themselves are computed only in training, where they are what the extraction learns.
 */
public final class ProxyAno extends ImageBlock {
    /**
     * What training looks at.
     *
     * @param proxy (N, 1, side, side), the extracted superpixel image
     * @param entropy scalar, of the memory's addressing
     * @param restored (N, 1, side, side), reconstructed from {@code proxy}
     * @param fromPseudo (N, 1, side, side), reconstructed from the pseudo-abnormal superpixel image
     */
    public record Passes(NDArray proxy, NDArray entropy, NDArray restored, NDArray fromPseudo) {}

    private final ProxyExtraction extraction;
    private final ImageReconstruction reconstruction;

    public ProxyAno(ProxyAnoShape shape) {
        extraction = addChildBlock("extraction", new ProxyExtraction(shape));
        reconstruction = addChildBlock("reconstruction", new ImageReconstruction(shape.width()));
    }

    /** @param x (N, 1, side, side) in [-1, 1]; @return of the same shape, in (-1, 1) */
    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        return reconstruction.apply(parameters, extraction.apply(parameters, x, training), training);
    }

    /** @param pseudo (N, 1, side, side), the pseudo-abnormal superpixel image of {@code x} */
    public Passes train(ParameterStore parameters, NDArray x, NDArray pseudo) {
        ProxyExtraction.Extracted extracted = extraction.extract(parameters, x, true);
        NDArray both = reconstruction.apply(parameters, extracted.proxy().concat(pseudo, 0), true);
        long n = x.getShape().get(0);
        return new Passes(
                extracted.proxy(), Memory.entropy(extracted.addressing()), both.get("0:" + n), both.get(n + ":"));
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
