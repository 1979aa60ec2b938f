package org.rigatino.proof.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.io.FileUtils;
import org.rigatino.embedded.Ports;
import org.rigatino.proof.demo.Orthanc;
import org.rigatino.proof.demo.ServeProcess;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Restorer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rigatino bench pipeline}. */
@Command(
        name = "pipeline",
        description = "Times a study from the last instance to the overlays in the PACS, beside its networks alone.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class PipelineBench extends WorkingBench {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String[] STAGES = {
        "identity", "decode", "restore", "redraw", "encode", "store", "all", "database"
    };
    private static final int QUIET_SECONDS = 2;

    @Option(names = "--release", defaultValue = "models/brain-flair/6", description = "model release, for heads")
    private Path release;

    @Option(names = "--images", defaultValue = "160", description = "images of a study")
    private int images;

    @Option(names = "--side", defaultValue = "256", description = "rows and columns of an image")
    private int side;

    @Option(names = "--batch", defaultValue = "" + Restorer.BATCH, description = "images that the network sees at once")
    private int batch;

    @Option(names = "--rounds", defaultValue = "3", description = "timed studies, after one that is not")
    private int rounds;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or gpu:N")
    private String device;

    /** What a study took: images a second of the pipeline, of one drawing alone, and of all passes of the release alone. */
    private record Round(double pipeline, double drawing, double passes) {}

    private record Bare(double drawing, double passes) {
        /** Of as many images each. */
        Bare mean(Bare other) {
            return new Bare(2 / (1 / drawing + 1 / other.drawing), 2 / (1 / passes + 1 / other.passes));
        }
    }

    @Override
    void check() throws IOException {
        if (images < 1 || batch < 1 || rounds < 1) {
            throw new IOException("--images, --batch and --rounds are at least 1");
        }
    }

    @Override
    boolean measure(Path folder) throws IOException {
        int[] ports = Ports.free(4);
        try (Orthanc pacs = Orthanc.start(
                        folder.resolve("orthanc"), ports[0], ports[1], Map.of(ServeProcess.AE_TITLE, ports[2]));
                ServeProcess serve = serve(folder, ports);
                Restorer alone = Restorer.open(ModelRelease.load(release), device, batch)) {
            line("%d images of %dx%d a study, batch %d; seconds from the last instance on", images, side, side, batch);
            line(
                    "%8s%8s%8s%8s%8s%8s%8s%8s%8s%8s",
                    "", "wait", "work", "decode", "restore", "redraw", "encode", "store", "database", "deliver");
            List<Round> timed = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                Round one = round(serve, alone, folder.resolve("input"), round);
                if (round > 0) {
                    timed.add(one);
                }
            }
            line(
                    "bench pipeline: %.1f images/s; one drawing alone %.1f, ratio %.2f; all passes of the release alone %.1f,"
                            + " ratio %.2f",
                    median(timed, Round::pipeline),
                    median(timed, Round::drawing),
                    median(timed, one -> one.pipeline / one.drawing),
                    median(timed, Round::passes),
                    median(timed, one -> one.pipeline / one.passes));
            return true;
        }
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return median(rounds.stream().map(figure::applyAsDouble).toList());
    }

    private ServeProcess serve(Path folder, int[] ports) throws IOException {
        Path models = folder.resolve("models");
        FileUtils.copyDirectory(release.toFile(), models.resolve("bench/1").toFile());
        Map<String, String> settings = new HashMap<>(ServeProcess.deliverTo(ports[0]));
        settings.put("rigatino.ingest.quiet-period", "PT" + QUIET_SECONDS + "S");
        settings.put("rigatino.restore.models", models.toString());
        settings.put("rigatino.restore.batch", Integer.toString(batch));
        settings.put("rigatino.restore.device", device);
        return ServeProcess.start(ServeProcess.sameJava(), folder.resolve("rigatino"), ports[2], ports[3], settings);
    }

    /** The networks are timed before and after the study, while nothing else of Rigatino is at work. */
    private Round round(ServeProcess serve, Restorer alone, Path input, int round) throws IOException {
        MrStudy study = new MrStudy("pipeline-" + round, side);
        Path files = input.resolve(Integer.toString(round));
        study.write(files, images);
        Bare before = bare(alone);
        Map<String, Double> start = stages(serve);
        DcmSend.send(List.of(files), ServeProcess.AE_TITLE, serve.dicomPort());
        JsonNode outcome = await(serve, study);
        Map<String, Double> taken = stages(serve);
        taken.replaceAll((stage, seconds) -> seconds - start.get(stage));
        Bare bare = before.mean(bare(alone));
        show(round, outcome, taken);
        return new Round(images / taken.get("all"), bare.drawing, bare.passes);
    }

    private Bare bare(Restorer alone) {
        Stopwatch stopwatch = new Stopwatch(1, 5, 1);
        return new Bare(batch / stopwatch.median(alone::pass), batch / stopwatch.median(alone::allPasses));
    }

    private static Map<String, Double> stages(ServeProcess serve) throws IOException {
        Map<String, Double> sums = new HashMap<>();
        for (String stage : STAGES) {
            sums.put(stage, serve.metric("rigatino_stage_seconds_sum", "stage=\"" + stage + "\""));
        }
        return sums;
    }

    private JsonNode await(ServeProcess serve, MrStudy study) throws IOException {
        JsonNode[] found = new JsonNode[1];
        serve.process().until("done with the study", LIMIT, () -> {
            found[0] = serve.api("/studies/" + study.uid()).path(0).path("study");
            return List.of("CONFIRMED", "REFUSED", "FAILED")
                    .contains(found[0].path("state").asText());
        });
        if (!found[0].path("state").asText().equals("CONFIRMED")
                || found[0].path("imagesRestored").asInt() != images) {
            throw new IOException("the study came to " + found[0]);
        }
        return found[0];
    }

    /** Decode, redraw, encode and store go on beside restore: they add up to more than the work. */
    private void show(int round, JsonNode outcome, Map<String, Double> taken) {
        double deliver = seconds(outcome, "restoredAt", "endedAt");
        line(
                "round %-2d%8.2f%8.2f%8.2f%8.2f%8.2f%8.2f%8.2f%8.2f%8.2f%s",
                round,
                outcome.path("waitingSeconds").asDouble(),
                taken.get("all"),
                taken.get("identity") + taken.get("decode"),
                taken.get("restore"),
                taken.get("redraw"),
                taken.get("encode"),
                taken.get("store"),
                taken.get("database"),
                deliver,
                round == 0 ? " (warm-up)" : "");
    }

    private static double seconds(JsonNode outcome, String from, String to) {
        return Duration.between(
                                Instant.parse(outcome.path(from).asText()),
                                Instant.parse(outcome.path(to).asText()))
                        .toMillis()
                / 1e3;
    }
}
