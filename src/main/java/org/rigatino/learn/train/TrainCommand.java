package org.rigatino.learn.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rigatino.restore.PyTorch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rigatino train}. */
@Command(
        name = "train",
        description = "Trains a model release from a folder of normal images.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--method",
            defaultValue = "sagan",
            description = "the network: sagan, proxyano or autoencoder; or a reader --behind a release")
    private String method;

    @Option(names = "--out", required = true, description = "the release to write, as in models/NAME/VERSION")
    private Path out;

    @Option(names = "--profile", description = "JSON: purpose, framing, scoring, eligibility and limits of the release")
    private Path profile;

    @Option(names = "--work", description = "checkpoint, curves and image sheets, default out/train/NAME/VERSION")
    private Path work;

    @Option(names = "--resume", description = "go on from the checkpoint in the work folder")
    private boolean resume;

    @Option(
            names = "--try",
            description = "also where too few normal images are held back for a threshold; the release says so")
    private boolean attempt;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or gpu:N")
    private String device;

    @Option(
            names = "--every",
            defaultValue = "200",
            description = "iterations between validations, each with a checkpoint and an image sheet")
    private int every;

    @Mixin
    private DataOptions data;

    @Mixin
    private StudyOptions studies;

    @Mixin
    private LikenessOptions likeness;

    @Mixin
    private TrainingOptions common;

    /** Each under its method's name. */
    @Mixin(name = "sagan")
    private SaganOptions sagan;

    @Mixin(name = "proxyano")
    private ProxyAnoOptions proxyano;

    @Mixin(name = "autoencoder")
    private AutoencoderOptions autoencoder;

    @Mixin(name = ReaderRecipe.METHOD)
    private ReaderOptions reader;

    private Map<String, MethodOptions> methods() {
        Map<String, MethodOptions> methods = new LinkedHashMap<>();
        methods.put("sagan", sagan);
        methods.put("proxyano", proxyano);
        methods.put("autoencoder", autoencoder);
        methods.put(ReaderRecipe.METHOD, reader);
        return methods;
    }

    @Override
    public Integer call() {
        try {
            run();
            return 0;
        } catch (IOException | UncheckedIOException | IllegalArgumentException | TrainingException e) {
            spec.commandLine().getErr().println("rigatino train: " + e.getMessage());
            return 1;
        }
    }

    private void run() throws IOException {
        NewRelease release = new NewRelease(out);
        Recipe recipe = recipe();
        data.require();
        studies.require();
        likeness.require();
        OptionRange.whole("--every", every, 1, Integer.MAX_VALUE);
        PyTorch.device(device);
        Path folder = work == null ? Path.of("out", "train", release.name(), release.version()) : work;
        if (absolute(folder).startsWith(absolute(out))) {
            throw new IllegalArgumentException("--work " + folder + " is in --out " + out
                    + ", which holds the release alone: give another --work");
        }
        String line = "rigatino train " + String.join(" ", lasting());
        PrintWriter console = spec.commandLine().getOut();
        new TrainingRun(
                        recipe,
                        profile(recipe),
                        data,
                        studies,
                        likeness,
                        device,
                        release,
                        folder,
                        every,
                        attempt,
                        line,
                        console)
                .run(resume);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** @throws IllegalArgumentException where one is given to a reader, which has that of the release it is behind */
    private ReleaseProfile profile(Recipe recipe) throws IOException {
        if (recipe instanceof ReaderRecipe behind) {
            if (profile != null) {
                throw new IllegalArgumentException("--profile " + profile + ": a reader has that of "
                        + behind.behind().model() + ", which it is behind. Leave it out");
            }
            return ReleaseProfile.of(behind.behind().file());
        }
        return profile == null ? ReleaseProfile.DEFAULT : ReleaseProfile.read(profile);
    }

    private Recipe recipe() {
        Map<String, MethodOptions> methods = methods();
        if (!methods.containsKey(method)) {
            throw new IllegalArgumentException(
                    "--method " + method + " is not known: it is " + String.join(", ", methods.keySet()));
        }
        for (String other : methods.keySet()) {
            if (!other.equals(method)) {
                refuseOptionsOf(other);
            }
        }
        common.require();
        Recipe recipe = methods.get(method).recipe(common);
        recipe.requireNetwork();
        return recipe;
    }

    /** An option that would change nothing is a mistake of whoever gave it. */
    private void refuseOptionsOf(String other) {
        for (OptionSpec option : spec.mixins().get(other).options()) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option.longestName())) {
                throw new IllegalArgumentException(
                        option.longestName() + " is an option of --method " + other + ", not of " + method);
            }
        }
    }

    /** The arguments that the release depends on: going on from a checkpoint gives the same weights. */
    private List<String> lasting() {
        return spec.commandLine().getParseResult().originalArgs().stream()
                .dropWhile(spec.name()::equals)
                .filter(argument -> !argument.equals("--resume"))
                .toList();
    }
}
