package org.rigatino.network.sagan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Square patches of square images, folded into the batch: image by image, row-major within the image. */
final class Patches {
    private Patches() {}

    /** (N, C, side, side) to (N*k*k, C, patch, patch), k = side / patch. */
    static NDArray cut(NDArray images, int patch) {
        Shape shape = images.getShape();
        long n = shape.get(0);
        long c = shape.get(1);
        long k = shape.get(2) / patch;
        return images.reshape(n, c, k, patch, k, patch)
                .transpose(0, 2, 4, 1, 3, 5)
                .reshape(n * k * k, c, patch, patch);
    }

    /** The inverse of {@link #cut} for images of one channel and the given side. */
    static NDArray tile(NDArray patches, int side) {
        Shape shape = patches.getShape();
        long patch = shape.get(2);
        long k = side / patch;
        long n = shape.get(0) / (k * k);
        return patches.reshape(n, k, k, patch, patch).transpose(0, 1, 3, 2, 4).reshape(n, 1, side, side);
    }
}
