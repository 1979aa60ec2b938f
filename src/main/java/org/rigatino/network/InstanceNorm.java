package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;

/**
 * Instance normalisation, each channel of each image by its own mean and variance (biased, epsilon 1e-5), with a learnt
 * scale and shift where affine. Computed as batch normalisation of one image of N*C channels.
 */
public final class InstanceNorm extends ImageBlock {
    private static final float EPSILON = 1e-5f;
    /** The engine's own layout, taken without a swap of axes. */
    private static final int CHANNELS_SECOND = -1;

    private final Parameter gamma;
    private final Parameter beta;

    public InstanceNorm(int channels, boolean affine) {
        gamma = affine ? constant("gamma", new Shape(channels), Initializer.ONES) : null;
        beta = affine ? constant("beta", new Shape(channels), Initializer.ZEROS) : null;
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        NDManager manager = x.getManager();
        Shape shape = x.getShape();
        long n = shape.get(0);
        Shape all = new Shape(n * shape.get(1));
        NDArray scale = gamma == null
                ? manager.ones(all, x.getDataType())
                : value(parameters, gamma, x, training).tile(n);
        NDArray shift = beta == null
                ? manager.zeros(all, x.getDataType())
                : value(parameters, beta, x, training).tile(n);
        return BatchNorm.batchNorm(
                        x.reshape(1, all.get(0), shape.get(2), shape.get(3)),
                        manager.zeros(all, x.getDataType()),
                        manager.ones(all, x.getDataType()),
                        scale,
                        shift,
                        CHANNELS_SECOND,
                        0.9f,
                        EPSILON,
                        true)
                .singletonOrThrow()
                .reshape(shape);
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
