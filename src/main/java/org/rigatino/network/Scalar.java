package org.rigatino.network;

import ai.djl.ndarray.NDArray;

/**
 * Products with a number inside a loss. {@link NDArray#mul(Number)} gives the number's memory back at once, while the
 * backward pass still reads it: where the garbage collector ran in between, the gradient is scaled by anything.
 */
public final class Scalar {
    private Scalar() {}

    /** The number lives as long as the manager of {@code x}. */
    public static NDArray times(NDArray x, double factor) {
        return x.mul(x.getManager().create((float) factor));
    }
}
