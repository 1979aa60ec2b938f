package org.rigatino.learn.train;

import java.util.List;
import java.util.SplittableRandom;
import org.rigatino.restore.Scoring;

/**
 * The images of one iteration of a reader, each batch*side*side; fixed by seed and iteration alone.
 *
 * @param images pseudo-anomalies of normal images
 * @param lesion 1 where they depart from those by more than {@value #DEPARTS} in a sign that counts, else 0
 */
record ReaderBatch(float[] images, float[] lesion) {
    /** In the network's units, of which the range has 2. */
    static final float DEPARTS = 0.1f;

    static ReaderBatch draw(ReaderRecipe recipe, int iteration, List<TrainingImage> normals) {
        SplittableRandom random = Pick.random(recipe, iteration);
        int cells = recipe.side() * recipe.side();
        float[] images = new float[recipe.batch() * cells];
        float[] lesion = new float[images.length];
        PseudoAnomaly anomaly = recipe.pseudoAnomaly();
        for (int i = 0; i < recipe.batch(); i++) {
            TrainingImage image = pick(recipe, normals, random);
            TrainingImage other = pick(recipe, normals, random);
            float[] changed = anomaly.apply(image, other, recipe.side(), random);
            System.arraycopy(changed, 0, images, i * cells, cells);
            for (int cell = 0; cell < cells; cell++) {
                boolean departs = departs(changed[cell] - image.values()[cell], recipe.sign());
                lesion[i * cells + cell] = departs ? 1 : 0;
            }
        }
        return new ReaderBatch(images, lesion);
    }

    private static TrainingImage pick(ReaderRecipe recipe, List<TrainingImage> images, SplittableRandom random) {
        TrainingImage image = images.get(random.nextInt(images.size()));
        TrainingImage sided = recipe.flips() && random.nextBoolean() ? image.mirrored(recipe.side()) : image;
        return recipe.scanner() ? ScannerVariation.apply(sided, recipe.side(), random) : sided;
    }

    static boolean departs(float change, Scoring.Sign sign) {
        return switch (sign) {
            case BRIGHTER -> change > DEPARTS;
            case DARKER -> -change > DEPARTS;
            case BOTH -> Math.abs(change) > DEPARTS;
        };
    }
}
