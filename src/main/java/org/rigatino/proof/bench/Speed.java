package org.rigatino.proof.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * What was measured of one network at one batch size.
 *
 * @param seconds of one round
 * @param gigaflops of its convolutions, in GFLOP/s
 * @param megabytesPerImage that the process grew by while it ran, for each image; NaN where that was not looked at
 */
record Speed(int grid, int width, int batch, double seconds, double gigaflops, double megabytesPerImage) {
    double imagesPerSecond() {
        return batch / seconds;
    }

    /** A product and its sum are two operations. */
    static double gigaflops(long products, double seconds) {
        return 2e-9 * products / seconds;
    }

    /** The array in another manager, the same memory. */
    static NDArray in(NDManager manager, NDArray array) {
        NDArray view = array.reshape(array.getShape());
        view.attach(manager);
        return view;
    }
}
