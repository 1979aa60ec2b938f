package org.rigatino.train;

import java.util.SplittableRandom;

/** ProxyAno's pseudo-abnormal superpixel image: a patch of the image, detail and all, pasted elsewhere on its SI. */
final class PastedPatch {
    private static final double SMALLEST = 0.1;
    private static final double LARGEST = 0.4;

    private PastedPatch() {}

    /**
     * Pastes a patch of 10 to 40 % of the side on each axis, taken at a random place, at another random place.
     *
     * @param images n*side*side
     * @param proxies n*side*side, their superpixel images; changed
     */
    static void paste(float[] images, float[] proxies, int side, SplittableRandom random) {
        for (int start = 0; start < images.length; start += side * side) {
            int height = (int) Math.round(random.nextDouble(SMALLEST, LARGEST) * side);
            int width = (int) Math.round(random.nextDouble(SMALLEST, LARGEST) * side);
            int from = start + random.nextInt(side - height + 1) * side + random.nextInt(side - width + 1);
            int to = start + random.nextInt(side - height + 1) * side + random.nextInt(side - width + 1);
            for (int row = 0; row < height; row++) {
                System.arraycopy(images, from + row * side, proxies, to + row * side, width);
            }
        }
    }
}
