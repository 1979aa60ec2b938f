package org.rigatino.learn.train;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Which image of a list, and whether left and right are exchanged in it. */
record Pick(int index, boolean mirrored) {
    /** The random choices of one iteration, fixed by seed and iteration alone. */
    static SplittableRandom random(Recipe recipe, int iteration) {
        return new SplittableRandom(recipe.seed() * 1_000_003L + iteration);
    }

    /**
     * One iteration's images.
     *
     * @param count of images to choose from
     * @param flips whether half of them are mirrored
     */
    static List<Pick> batch(SplittableRandom random, int size, int count, boolean flips) {
        return Stream.generate(() -> new Pick(random.nextInt(count), flips && random.nextBoolean()))
                .limit(size)
                .toList();
    }

    TrainingImage of(List<TrainingImage> images, int side) {
        TrainingImage image = images.get(index);
        return mirrored ? image.mirrored(side) : image;
    }

    /** @return the values one after another, batch*side*side */
    static float[] values(List<Pick> picks, List<TrainingImage> images, int side) {
        float[] values = new float[picks.size() * side * side];
        for (int i = 0; i < picks.size(); i++) {
            System.arraycopy(picks.get(i).of(images, side).values(), 0, values, i * side * side, side * side);
        }
        return values;
    }
}
