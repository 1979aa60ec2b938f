package org.rigatino.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rigatino train}. */
@Command(
        name = "train",
        description = "Trains a model release from a folder of images and its manifest.csv.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--method", defaultValue = "sagan", description = "the network: sagan")
    private String method;

    @Option(names = "--data", required = true, description = "folder of images with a manifest.csv")
    private Path data;

    @Option(names = "--out", required = true, description = "the release to write, as in models/NAME/VERSION")
    private Path out;

    @Option(names = "--profile", description = "JSON: purpose, framing, scoring, eligibility and limits of the release")
    private Path profile;

    @Option(names = "--work", description = "checkpoint and image sheets, default out/train/NAME/VERSION")
    private Path work;

    @Option(names = "--resume", description = "go on from the checkpoint in the work folder")
    private boolean resume;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or gpu:N")
    private String device;

    @Option(names = "--grid", defaultValue = "64", description = "side of the grid that the network sees")
    private int grid;

    @Option(names = "--patch", defaultValue = "32", description = "side of the patches that the grid is cut into")
    private int patch;

    @Option(names = "--width", defaultValue = "16", description = "channels after the network's stem")
    private int width;

    @Option(names = "--iterations", defaultValue = "1200")
    private int iterations;

    @Option(names = "--batch", defaultValue = "8")
    private int batch;

    @Option(names = "--seed", defaultValue = "1")
    private int seed;

    @Option(names = "--learning-rate", defaultValue = "0.0005")
    private double learningRate;

    @Option(names = "--pseudo-anomaly", defaultValue = "coarse-noise", description = "coarse-noise or blend")
    private String pseudoAnomaly;

    @Option(names = "--noise-strength", defaultValue = "0.4", description = "of coarse-noise, largest deviation")
    private double noiseStrength;

    @Option(names = "--restoration", defaultValue = "absolute", description = "absolute or squared")
    private String restoration;

    @Option(names = "--identity-weight", defaultValue = "0", description = "of keeping normal images as they are")
    private double identityWeight;

    @Option(names = "--adversarial-weight", defaultValue = "0", description = "of the critic; 0 trains without it")
    private double adversarialWeight;

    @Option(names = "--keep", defaultValue = "1", description = "probability that a pixel is the network's; paper 0.95")
    private double keep;

    @Option(names = "--flips", negatable = true, defaultValue = "true", fallbackValue = "true", description = "mirror")
    private boolean flips;

    @Option(names = "--every", defaultValue = "200", description = "iterations between checkpoints and image sheets")
    private int every;

    @Override
    public Integer call() throws IOException {
        if (!method.equals("sagan")) {
            throw new IllegalArgumentException("method " + method + " is not known: it is sagan");
        }
        if (out.getNameCount() < 2) {
            throw new IllegalArgumentException("--out " + out + " names no release: it is models/NAME/VERSION");
        }
        SaganRecipe recipe = new SaganRecipe(
                width,
                grid,
                patch,
                batch,
                iterations,
                seed,
                learningRate,
                pseudoAnomaly,
                noiseStrength,
                restoration,
                identityWeight,
                adversarialWeight,
                keep,
                flips);
        Path name = out.subpath(out.getNameCount() - 2, out.getNameCount());
        Path folder = work == null ? Path.of("out", "train").resolve(name) : work;
        ReleaseProfile chosen = profile == null ? ReleaseProfile.DEFAULT : ReleaseProfile.read(profile);
        String line = "rigatino train " + String.join(" ", lasting());
        PrintWriter console = spec.commandLine().getOut();
        new TrainingRun(recipe, chosen, device, data, out, folder, every, line, console).run(resume);
        return 0;
    }

    /** The arguments that the release depends on: going on from a checkpoint gives the same weights. */
    private List<String> lasting() {
        return spec.commandLine().getParseResult().originalArgs().stream()
                .dropWhile(spec.name()::equals)
                .filter(argument -> !argument.equals("--resume"))
                .toList();
    }
}
