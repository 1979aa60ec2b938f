package org.rigatino.learn.train;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rigatino.network.autoencoder.Autoencoder;

/** Trains an autoencoder. Loss: {@code reconstruction}. */
final class AutoencoderTrainer extends NetworkTrainer<Autoencoder> {
    private static final double BETA1 = 0.9;

    private final AutoencoderRecipe recipe;
    private final List<TrainingImage> normals;

    AutoencoderTrainer(AutoencoderRecipe recipe, String device, List<TrainingImage> normals) {
        super(recipe, device, new Autoencoder(recipe.width(), recipe.side(), recipe.latent()), null, BETA1);
        this.recipe = recipe;
        this.normals = normals;
    }

    @Override
    Map<String, Double> learn(int iteration) {
        List<Pick> picks = Pick.batch(Pick.random(recipe, iteration), recipe.batch(), normals.size(), recipe.flips());
        float[] values = Pick.values(picks, normals, recipe.side());
        double learningRate = recipe.falling(recipe.learningRate(), iteration);
        return Map.of("reconstruction", drawing().step(scratch -> loss(images(scratch, values)), learningRate));
    }

    private NDArray loss(NDArray x) {
        NDArray difference = x.sub(drawing().network().apply(parameters(), x, true));
        return (recipe.reconstruction().equals("squared") ? difference.square() : difference.abs()).mean();
    }
}
