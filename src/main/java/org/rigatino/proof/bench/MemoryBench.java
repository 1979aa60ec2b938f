package org.rigatino.proof.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.rigatino.embedded.Ports;
import org.rigatino.proof.demo.Orthanc;
import org.rigatino.proof.demo.ServeProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rigatino bench memory}. */
@Command(
        name = "memory",
        description =
                "Takes a small study, one of many instances and one of many frames through one worker of a fixed heap,"
                        + " and tells what heap and native memory each took. Its restorer joins slices and else only passes images on.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class MemoryBench extends WorkingBench {
    private static final Duration LIMIT = Duration.ofHours(1);

    @Option(names = "--small", defaultValue = "50", description = "instances of the small study, 128x128")
    private int small;

    @Option(names = "--instances", defaultValue = "5000", description = "instances of the large study, 128x128")
    private int instances;

    @Option(names = "--frames", defaultValue = "1000", description = "frames of the one object")
    private int frames;

    @Option(names = "--side", defaultValue = "512", description = "rows and columns of its frames")
    private int side;

    @Option(names = "--heap", defaultValue = "400", description = "MB of the worker's heap")
    private int heap;

    @Override
    void check() throws IOException {
        if (small < 1 || instances < 1 || frames < 1) {
            throw new IOException("--small, --instances and --frames are at least 1");
        }
    }

    @Override
    boolean measure(Path folder) throws IOException {
        StandIn.write(folder.resolve("models"), 1, 0.5);
        int[] ports = Ports.free(4);
        try (Orthanc pacs = Orthanc.start(
                        folder.resolve("orthanc"), ports[0], ports[1], Map.of(ServeProcess.AE_TITLE, ports[2]));
                ServeProcess serve = serve(folder, ports)) {
            line("%-28s%16s%16s", "a heap of " + heap + " MB at most", "live heap MB", "resident MB");
            // Classes are loaded and code is compiled by a first study that does not count.
            take(serve, folder, "first", 128, small, false);
            Usage one = take(serve, folder, small + " instances", 128, small, false);
            Usage many = take(serve, folder, instances + " instances", 128, instances, false);
            Usage object = take(serve, folder, frames + " frames", side, frames, true);
            line(
                    "bench memory: live heap %.0f MB, resident %.0f MB; %d instances %.0f %.0f, %d frames %.0f %.0f",
                    one.live(),
                    one.resident(),
                    instances,
                    many.live(),
                    many.resident(),
                    frames,
                    object.live(),
                    object.resident());
            return true;
        }
    }

    private ServeProcess serve(Path folder, int[] ports) throws IOException {
        Map<String, String> settings = new HashMap<>(ServeProcess.deliverTo(ports[0]));
        settings.put("rigatino.bench.stand-in", "true");
        settings.put("rigatino.ingest.quiet-period", "PT2S");
        settings.put("rigatino.restore.models", folder.resolve("models").toString());
        List<String> java = new ArrayList<>(ServeProcess.sameJava());
        java.add(java.size() - 2, "-Xmx" + heap + "m");
        java.add(java.size() - 2, "-XX:+ExitOnOutOfMemoryError");
        return ServeProcess.start(java, folder.resolve("rigatino"), ports[2], ports[3], settings);
    }

    /** Sends a study and watches the process until its overlays are in the PACS. */
    private Usage take(ServeProcess serve, Path folder, String name, int side, int images, boolean multiFrame)
            throws IOException {
        MrStudy study = new MrStudy("memory " + name, side);
        Path input = folder.resolve("input");
        FileUtils.deleteDirectory(input.toFile());
        if (multiFrame) {
            study.writeFrames(input, images);
        } else {
            study.write(input, images);
        }
        Usage usage = new Usage(serve.process().handle().pid());
        usage.begin();
        DcmSend.send(List.of(input), ServeProcess.AE_TITLE, serve.dicomPort());
        serve.process().until("done with " + name, LIMIT, () -> {
            usage.look();
            return serve.study(study.uid())
                    .filter(found -> !found.path("endedAt").isNull())
                    .isPresent();
        });
        usage.end();
        String state = serve.study(study.uid()).orElseThrow().path("state").asText();
        if (!state.equals("CONFIRMED")) {
            throw new IOException("the study of " + name + " came to " + state);
        }
        line("%-28s%16.1f%16.1f", name, usage.live(), usage.resident());
        return usage;
    }
}
