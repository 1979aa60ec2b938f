package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.concurrent.TimeUnit;

/**
 * A stand-in for a network on a GPU, for benchmarks alone: waits without taking the processor, and gives back what it
 * got. It restores nothing.
 */
public final class Waiting extends ImageBlock {
    private final int milliseconds;

    /** @param milliseconds for each image of a batch */
    public Waiting(int milliseconds) {
        this.milliseconds = milliseconds;
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds * x.getShape().get(0));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
        return x.duplicate();
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
