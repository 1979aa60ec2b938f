package org.rigatino.learn.train;

import java.util.SplittableRandom;

/**
 * A region of random place, size and outline for a local pseudo-anomaly.
 *
 * @param share side*side, 0 outside to 1 well inside
 * @param row of the centre, {@code column} likewise, in cells
 * @param radius mean, in cells
 */
record Blob(float[] share, double row, double column, double radius) {
    private static final double SMALLEST = 0.04;
    private static final double LARGEST = 0.2;
    /** In cells. */
    private static final double EDGE = 2;

    private static final int LOBES = 5;
    /** Of the radius, largest departure of the outline for each lobe. */
    private static final double UNEVENNESS = 0.15;

    /** Of a random radius, its edge soft over about a cell. */
    static Blob draw(TrainingImage image, int side, SplittableRandom random) {
        return draw(image, side, 0, EDGE, random);
    }

    /**
     * Centred inside the patient.
     *
     * @param given radius in cells, 0 for a random one
     * @param edge cells over which it is soft
     */
    static Blob draw(TrainingImage image, int side, double given, double edge, SplittableRandom random) {
        int centre = random.nextInt(side * side);
        for (int tries = 0; tries < side * side && !image.foreground()[centre]; tries++) {
            centre = random.nextInt(side * side);
        }
        double radius = given > 0 ? given : random.nextDouble(SMALLEST, LARGEST) * side;
        double stretch = Math.sqrt(random.nextDouble(0.5, 2));
        double turn = random.nextDouble(Math.PI);
        double[] lobes = new double[2 * LOBES];
        for (int i = 0; i < lobes.length; i++) {
            lobes[i] = i < LOBES ? random.nextDouble(UNEVENNESS) : random.nextDouble(2 * Math.PI);
        }
        double row = centre / side;
        double column = centre % side;
        double reach = 2.5 * radius + edge;
        float[] share = new float[side * side];
        for (int i = 0; i < share.length; i++) {
            double y = i / side - row;
            double x = i % side - column;
            if (!image.foreground()[i] || y * y + x * x > reach * reach) {
                continue;
            }
            double along = (x * Math.cos(turn) + y * Math.sin(turn)) * stretch;
            double across = (y * Math.cos(turn) - x * Math.sin(turn)) / stretch;
            double outline = radius * uneven(lobes, Math.atan2(across, along));
            double inside = outline - Math.hypot(along, across);
            share[i] = (float) Math.min(1, Math.max(0, 0.5 + inside / edge));
        }
        return new Blob(share, row, column, radius);
    }

    private static double uneven(double[] lobes, double angle) {
        double outline = 1;
        for (int lobe = 0; lobe < LOBES; lobe++) {
            outline += lobes[lobe] * Math.cos((lobe + 1) * angle + lobes[LOBES + lobe]);
        }
        return outline;
    }
}
