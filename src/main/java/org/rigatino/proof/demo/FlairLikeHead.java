package org.rigatino.proof.demo;

import java.util.Random;

/**
 * Axial slices of a T1-weighted head with its contrast remapped to resemble FLAIR: cerebrospinal fluid dark, gray matter
 * a little brighter than white, fat bright, with the noise of a scanner. Simulated: no inversion pulse was ever played.
 */
final class FlairLikeHead {
    static final int MATRIX = 256;
    static final double FIELD_OF_VIEW = 240;
    static final double SPACING = FIELD_OF_VIEW / MATRIX;
    static final double THICKNESS = 5;
    static final int SLICES = 20;
    /** Centre of the lowest slice, mm above the anterior commissure: the temporal lobes. */
    static final double LOWEST = -22;
    /** Of the pixel values; 12 bits stored. */
    static final int BRIGHTEST = 1000;

    /** Centre of the field of view, mm posterior of the anterior commissure. */
    private static final double CENTRE = 17;

    private static final double NOISE = 12;
    private static final int SAMPLES_THROUGH_SLICE = 5;

    /**
     * Signal of ch2.nii.gz (knots, ascending) and what it becomes. Its histogram peaks at air 0, gray matter 86 and white
     * matter 113; fluid lies near 50, fat from 140 on.
     */
    private static final double[] T1 = {0, 20, 50, 66, 86, 100, 113, 125, 150, 200, 255};

    private static final double[] FLAIR = {0, 60, 90, 260, 520, 480, 430, 470, 680, 900, BRIGHTEST};

    /** How much of a lesion a point of the patient holds, 0 to 1; LPS in mm. */
    @FunctionalInterface
    interface Lesion {
        double share(double left, double posterior, double superior);
    }

    static final Lesion NONE = (left, posterior, superior) -> 0;

    /** Signal of the lesion, of {@link #BRIGHTEST}. */
    private static final double LESION_SIGNAL = 820;

    private final NiftiVolume head;
    private final Lesion lesion;

    FlairLikeHead(NiftiVolume head, Lesion lesion) {
        this.head = head;
        this.lesion = lesion;
    }

    /** Two blobs that run into each other in the right hemisphere's white matter, with a smooth border. */
    static double rightFrontoparietal(double left, double posterior, double superior) {
        double first = blob(left + 31, posterior - 18, superior - 30, 17, 21, 16);
        double second = blob(left + 25, posterior + 8, superior - 24, 10, 12, 11);
        return Math.min(1, first + second);
    }

    /** 1 at the centre, one half on the ellipsoid with these half-axes, 0 far away. */
    private static double blob(double dx, double dy, double dz, double rx, double ry, double rz) {
        double distance = Math.sqrt(dx * dx / (rx * rx) + dy * dy / (ry * ry) + dz * dz / (rz * rz));
        return 1 / (1 + Math.exp(10 * (distance - 1)));
    }

    /** Centre of the first pixel of a slice, LPS in mm; rows run to the patient's left, columns to the back. */
    static double[] position(int slice) {
        double half = FIELD_OF_VIEW / 2 - SPACING / 2;
        return new double[] {-half, CENTRE - half, LOWEST + slice * THICKNESS};
    }

    /** MATRIX*MATRIX values, row-major. The same slice has the same values always. */
    short[] slice(int slice) {
        double[] first = position(slice);
        Random noise = new Random(slice);
        short[] pixels = new short[MATRIX * MATRIX];
        for (int i = 0; i < pixels.length; i++) {
            double left = first[0] + i % MATRIX * SPACING;
            double posterior = first[1] + i / MATRIX * SPACING;
            double signal = throughSlice(left, posterior, first[2]);
            pixels[i] = (short) Math.round(magnitude(signal, noise));
        }
        return pixels;
    }

    private double throughSlice(double left, double posterior, double centre) {
        double sum = 0;
        for (int i = 0; i < SAMPLES_THROUGH_SLICE; i++) {
            double superior = centre + THICKNESS * ((i + 0.5) / SAMPLES_THROUGH_SLICE - 0.5);
            double tissue = remap(head.at(left, posterior, superior));
            double share = lesion.share(left, posterior, superior);
            sum += tissue + share * (LESION_SIGNAL - tissue);
        }
        return sum / SAMPLES_THROUGH_SLICE;
    }

    /** Magnitude images have Rician noise: both channels are noisy before the magnitude is taken. */
    private static double magnitude(double signal, Random noise) {
        return Math.min(Math.hypot(signal + NOISE * noise.nextGaussian(), NOISE * noise.nextGaussian()), BRIGHTEST);
    }

    static double remap(double t1) {
        int knot = 1;
        while (knot < T1.length - 1 && t1 > T1[knot]) {
            knot++;
        }
        double along = Math.max(0, Math.min(1, (t1 - T1[knot - 1]) / (T1[knot] - T1[knot - 1])));
        return FLAIR[knot - 1] + along * (FLAIR[knot] - FLAIR[knot - 1]);
    }
}
