package org.rigatino.learn.train;

import java.util.SplittableRandom;

/** A {@link Blob} of the image is pushed aside or together, as by a mass: by up to its radius, fading out around it. */
record Deformation() implements PseudoAnomaly {
    @Override
    public float[] apply(TrainingImage image, TrainingImage other, int side, SplittableRandom random) {
        Blob blob = Blob.draw(image, side, random);
        double reach = Math.max(2, blob.radius());
        double growth = random.nextDouble(-0.8, 0.8);
        double down = random.nextDouble(-0.6, 0.6) * reach;
        double right = random.nextDouble(-0.6, 0.6) * reach;
        float[] values = image.values().clone();
        for (int i = 0; i < values.length; i++) {
            double y = i / side - blob.row();
            double x = i % side - blob.column();
            double fading = Math.exp(-(x * x + y * y) / (2 * reach * reach));
            double fromY = i / side - fading * (growth * y + down);
            double fromX = i % side - fading * (growth * x + right);
            values[i] = TrainingImage.sample(image.values(), side, fromY, fromX);
        }
        return values;
    }
}
