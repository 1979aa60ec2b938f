package org.rigatino.learn.train;

import picocli.CommandLine.Option;

/** Options of {@code --method autoencoder}. */
final class AutoencoderOptions implements MethodOptions {
    @Option(names = "--latent", defaultValue = "16", description = "autoencoder: numbers that stand for an image")
    private int latent;

    @Option(names = "--reconstruction", defaultValue = "squared", description = "autoencoder: squared or absolute")
    private String reconstruction;

    @Override
    public AutoencoderRecipe recipe(TrainingOptions common) {
        OptionRange.whole("--latent", latent, 1, 65_536);
        return new AutoencoderRecipe(
                common.width,
                common.grid,
                latent,
                common.batch,
                common.iterations,
                common.seed,
                common.learningRate,
                reconstruction,
                common.flips);
    }
}
