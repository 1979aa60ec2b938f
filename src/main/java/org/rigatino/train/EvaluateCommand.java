package org.rigatino.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        description = "Measures a model release on the labelled images of a split.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, description = "the release, as in models/NAME/VERSION")
    private Path model;

    @Option(names = "--data", required = true, description = "folder of images with a manifest.csv")
    private Path data;

    @Option(names = "--split", defaultValue = "dev_test")
    private String split;

    @Option(names = "--json", description = "also write the metrics to this file")
    private Path json;

    @Option(names = "--record", description = "also write the metrics into the release, which changes its digest")
    private boolean record;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or gpu:N")
    private String device;

    @Override
    public Integer call() throws IOException {
        ModelRelease release = ModelRelease.load(model);
        Map<String, Object> metrics = Evaluation.run(release, device, data, split);
        String text =
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(metrics) + "\n";
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        if (json != null) {
            Files.writeString(json, text);
        }
        if (record) {
            ModelRelease.write(model, release.file().withMetrics(metrics), release.spread());
        }
        return 0;
    }
}
