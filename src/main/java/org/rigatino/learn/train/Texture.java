package org.rigatino.learn.train;

import java.util.SplittableRandom;
import org.rigatino.restore.DifferenceMap;

/** A {@link Blob} of the image loses its detail: it gives way to the image smoothed by 1 to 4 cells. */
record Texture() implements PseudoAnomaly {
    @Override
    public float[] apply(TrainingImage image, TrainingImage other, int side, SplittableRandom random) {
        Blob blob = Blob.draw(image, side, random);
        float[] smooth = DifferenceMap.gaussian(image.values(), side, random.nextDouble(1, 4));
        float[] values = image.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += blob.share()[i] * (smooth[i] - values[i]);
        }
        return values;
    }
}
