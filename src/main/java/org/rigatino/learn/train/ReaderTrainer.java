package org.rigatino.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.rigatino.network.sagan.Reader;
import org.rigatino.restore.Restorer;

/** Trains a reader behind a release, which draws and does not change. Loss: {@code reader}. */
final class ReaderTrainer extends NetworkTrainer<Reader> {
    private static final double BETA1 = 0.9;

    private final ReaderRecipe recipe;
    private final List<TrainingImage> normals;
    private final Restorer restorer;

    ReaderTrainer(ReaderRecipe recipe, String device, List<TrainingImage> normals) {
        super(recipe, device, new Reader(recipe.shape(), recipe.arithmetic()), null, BETA1);
        this.recipe = recipe;
        this.normals = normals;
        try {
            restorer = Restorer.open(recipe.behind(), device, recipe.batch());
        } catch (RuntimeException e) {
            super.close();
            throw e;
        }
    }

    @Override
    Map<String, Double> learn(int iteration) {
        ReaderBatch batch = ReaderBatch.draw(recipe, iteration, normals);
        float[] input = Reader.input(batch.images(), restorer.restore(batch.images()), recipe.side());
        double learningRate = recipe.falling(recipe.learningRate(), iteration);
        return Map.of(
                "reader",
                drawing()
                        .step(
                                scratch -> drawing()
                                        .network()
                                        .loss(parameters(), input(scratch, input), images(scratch, batch.lesion())),
                                learningRate));
    }

    private NDArray input(NDManager scratch, float[] values) {
        int side = recipe.side();
        return scratch.create(
                values, new Shape(values.length / (Reader.CHANNELS * side * side), Reader.CHANNELS, side, side));
    }

    @Override
    public float[] restore(float[] values) {
        return restorer.restore(values);
    }

    @Override
    public OptionalDouble critic(float[] values) {
        return restorer.critic(values);
    }

    @Override
    public Optional<float[]> reading(float[] values, float[] restored) {
        try (NDManager scratch = newScratch()) {
            NDArray seen = input(scratch, Reader.input(values, restored, recipe.side()));
            return Optional.of(Reader.probabilities(
                    drawing().network().apply(parameters(), seen, false).toFloatArray()));
        }
    }

    @Override
    public void close() {
        restorer.close();
        super.close();
    }
}
