package org.rigatino.learn.train;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The images of one iteration, each batch*side*side; fixed by seed and iteration alone.
 *
 * @param normal B
 * @param corrupted P, pseudo-anomalies of {@code normal}
 * @param unlabeled A, empty where there is no pool
 * @param mix a number in [0, 1] for each image, for the gradient penalty
 * @param keep 0 where the network's word is not taken
 */
record Batch(float[] normal, float[] corrupted, float[] unlabeled, float[] mix, float[] keep) {
    /** Of the side. */
    private static final double MOVE = 0.05;

    static Batch draw(SaganRecipe recipe, int iteration, List<TrainingImage> normals, List<TrainingImage> pool) {
        SplittableRandom random = new SplittableRandom(recipe.seed() * 1_000_003L + iteration);
        int cells = recipe.side() * recipe.side();
        int n = recipe.batch();
        float[] normal = new float[n * cells];
        float[] corrupted = new float[n * cells];
        float[] unlabeled = new float[pool.isEmpty() ? 0 : n * cells];
        float[] mix = new float[n];
        float[] keep = new float[n * cells];
        PseudoAnomaly anomaly = recipe.anomaly();
        for (int i = 0; i < n; i++) {
            TrainingImage image = pick(recipe, normals, random);
            TrainingImage other = pick(recipe, normals, random);
            float[] changed = anomaly.apply(image, other, recipe.side(), random);
            System.arraycopy(image.values(), 0, normal, i * cells, cells);
            System.arraycopy(changed, 0, corrupted, i * cells, cells);
            if (!pool.isEmpty()) {
                System.arraycopy(pick(recipe, pool, random).values(), 0, unlabeled, i * cells, cells);
            }
            mix[i] = (float) random.nextDouble();
        }
        for (int i = 0; i < keep.length; i++) {
            keep[i] = random.nextDouble() < recipe.keep() ? 1 : 0;
        }
        return new Batch(normal, corrupted, unlabeled, mix, keep);
    }

    private static TrainingImage pick(SaganRecipe recipe, List<TrainingImage> images, SplittableRandom random) {
        TrainingImage image = images.get(random.nextInt(images.size()));
        TrainingImage sided = recipe.flips() && random.nextBoolean() ? image.mirrored(recipe.side()) : image;
        TrainingImage placed = recipe.moves() ? moved(sided, recipe.side(), random) : sided;
        return recipe.scanner() ? ScannerVariation.apply(placed, recipe.side(), random) : placed;
    }

    private static TrainingImage moved(TrainingImage image, int side, SplittableRandom random) {
        double down = random.nextDouble(-MOVE, MOVE) * side;
        double right = random.nextDouble(-MOVE, MOVE) * side;
        return image.moved(side, down, right, random.nextDouble(1 - MOVE, 1 + MOVE));
    }
}
