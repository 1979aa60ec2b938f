package org.rigatino.learn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Images to learn from: a disc of slow waves, each image with a phase of its own. */
final class Waves {
    private static final int IMAGES = 4;

    private Waves() {}

    static List<TrainingImage> images(int side) {
        Random random = new Random(1);
        List<TrainingImage> images = new ArrayList<>();
        for (int n = 0; n < IMAGES; n++) {
            images.add(image(side, 7 * random.nextDouble()));
        }
        return images;
    }

    private static TrainingImage image(int side, double phase) {
        float[] values = new float[side * side];
        boolean[] foreground = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            double row = 64.0 * (i / side) / side;
            double column = 64.0 * (i % side) / side;
            foreground[i] = Math.hypot(row - 32, column - 32) < 25;
            values[i] = foreground[i] ? (float) (0.3 + Math.sin(row / 9 + column / 7 + phase) / 4) : -0.5f;
        }
        return new TrainingImage(values, foreground);
    }
}
