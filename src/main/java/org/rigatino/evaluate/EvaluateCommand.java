package org.rigatino.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rigatino.restore.ModelRelease;
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
    @Spec
    private CommandSpec spec;

    @Option(names = "--model", description = "a release, as in models/NAME/VERSION; may be given several times")
    private List<Path> models = new ArrayList<>();

    @Option(names = "--data", required = true, description = "folder of images with a manifest.csv")
    private Path data;

    @Option(names = "--split", defaultValue = "dev_test")
    private String split;

    @Option(names = "--json", description = "also write everything, per-image scores included, to this file")
    private Path json;

    @Option(names = "--record", description = "also write the metrics into the releases, which changes their digests")
    private boolean record;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or gpu:N")
    private String device;

    @Override
    public Integer call() throws IOException {
        List<ModelRelease> releases = new ArrayList<>();
        for (Path model : models) {
            releases.add(ModelRelease.load(model));
        }
        Evaluation evaluation = Evaluation.run(Cohort.read(data, split), releases, device);
        new ConsoleTable(evaluation).print(spec.commandLine().getOut());
        if (json != null) {
            Files.writeString(json, new JsonReport(evaluation).text());
        }
        if (record) {
            for (ModelRelease release : releases) {
                record(release, evaluation);
            }
        }
        return 0;
    }

    private static void record(ModelRelease release, Evaluation evaluation) throws IOException {
        Map<String, Object> metrics = new LinkedHashMap<>(JsonReport.cohort(evaluation.cohort()));
        Map<String, Object> baselines = new LinkedHashMap<>();
        for (Row row : evaluation.rows()) {
            if (row.kind() == Row.Kind.BASELINE) {
                baselines.put(
                        row.scores().label(),
                        JsonReport.rounded(row.metrics().get("image_auroc").value()));
            } else if (row.scores().label().equals(release.name() + "/" + release.version() + " release")) {
                metrics.putAll(JsonReport.metrics(row.metrics()));
            }
        }
        metrics.put("baselines", baselines);
        ModelRelease.write(release.directory(), release.file().withMetrics(metrics), release.spread());
    }
}
