package org.rigatino.network.sagan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.rigatino.network.Arithmetic;

/**
 * Draws the healthy image of an image. Out comes tanh(r + x), r being what the network adds to the image x. 44,758,979
 * parameters at width 64.
 */
public final class Generator extends PatchNetwork {
    public Generator(GeneratorShape shape) {
        this(shape, Arithmetic.FULL);
    }

    /** @param arithmetic of training; what is drawn otherwise is computed in the type of the image */
    public Generator(GeneratorShape shape, Arithmetic arithmetic) {
        super(shape, arithmetic, 1);
    }

    /** @param x (N, 1, side, side) in [-1, 1]; @return of the same shape, in (-1, 1) */
    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        return x.add(plain(parameters, x, training)).tanh();
    }

    /**
     * The pass of training in the authors' code: where {@code keep} is 0, the network's r is replaced by the image
     * itself.
     *
     * @param keep (N, 1, side, side) of zeros and ones
     */
    public NDArray applyMasked(ParameterStore parameters, NDArray x, NDArray keep) {
        NDArray r = plain(parameters, x, true);
        NDArray masked = keep.mul(r).add(keep.neg().add(1).mul(x));
        return x.add(masked).tanh();
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
