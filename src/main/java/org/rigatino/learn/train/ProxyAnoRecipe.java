package org.rigatino.learn.train;

import java.util.List;
import java.util.Map;
import org.rigatino.network.proxyano.ProxyAnoShape;
import org.rigatino.network.sagan.Critic;
import org.rigatino.restore.Networks;
import org.rigatino.restore.ReleaseFile;

/**
 * How a ProxyAno is trained, on normal images alone.
 *
 * @param segments superpixels of an image, about
 * @param compactness of the superpixels, in the network's units
 * @param memory slots of the memory
 * @param shrinkage of its addressing, in percent of the mean weight, 0 to 100
 * @param sharpness of its addressing: what its cosines are multiplied by before the softmax
 * @param anomaly how a superpixel image becomes pseudo-abnormal, see {@link PseudoAnomaly}
 * @param learningRate of Adam with betas 0.5 and 0.999; falls to 0 along half a cosine
 * @param entropyWeight of the addressing's entropy; published relatives have 2e-4
 * @param adversarialWeight of a critic's word on what is reconstructed
 * @param featureWeight of the difference between what the critic's layers make of the reconstruction and of the image; where
 *     both weights are 0 there is no critic
 * @param flips whether half the images are mirrored
 */
record ProxyAnoRecipe(
        int width,
        int side,
        int segments,
        double compactness,
        int memory,
        int shrinkage,
        int sharpness,
        String anomaly,
        int batch,
        int iterations,
        long seed,
        double learningRate,
        double entropyWeight,
        double adversarialWeight,
        double featureWeight,
        boolean flips)
        implements Recipe {
    /** Of coarse noise, largest deviation. */
    private static final double NOISE_STRENGTH = 0.4;

    ProxyAnoRecipe {
        Recipe.require(batch >= 1 && iterations >= 1, "batch and iterations are at least 1");
        PseudoAnomaly.named(anomaly, NOISE_STRENGTH);
        Recipe.require(entropyWeight >= 0 && adversarialWeight >= 0 && featureWeight >= 0, "weights are at least 0");
        Recipe.require(
                adversarialWeight == 0 && featureWeight == 0 || side % Critic.FACTOR == 0,
                "the critic needs a grid that is a multiple of " + Critic.FACTOR);
    }

    @Override
    public String method() {
        return Networks.PROXYANO;
    }

    @Override
    public boolean usesPool() {
        return false;
    }

    @Override
    public ReleaseFile.Network network() {
        return ReleaseFile.Network.single(
                Map.of("width", width, "memory", memory, "shrinkage", shrinkage, "sharpness", sharpness));
    }

    boolean hasCritic() {
        return adversarialWeight > 0 || featureWeight > 0;
    }

    ProxyAnoShape shape() {
        return new ProxyAnoShape(width, side, memory, shrinkage, sharpness);
    }

    PseudoAnomaly pseudoAnomaly() {
        return PseudoAnomaly.named(anomaly, NOISE_STRENGTH);
    }

    @Override
    public Trainer trainer(String device, List<TrainingImage> normals, List<TrainingImage> pool) {
        Recipe.requireNormals(normals);
        return new ProxyAnoTrainer(this, device, normals);
    }
}
