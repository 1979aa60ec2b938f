package org.rigatino.learn.train;

import java.util.SplittableRandom;

/** A {@link Blob} of the image becomes brighter or darker throughout, by 0.2 to 1.2 of the network's units. */
record Intensity() implements PseudoAnomaly {
    private static final double LEAST = 0.2;
    private static final double MOST = 1.2;

    @Override
    public float[] apply(TrainingImage image, TrainingImage other, int side, SplittableRandom random) {
        Blob blob = Blob.draw(image, side, random);
        double change = random.nextDouble(LEAST, MOST) * (random.nextBoolean() ? 1 : -1);
        float[] values = image.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.max(-1, Math.min(1, values[i] + change * blob.share()[i]));
        }
        return values;
    }
}
