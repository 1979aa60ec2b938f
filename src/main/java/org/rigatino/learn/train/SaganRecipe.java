package org.rigatino.learn.train;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.rigatino.network.Arithmetic;
import org.rigatino.network.sagan.GeneratorShape;
import org.rigatino.network.sagan.Position;
import org.rigatino.restore.Networks;
import org.rigatino.restore.ReleaseFile;

/**
 * How a SAGAN is trained. The paper's: blend, adversarial weight 1, restoration squared, identity weight 1 absolute,
 * keep probability 0.95, learning rate 5e-5, no flips.
 *
 * @param width of generator and critic
 * @param side of the grid, {@code patch} of the patches that it is cut into
 * @param learningRate of Adam, for both networks; falls to 0 along half a cosine
 * @param criticRate of the critic's learning rate over the generator's
 * @param pseudoAnomaly kinds of {@link PseudoAnomaly}, separated by commas
 * @param noiseStrength largest standard deviation of the coarse noise, in the network's units
 * @param restoration what ties the restored pseudo-anomaly to the normal image: {@code absolute} or {@code squared}
 * @param changeWeight how much more of that loss counts where the pseudo-anomaly changed more, see
 *     {@link org.rigatino.network.sagan.SaganLosses}; 0 counts all cells alike
 * @param identity what keeps normal images as they are: {@code absolute} or {@code squared}
 * @param identityWeight of that loss; 0 leaves it out
 * @param adversarialWeight of the critic's word in the generator's loss; 0 leaves the critic and the unlabeled pool out
 * @param criticSees what the critic learns to tell from normal images: {@code restored} unlabeled ones as in the paper,
 *     {@code unlabeled} as they are, or {@code both}, half the batch each
 * @param keep probability that a pixel's output comes from the network during training
 * @param flips whether half the images are mirrored
 * @param moves whether images are shifted and scaled at random by up to 5 %
 * @param scanner whether images are varied as {@link ScannerVariation} says
 * @param position how the generator is told where it draws, {@code gate} whether attention gates its skips
 * @param releaseCritic whether the release carries the critic, for a score of its own
 * @param arithmetic of the generator while it learns
 */
record SaganRecipe(
        int width,
        int side,
        int patch,
        int batch,
        int iterations,
        long seed,
        double learningRate,
        double criticRate,
        String pseudoAnomaly,
        double noiseStrength,
        String restoration,
        double changeWeight,
        String identity,
        double identityWeight,
        double adversarialWeight,
        String criticSees,
        double keep,
        boolean flips,
        boolean moves,
        boolean scanner,
        Position position,
        boolean gate,
        boolean releaseCritic,
        Arithmetic arithmetic)
        implements Recipe {

    private static final Set<String> NORMS = Set.of("absolute", "squared");
    private static final Set<String> SIGHTS = Set.of("restored", "unlabeled", "both");

    SaganRecipe {
        Recipe.require(batch >= 1 && iterations >= 1, "batch and iterations are at least 1");
        Recipe.require(
                NORMS.contains(restoration) && NORMS.contains(identity),
                "restoration and identity are absolute or squared");
        Recipe.require(
                changeWeight == 0 || changeWeight > 0 && restoration.equals("absolute"),
                "the weight of what was changed is at least 0, and 0 where restoration is squared");
        Recipe.require(SIGHTS.contains(criticSees), "the critic sees restored, unlabeled or both");
        Recipe.require(criticRate > 0, "the critic's rate is above 0");
        Recipe.require(adversarialWeight >= 0 && identityWeight >= 0, "weights are at least 0");
        Recipe.require(keep > 0 && keep <= 1, "keep is above 0 and at most 1");
        Recipe.require(adversarialWeight == 0 || side % 64 == 0, "the critic needs a grid that is a multiple of 64");
        Recipe.require(
                !releaseCritic || adversarialWeight > 0, "without an adversarial weight there is no critic to release");
        Recipe.require(
                adversarialWeight > 0 || !pseudoAnomaly.equals(PseudoAnomaly.NONE),
                "without pseudo-anomalies only the critic teaches: give it an adversarial weight");
        PseudoAnomaly.named(pseudoAnomaly, noiseStrength);
    }

    @Override
    public String method() {
        return Networks.SAGAN;
    }

    @Override
    public boolean usesPool() {
        return adversarialWeight > 0;
    }

    @Override
    public ReleaseFile.Network network() {
        Map<String, Integer> sizes = new TreeMap<>(
                Map.of("width", width, "patch", patch, "position", position.code(), "gate", gate ? 1 : 0));
        if (releaseCritic) {
            sizes.put(Networks.CRITIC, width);
        }
        return ReleaseFile.Network.single(sizes);
    }

    GeneratorShape generatorShape() {
        return new GeneratorShape(width, side, patch, position, gate);
    }

    @Override
    public Trainer trainer(String device, List<TrainingImage> normals, List<TrainingImage> pool) {
        Recipe.requireNormals(normals);
        if (usesPool() && pool.isEmpty()) {
            throw new IllegalArgumentException(
                    "there are no unlabeled images for the critic: set the adversarial weight to 0");
        }
        return new SaganTrainer(this, device, normals, pool);
    }

    PseudoAnomaly anomaly() {
        return PseudoAnomaly.named(pseudoAnomaly, noiseStrength);
    }
}
