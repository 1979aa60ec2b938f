package org.rigatino.learn.train;

import java.util.SplittableRandom;

/** The image as it is: the ablation in which nothing but the critic asks for a change. */
record Unchanged() implements PseudoAnomaly {
    @Override
    public float[] apply(TrainingImage image, TrainingImage other, int side, SplittableRandom random) {
        return image.values().clone();
    }
}
