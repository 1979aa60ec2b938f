package org.rigatino.learn.train;

import org.rigatino.network.Arithmetic;
import org.rigatino.network.sagan.Position;
import picocli.CommandLine.Option;

/** Options of {@code --method sagan}. */
final class SaganOptions implements MethodOptions {
    @Option(
            names = "--patch",
            defaultValue = "32",
            description = "sagan: side of the patches that the grid is cut into")
    private int patch;

    @Option(
            names = "--pseudo-anomaly",
            defaultValue = "coarse-noise",
            description =
                    "sagan: coarse-noise, blend, patch, intensity, lesions, holes, texture, deformation, several separated by commas,"
                            + " or none, which leaves all to the critic")
    private String pseudoAnomaly;

    @Option(names = "--noise-strength", defaultValue = "0.4", description = "sagan: of coarse-noise, largest deviation")
    private double noiseStrength;

    @Option(names = "--restoration", defaultValue = "absolute", description = "sagan: absolute or squared")
    private String restoration;

    @Option(
            names = "--change-weight",
            defaultValue = "0",
            description = "sagan: how much more of the restoration's loss counts where more was changed")
    private double changeWeight;

    @Option(names = "--identity", defaultValue = "absolute", description = "sagan: absolute or squared")
    private String identity;

    @Option(
            names = "--identity-weight",
            defaultValue = "0",
            description = "sagan: of keeping normal images as they are")
    private double identityWeight;

    @Option(
            names = "--adversarial-weight",
            defaultValue = "0",
            description = "sagan: of the critic; 0 trains without it and without the unlabeled pool")
    private double adversarialWeight;

    @Option(
            names = "--critic-rate",
            defaultValue = "1",
            description = "sagan: the critic's learning rate over the generator's")
    private double criticRate;

    @Option(
            names = "--critic-sees",
            defaultValue = "restored",
            description = "sagan: restored unlabeled images as in the paper, unlabeled ones as they are, or both")
    private String criticSees;

    @Option(names = "--moves", description = "sagan: shift and scale images at random by up to 5 %%")
    private boolean moves;

    @Option(
            names = "--scanner",
            description = "sagan: vary resolution, bias field, contrast, gain and noise of images as scanners do")
    private boolean scanner;

    @Option(
            names = "--keep",
            defaultValue = "1",
            description = "sagan: probability that a pixel is the network's in training; paper 0.95")
    private double keep;

    @Option(
            names = "--position",
            defaultValue = "published",
            description =
                    "sagan: how the network is told where it draws: published as in the paper, whose norm takes it"
                            + " back, spoken by coordinates of each cell behind the norm, or none")
    private String position;

    @Option(names = "--no-gate", description = "sagan: ablation, skips pass ungated")
    private boolean noGate;

    @Option(names = "--release-critic", description = "sagan: the release carries the critic, for a score of its own")
    private boolean releaseCritic;

    @Option(
            names = "--arithmetic",
            defaultValue = "float32",
            description =
                    "sagan: of the generator while it learns, float32, or bfloat16 where the processor is quicker so")
    private String arithmetic;

    @Override
    public SaganRecipe recipe(TrainingOptions common) {
        OptionRange.whole("--patch", patch, 16, TrainingOptions.LARGEST_GRID);
        OptionRange.number("--noise-strength", noiseStrength, 0, 10);
        OptionRange.number("--change-weight", changeWeight, 0, MOST_WEIGHT);
        OptionRange.number("--identity-weight", identityWeight, 0, MOST_WEIGHT);
        OptionRange.number("--adversarial-weight", adversarialWeight, 0, MOST_WEIGHT);
        OptionRange.above0("--critic-rate", criticRate, MOST_WEIGHT);
        OptionRange.above0("--keep", keep, 1);
        return new SaganRecipe(
                common.width,
                common.grid,
                patch,
                common.batch,
                common.iterations,
                common.seed,
                common.learningRate,
                criticRate,
                pseudoAnomaly,
                noiseStrength,
                restoration,
                changeWeight,
                identity,
                identityWeight,
                adversarialWeight,
                criticSees,
                keep,
                common.flips,
                moves,
                scanner,
                Position.named(position),
                !noGate,
                releaseCritic,
                Arithmetic.named(arithmetic));
    }
}
