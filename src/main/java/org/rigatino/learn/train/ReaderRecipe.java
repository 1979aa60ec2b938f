package org.rigatino.learn.train;

import java.util.List;
import java.util.Map;
import org.rigatino.network.Arithmetic;
import org.rigatino.network.sagan.GeneratorShape;
import org.rigatino.network.sagan.Position;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Networks;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.Scoring;

/**
 * How a reader is trained: to tell where in normal images something was drawn, by the image and what a release draws of it.
 *
 * @param behind the release whose drawings are read
 * @param width channels after the network's stem; it sees the grid whole
 * @param learningRate of Adam with betas 0.9 and 0.999; falls to 0 along half a cosine
 * @param anomaly kinds of {@link PseudoAnomaly}, separated by commas
 * @param flips whether half the images are mirrored
 * @param scanner whether images are varied as {@link ScannerVariation} says
 * @param arithmetic of the network while it learns
 */
record ReaderRecipe(
        ModelRelease behind,
        int width,
        int batch,
        int iterations,
        long seed,
        double learningRate,
        String anomaly,
        boolean flips,
        boolean scanner,
        Arithmetic arithmetic)
        implements Recipe {
    /** As {@code --method} names it. */
    static final String METHOD = "reader";
    /** Largest standard deviation of coarse noise, in the network's units. */
    private static final double NOISE_STRENGTH = 0.4;

    ReaderRecipe {
        if (batch < 1 || iterations < 1) {
            throw new IllegalArgumentException("training recipe: batch and iterations are at least 1");
        }
        if (behind.file().method().equals(Networks.TORCHSCRIPT)) {
            throw new IllegalArgumentException(
                    "--behind " + behind.model() + " was imported, and what its network learnt"
                            + " from is not known: a reader learns from the same images, and needs others to be calibrated on");
        }
        if (anomaly.equals(PseudoAnomaly.NONE)) {
            throw new IllegalArgumentException(
                    "training recipe: without pseudo-anomalies a reader has nothing to find");
        }
        PseudoAnomaly.named(anomaly, NOISE_STRENGTH);
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public int side() {
        return behind.file().grid().size();
    }

    @Override
    public boolean usesPool() {
        return false;
    }

    /** Of the reader; that of what draws stays the other release's. */
    @Override
    public ReleaseFile.Network network() {
        return ReleaseFile.Network.single(
                Map.of("width", width, "patch", side(), "position", Position.PUBLISHED.code(), "gate", 1));
    }

    @Override
    public void requireNetwork() {
        Networks.reader(network(), side());
    }

    GeneratorShape shape() {
        return new GeneratorShape(width, side(), side());
    }

    Scoring.Sign sign() {
        return behind.file().scoring().sign();
    }

    PseudoAnomaly pseudoAnomaly() {
        return PseudoAnomaly.named(anomaly, NOISE_STRENGTH);
    }

    @Override
    public Trainer trainer(String device, List<TrainingImage> normals, List<TrainingImage> pool) {
        Recipe.requireNormals(normals);
        return new ReaderTrainer(this, device, normals);
    }
}
