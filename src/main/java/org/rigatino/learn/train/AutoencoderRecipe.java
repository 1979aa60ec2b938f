package org.rigatino.learn.train;

import java.util.List;
import java.util.Map;
import org.rigatino.restore.Networks;
import org.rigatino.restore.ReleaseFile;

/**
 * How a plain autoencoder is trained: normal images onto themselves, nothing else.
 *
 * @param side of the grid, a power of two
 * @param latent numbers that stand for an image; the field's floor has 16
 * @param learningRate of Adam with betas 0.9 and 0.999; falls to 0 along half a cosine
 * @param reconstruction {@code squared} (the field's floor) or {@code absolute}
 * @param flips whether half the images are mirrored
 */
record AutoencoderRecipe(
        int width,
        int side,
        int latent,
        int batch,
        int iterations,
        long seed,
        double learningRate,
        String reconstruction,
        boolean flips)
        implements Recipe {

    AutoencoderRecipe {
        if (batch < 1 || iterations < 1) {
            throw new IllegalArgumentException("training recipe: batch and iterations are at least 1");
        }
        if (!reconstruction.equals("squared") && !reconstruction.equals("absolute")) {
            throw new IllegalArgumentException(
                    "training recipe: --reconstruction " + reconstruction + " is not known: it is squared or absolute");
        }
    }

    @Override
    public String method() {
        return Networks.AUTOENCODER;
    }

    @Override
    public boolean usesPool() {
        return false;
    }

    @Override
    public ReleaseFile.Network network() {
        return ReleaseFile.Network.single(Map.of("width", width, "latent", latent));
    }

    @Override
    public Trainer trainer(String device, List<TrainingImage> normals, List<TrainingImage> pool) {
        Recipe.requireNormals(normals);
        return new AutoencoderTrainer(this, device, normals);
    }
}
