package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.rigatino.chart.Picture;
import org.rigatino.learn.metric.Bootstrap;
import org.rigatino.learn.train.OptionRange;
import org.rigatino.learn.train.ReleaseProfile;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.PyTorch;
import org.rigatino.restore.ReleaseMetrics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rigatino evaluate}. */
@Command(
        name = "evaluate",
        description = "Measures model releases and baselines on the labelled images of a split.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class EvaluateCommand implements Callable<Integer> {
    /** Cells a side; baselines look at fewer. */
    private static final int LARGEST_GRID = 2048;

    private final int draws;

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", description = "a release, as in models/NAME/VERSION; may be given several times")
    private List<Path> models = new ArrayList<>();

    @Option(names = "--data", required = true, description = "folder of pictures or DICOM files with a manifest.csv")
    private Path data;

    @Option(names = "--split", defaultValue = "dev_test")
    private String split;

    @Option(
            names = "--profile",
            description = "JSON: framing, normalisation and scoring of the baselines, default the first model's")
    private Path profile;

    @Option(
            names = "--grid",
            defaultValue = "64",
            description = "side of the baselines' grid where a profile says the rest")
    private int grid;

    @Option(names = "--out", description = "report, shows patients; default out/evaluate/NAME/VERSION/DATA-SPLIT")
    private Path out;

    @Option(names = "--json", description = "also write everything, per-image scores included, to this file")
    private Path json;

    @Option(names = "--record", description = "also write the metrics beside the releases, to metrics.json")
    private boolean record;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or gpu:N")
    private String device;

    public EvaluateCommand() {
        this(Bootstrap.DRAWS);
    }

    /** @param draws of the patients, for intervals */
    EvaluateCommand(int draws) {
        this.draws = draws;
    }

    @Override
    public Integer call() {
        try {
            run();
            return 0;
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            spec.commandLine().getErr().println("rigatino evaluate: " + e.getMessage());
            return 1;
        }
    }

    private void run() throws IOException {
        Picture.requireFont();
        OptionRange.whole("--grid", grid, 8, LARGEST_GRID);
        PyTorch.device(device);
        List<ModelRelease> releases = new ArrayList<>();
        for (Path model : models) {
            add(releases, ModelRelease.load(model));
        }
        if (json != null && !Files.isDirectory(json.toAbsolutePath().getParent())) {
            throw new IOException("--json " + json + ": there is no folder "
                    + json.toAbsolutePath().getParent() + " to write it to: make it, or name another");
        }
        Cohort cohort = Cohort.read(data, split, draws);
        for (ModelRelease release : releases) {
            Eligible.require(cohort, release);
        }
        Evaluation evaluation = Evaluation.run(cohort, releases, treatment(releases), device);
        new ConsoleTable(evaluation).print(spec.commandLine().getOut());
        Path folder = out == null ? Path.of("out", "evaluate").resolve(name(releases)) : out;
        new ReportFolder(folder).write(evaluation);
        spec.commandLine().getOut().printf("%nwrote %s%n", folder.resolve("report.html"));
        spec.commandLine().getOut().flush();
        if (json != null) {
            Files.writeString(json, new JsonReport(evaluation).text());
        }
        if (record) {
            for (ModelRelease release : releases) {
                record(release, evaluation);
                sayRecorded(release, evaluation);
            }
            spec.commandLine().getOut().flush();
        }
    }

    /** @throws IllegalArgumentException where it is there already */
    private static void add(List<ModelRelease> releases, ModelRelease release) {
        for (ModelRelease other : releases) {
            if (other.digest().equals(release.digest())) {
                throw new IllegalArgumentException("--model " + other.directory() + " and " + release.directory()
                        + " are the same release, " + release.digest() + ": name one of them");
            }
        }
        releases.add(release);
    }

    private Path name(List<ModelRelease> releases) {
        String cohort = data.toAbsolutePath().normalize().getFileName() + "-" + split;
        if (releases.isEmpty()) {
            return Path.of("baselines", cohort);
        }
        ModelRelease first = releases.get(0);
        String more = releases.size() == 1 ? "" : "-and-" + (releases.size() - 1) + "-more";
        return Path.of(first.name(), first.version() + more, cohort);
    }

    /** The first model's; without one, the profile's. */
    private Treatment treatment(List<ModelRelease> releases) throws IOException {
        if (profile == null && !releases.isEmpty()) {
            return Treatment.of(releases.get(0));
        }
        return Treatment.of(profile == null ? ReleaseProfile.DEFAULT : ReleaseProfile.read(profile), grid);
    }

    private void sayRecorded(ModelRelease release, Evaluation evaluation) {
        if (!Treatment.of(release).equals(evaluation.treatment())) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s of %s has no %s and no %s: they were treated otherwise than it treats images; evaluate it"
                                    + " alone for those%n",
                            ReleaseMetrics.FILE, release.model(), PcaBaseline.NAME, PoolLogistic.NAME);
        }
        if (!evaluation.caveats().get(release).isEmpty()) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s of %s says so: these numbers count as none where it is promoted%n",
                            ReleaseMetrics.FILE, release.model());
        }
    }

    private static void record(ModelRelease release, Evaluation evaluation) throws IOException {
        Map<String, Object> metrics = new LinkedHashMap<>(JsonReport.cohort(evaluation.cohort()));
        List<String> caveats = evaluation.caveats().get(release);
        if (!caveats.isEmpty()) {
            metrics.put(ReleaseMetrics.CAVEATS, caveats);
        }
        evaluation.rows().stream()
                .filter(row -> row.release().filter(release::equals).isPresent())
                .filter(row -> row.scores().scoring() == Scores.Scoring.RELEASE)
                .forEach(row -> metrics.putAll(JsonReport.measured(row)));
        metrics.put("baselines", baselines(release, evaluation));
        ReleaseMetrics.record(release, metrics);
    }

    /** Image AUROC. Those that learn were treated as one release treats images, and are no measure of another. */
    private static Map<String, Object> baselines(ModelRelease release, Evaluation evaluation) {
        boolean asTreated = Treatment.of(release).equals(evaluation.treatment());
        Map<String, Object> baselines = new LinkedHashMap<>();
        evaluation.rows().stream()
                .filter(row -> row.release().isEmpty())
                .filter(row -> asTreated || !Baselines.isLearnt(row.scores()))
                .forEach(row -> Optional.ofNullable(row.metrics().get("image_auroc"))
                        .ifPresent(auroc -> baselines.put(row.label(), JsonReport.rounded(auroc.value()))));
        return baselines;
    }
}
