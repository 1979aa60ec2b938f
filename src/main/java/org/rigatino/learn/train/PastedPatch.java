package org.rigatino.learn.train;

import java.util.SplittableRandom;

/** ProxyAno's: a patch of an image, detail and all, pasted elsewhere on its superpixel image. */
record PastedPatch() implements PseudoAnomaly {
    private static final double SMALLEST = 0.1;
    private static final double LARGEST = 0.4;

    /**
     * Pastes a patch of 10 to 40 % of the side on each axis, taken at a random place, at another random place.
     *
     * @param image that is pasted on
     * @param other that the patch comes from
     */
    @Override
    public float[] apply(TrainingImage image, TrainingImage other, int side, SplittableRandom random) {
        int height = (int) Math.round(random.nextDouble(SMALLEST, LARGEST) * side);
        int width = (int) Math.round(random.nextDouble(SMALLEST, LARGEST) * side);
        int from = random.nextInt(side - height + 1) * side + random.nextInt(side - width + 1);
        int to = random.nextInt(side - height + 1) * side + random.nextInt(side - width + 1);
        float[] pasted = image.values().clone();
        for (int row = 0; row < height; row++) {
            System.arraycopy(other.values(), from + row * side, pasted, to + row * side, width);
        }
        return pasted;
    }
}
