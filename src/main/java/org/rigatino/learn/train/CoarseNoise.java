package org.rigatino.learn.train;

import java.util.SplittableRandom;

/**
 * Gaussian noise on a coarse lattice, enlarged, inside the patient: the corruption whose removal teaches a network what
 * belongs there (after Kascenas et al., Denoising Autoencoders for Unsupervised Anomaly Detection in Brain MRI, MIDL
 * 2022). The lattice is 4x4 to 16x16, its place and strength random.
 *
 * @param strength largest standard deviation, in the network's units
 */
record CoarseNoise(double strength) implements PseudoAnomaly {
    private static final int[] LATTICES = {4, 6, 8, 12, 16};

    @Override
    public float[] apply(TrainingImage image, TrainingImage other, int side, SplittableRandom random) {
        int lattice = LATTICES[random.nextInt(LATTICES.length)];
        double deviation = strength * random.nextDouble();
        double shiftY = random.nextDouble();
        double shiftX = random.nextDouble();
        double[] noise = new double[(lattice + 2) * (lattice + 2)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = deviation * random.nextGaussian();
        }
        float[] values = image.values().clone();
        for (int i = 0; i < values.length; i++) {
            if (image.foreground()[i]) {
                double y = shiftY + (double) (i / side) * lattice / side;
                double x = shiftX + (double) (i % side) * lattice / side;
                values[i] = clip(values[i] + interpolate(noise, lattice + 2, y, x));
            }
        }
        return values;
    }

    private static double interpolate(double[] noise, int width, double y, double x) {
        int top = (int) y;
        int left = (int) x;
        int at = top * width + left;
        double upper = noise[at] * (1 - x + left) + noise[at + 1] * (x - left);
        double lower = noise[at + width] * (1 - x + left) + noise[at + width + 1] * (x - left);
        return upper * (1 - y + top) + lower * (y - top);
    }

    private static float clip(double value) {
        return (float) Math.max(-1, Math.min(1, value));
    }
}
