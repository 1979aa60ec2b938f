package org.rigatino.train;

import java.util.SplittableRandom;

/** Makes out of a normal image one that a network is to restore. */
sealed interface PseudoAnomaly permits CoarseNoise, Blend {
    /**
     * @param other another normal image
     * @return new values, side*side
     */
    float[] apply(TrainingImage image, TrainingImage other, int side, SplittableRandom random);
}
