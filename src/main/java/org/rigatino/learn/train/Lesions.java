package org.rigatino.learn.train;

import java.util.SplittableRandom;

/**
 * One to five {@link Blob}s become brighter, or all of them darker, by 0.15 to 1.4 of the network's units: a hundredth to
 * a quarter of the side in radius, small ones oftener, their edges sharp to soft, their insides uneven. Sometimes the
 * same lies on the other side of the image too.
 */
record Lesions() implements PseudoAnomaly {
    private static final int MOST = 5;
    private static final double SMALLEST = 0.01;
    private static final double LARGEST = 0.25;
    private static final double WEAKEST = 0.15;
    private static final double STRONGEST = 1.4;
    private static final double BRIGHTER = 0.75;
    private static final double BOTH_SIDES = 0.2;
    /** Of the radius, largest width of an edge. */
    private static final double SOFTEST = 1;

    @Override
    public float[] apply(TrainingImage image, TrainingImage other, int side, SplittableRandom random) {
        float[] values = image.values().clone();
        boolean brighter = random.nextDouble() < BRIGHTER;
        int count = 1 + random.nextInt(MOST);
        for (int n = 0; n < count; n++) {
            double radius = SMALLEST * Math.pow(LARGEST / SMALLEST, random.nextDouble() / (n + 1)) * side;
            double edge = Math.max(1, random.nextDouble(SOFTEST) * radius);
            Blob blob = Blob.draw(image, side, Math.max(1, radius), edge, random);
            double change = random.nextDouble(WEAKEST, STRONGEST) * (brighter ? 1 : -1);
            float[] texture = random.nextBoolean() ? texture(side, random) : null;
            boolean bothSides = random.nextDouble() < BOTH_SIDES;
            for (int i = 0; i < values.length; i++) {
                int across = i - i % side + side - 1 - i % side;
                float share = bothSides ? Math.max(blob.share()[i], blob.share()[across]) : blob.share()[i];
                double uneven = texture == null ? 1 : texture[i];
                double changed = values[i] + (image.foreground()[i] ? change * share * uneven : 0);
                values[i] = (float) Math.max(-1, Math.min(1, changed));
            }
        }
        return values;
    }

    /** Slow waves between 0.3 and 1. */
    private static float[] texture(int side, SplittableRandom random) {
        double[] waves = random.doubles(6).toArray();
        float[] texture = new float[side * side];
        for (int i = 0; i < texture.length; i++) {
            double y = (double) (i / side) / side;
            double x = (double) (i % side) / side;
            double down = Math.sin(2 * Math.PI * ((2 + 10 * waves[0]) * y + (10 * waves[1] - 5) * x + waves[2]));
            double along = Math.sin(2 * Math.PI * ((2 + 10 * waves[3]) * x + (10 * waves[4] - 5) * y + waves[5]));
            texture[i] = (float) (0.65 + 0.175 * (down + along));
        }
        return texture;
    }
}
