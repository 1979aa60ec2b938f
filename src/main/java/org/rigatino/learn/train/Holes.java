package org.rigatino.learn.train;

import java.util.SplittableRandom;
import org.rigatino.restore.Redrawing;

/**
 * One to three {@link Blob}s, within which nothing is left of the image: each cell is {@link Redrawing#BLANK}. Teaches a
 * network to draw a region from what lies around it. The first has a radius of 3 to 30 % of the side, further ones of 1.2 to
 * 10 %, each as often of any order of size; sometimes the same is blank on the other side too. Half of the images have
 * {@link Lesions} besides, since what is left around a region that is blanked is seldom all healthy.
 */
record Holes() implements PseudoAnomaly {
    private static final int MOST = 3;
    private static final double LARGEST = 0.3;
    private static final double LARGEST_FURTHER = 0.1;
    /** Radii of each, the largest over the smallest. */
    private static final double RANGE = 10;

    private static final double FURTHER_RANGE = 8;
    private static final double BOTH_SIDES = 0.2;

    @Override
    public float[] apply(TrainingImage image, TrainingImage other, int side, SplittableRandom random) {
        float[] values = random.nextBoolean()
                ? new Lesions().apply(image, other, side, random)
                : image.values().clone();
        int count = 1 + random.nextInt(MOST);
        for (int n = 0; n < count; n++) {
            double largest = n == 0 ? LARGEST : LARGEST_FURTHER;
            double radius = largest * Math.pow(n == 0 ? RANGE : FURTHER_RANGE, -random.nextDouble()) * side;
            Blob blob = Blob.draw(image, side, Math.max(1, radius), 1, random);
            blank(values, blob.share(), image.foreground(), side, random.nextDouble() < BOTH_SIDES);
        }
        return values;
    }

    private static void blank(float[] values, float[] blob, boolean[] foreground, int side, boolean bothSides) {
        for (int i = 0; i < values.length; i++) {
            float opposite = bothSides ? blob[i - i % side + side - 1 - i % side] : 0;
            if (foreground[i] && Math.max(blob[i], opposite) >= 0.5) {
                values[i] = Redrawing.BLANK;
            }
        }
    }
}
