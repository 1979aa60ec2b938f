package org.rigatino.learn.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.rigatino.restore.DifferenceMap;

/**
 * A normal image as another scanner might have taken it: resolution, bias field of the coil, contrast, gain and noise at
 * random, each left out half the time. Changes an image before it is corrupted, so that what is to be restored has
 * changed with it. Air stays as it is. Centre and quartiles are put back where the normalisation had them, as it would
 * with the other scanner's image too.
 */
final class ScannerVariation {
    /** Of the side: largest deviation of the blur, 1 mm or so of a head. */
    private static final double BLUR = 0.008;
    /** Largest logarithm of the bias field's polynomial at an edge, each term. */
    private static final double BIAS = 0.08;
    /** Largest logarithm of the exponent. */
    private static final double CONTRAST = 0.4;
    /** Black below the darkest value that is told apart, in the network's units: about the head's own in FLAIR. */
    private static final double BLACK = -2.2;
    /** Largest logarithm of the gain about the centre, and largest shift, that the normalisation leaves. */
    private static final double GAIN = 0.15;

    private static final double SHIFT = 0.08;
    /** Largest deviation, in the network's units. */
    private static final double NOISE = 0.08;

    private ScannerVariation() {}

    /** @return a new image with the same foreground; values in [-1, 1] */
    static TrainingImage apply(TrainingImage image, int side, SplittableRandom random) {
        double blur = random.nextBoolean() ? random.nextDouble(BLUR) * side : 0;
        float[] values = DifferenceMap.gaussian(image.values(), side, blur).clone();
        if (random.nextBoolean()) {
            bias(values, side, random);
        }
        if (random.nextBoolean()) {
            contrast(values, Math.exp(random.nextDouble(-CONTRAST, CONTRAST)));
        }
        centre(values, image, random);
        if (random.nextBoolean()) {
            noise(values, random.nextDouble(NOISE), random);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = image.foreground()[i] ? Math.max(-1, Math.min(1, values[i])) : image.values()[i];
        }
        return new TrainingImage(values, image.foreground());
    }

    /** Multiplies what lies above black by the exponential of a polynomial of second degree. */
    private static void bias(float[] values, int side, SplittableRandom random) {
        double[] terms = random.doubles(5, -BIAS, BIAS).toArray();
        for (int i = 0; i < values.length; i++) {
            double y = 2.0 * (i / side) / (side - 1) - 1;
            double x = 2.0 * (i % side) / (side - 1) - 1;
            double field = terms[0] * x + terms[1] * y + terms[2] * x * y + terms[3] * x * x + terms[4] * y * y;
            values[i] = (float) (BLACK + (values[i] - BLACK) * Math.exp(field));
        }
    }

    /** A power between black and the brightest that is told apart. */
    private static void contrast(float[] values, double power) {
        for (int i = 0; i < values.length; i++) {
            double share = Math.max(0, (values[i] - BLACK) / (1 - BLACK));
            values[i] = (float) (BLACK + (1 - BLACK) * Math.pow(share, power));
        }
    }

    private record Quartiles(double lower, double median, double upper) {
        static Quartiles of(float[] values, boolean[] foreground) {
            float[] inside = new float[values.length];
            int count = 0;
            for (int i = 0; i < values.length; i++) {
                if (foreground[i]) {
                    inside[count++] = values[i];
                }
            }
            Arrays.sort(inside, 0, count);
            return count == 0
                    ? new Quartiles(0, 0, 0)
                    : new Quartiles(inside[count / 4], inside[count / 2], inside[3 * count / 4]);
        }
    }

    private static void centre(float[] values, TrainingImage image, SplittableRandom random) {
        Quartiles before = Quartiles.of(image.values(), image.foreground());
        Quartiles now = Quartiles.of(values, image.foreground());
        boolean varied = random.nextBoolean();
        double gain = varied ? Math.exp(random.nextDouble(-GAIN, GAIN)) : 1;
        double centre = before.median + (varied ? random.nextDouble(-SHIFT, SHIFT) : 0);
        if (now.upper > now.lower) {
            gain *= (before.upper - before.lower) / (now.upper - now.lower);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (centre + gain * (values[i] - now.median));
        }
    }

    private static void noise(float[] values, double deviation, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (deviation * random.nextGaussian());
        }
    }
}
