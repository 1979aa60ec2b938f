package org.rigatino.learn.train;

import java.util.SplittableRandom;

/**
 * SAGAN's own: in a box centred in the middle 60 % of each axis, of half-width 5 to 20 % of the side, the image gives way
 * to another normal one at the same place, in a random share.
 */
record Blend() implements PseudoAnomaly {
    @Override
    public float[] apply(TrainingImage image, TrainingImage other, int side, SplittableRandom random) {
        double centreY = random.nextDouble(0.2, 0.8) * side;
        double centreX = random.nextDouble(0.2, 0.8) * side;
        double halfY = random.nextDouble(0.05, 0.2) * side;
        double halfX = random.nextDouble(0.05, 0.2) * side;
        float share = (float) random.nextDouble();
        float[] values = image.values().clone();
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(i / side + 0.5 - centreY) <= halfY && Math.abs(i % side + 0.5 - centreX) <= halfX) {
                values[i] = (1 - share) * values[i] + share * other.values()[i];
            }
        }
        return values;
    }
}
