package org.rigatino.learn.train;

import java.util.List;
import java.util.SplittableRandom;

/** Any one of several kinds, as often each. */
record Mixture(List<PseudoAnomaly> kinds) implements PseudoAnomaly {
    @Override
    public float[] apply(TrainingImage image, TrainingImage other, int side, SplittableRandom random) {
        return kinds.get(random.nextInt(kinds.size())).apply(image, other, side, random);
    }
}
