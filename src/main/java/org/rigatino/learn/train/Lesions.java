package org.rigatino.learn.train;

import java.util.SplittableRandom;

/**
 * One to four {@link Blob}s become brighter, or all of them darker, by 0.15 to 1.4 of the network's units. The first has a
 * radius of 3 to 30 % of the side, further ones of 1.2 to 10 %, each as often of any order of size; their edges are sharp to
 * soft, their insides often uneven. Sometimes the same lies on the other side of the image too.
 */
record Lesions() implements PseudoAnomaly {
    private static final int MOST = 4;
    private static final double LARGEST = 0.3;
    private static final double LARGEST_FURTHER = 0.1;
    /** Radii of each, the largest over the smallest. */
    private static final double RANGE = 10;

    private static final double FURTHER_RANGE = 8;
    private static final double WEAKEST = 0.15;
    private static final double STRONGEST = 1.4;
    private static final double BRIGHTER = 0.75;
    private static final double BOTH_SIDES = 0.2;
    /** Of the radius, largest width of an edge. */
    private static final double SOFTEST = 1;

    @Override
    public float[] apply(TrainingImage image, TrainingImage other, int side, SplittableRandom random) {
        float[] values = image.values().clone();
        double sign = random.nextDouble() < BRIGHTER ? 1 : -1;
        int count = 1 + random.nextInt(MOST);
        for (int n = 0; n < count; n++) {
            double largest = n == 0 ? LARGEST : LARGEST_FURTHER;
            double radius = largest * Math.pow(n == 0 ? RANGE : FURTHER_RANGE, -random.nextDouble()) * side;
            double edge = Math.max(1, random.nextDouble(SOFTEST) * radius);
            Blob blob = Blob.draw(image, side, Math.max(1, radius), edge, random);
            add(values, sign * random.nextDouble(WEAKEST, STRONGEST), blob.share(), image.foreground(), side, random);
        }
        return values;
    }

    private static void add(
            float[] values, double change, float[] blob, boolean[] foreground, int side, SplittableRandom random) {
        float[] texture = random.nextBoolean() ? texture(side, random) : null;
        boolean bothSides = random.nextDouble() < BOTH_SIDES;
        for (int i = 0; i < values.length; i++) {
            float opposite = bothSides ? blob[i - i % side + side - 1 - i % side] : 0;
            double share = Math.max(blob[i], opposite) * (texture == null ? 1 : texture[i]);
            if (foreground[i]) {
                values[i] = (float) Math.max(-1, Math.min(1, values[i] + change * share));
            }
        }
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
