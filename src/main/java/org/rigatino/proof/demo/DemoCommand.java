package org.rigatino.proof.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.rigatino.embedded.Ports;
import org.rigatino.proof.demo.DemoReport.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From real anatomy to overlays in a PACS, every part real, on this machine alone. */
@Command(
        name = "demo",
        description = "Sends studies over DICOM, restores them and delivers the overlays to an Orthanc of its own.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final String SENDER_AE_TITLE = "DEMO";
    private static final String WHAT_OHIF_SHOWS = "secondary-capture,segmentation,measurement-report";
    private static final DateTimeFormatter FOLDER_NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Option(names = "--headless", description = "End when every study has ended; exit 0 only if each did as it should.")
    private boolean headless;

    @Option(names = "--input", paramLabel = "DIR", description = "Send the DICOM files under DIR instead.")
    private Path input;

    @Option(
            names = "--write",
            paramLabel = "DIR",
            description = "Write the demo's studies as DICOM files under DIR, and do nothing else.")
    private Path write;

    @Option(
            names = "--viewer",
            description = "Show the studies in the viewer OHIF too, which the launcher fetches by npm.")
    private boolean withViewer;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "A study without an outcome after this long counts as lost. Default: ${DEFAULT-VALUE}.")
    private int limitSeconds;

    @Spec
    private CommandSpec command;

    private final DemoReport report = new DemoReport();
    private boolean summarised;

    @Override
    public Integer call() {
        if (write != null) {
            return writeInput();
        }
        boolean asItShould = false;
        try {
            asItShould = run(Files.createDirectories(
                    Path.of("out", "demo", LocalDateTime.now().format(FOLDER_NAME))));
        } catch (IOException e) {
            err().println("rigatino demo: " + e.getMessage());
        }
        summarise();
        return asItShould ? 0 : 1;
    }

    private int writeInput() {
        try {
            DemoInput.write(write);
            say("studies of the demo: " + write.toAbsolutePath());
            return 0;
        } catch (IOException e) {
            err().println("rigatino demo: " + e.getMessage());
            return 1;
        }
    }

    private boolean run(Path folder) throws IOException {
        DicomFiles files = studies(folder);
        int[] ports = Ports.free(4);
        Map<String, Integer> peers = Map.of(ServeProcess.AE_TITLE, ports[2], SENDER_AE_TITLE, ports[2]);
        say("starting Orthanc as the PACS");
        Map<String, Object> pacsSettings = withViewer ? Orthanc.dicomWeb() : Map.of();
        try (Orthanc pacs = Orthanc.start(folder.resolve("orthanc"), ports[0], ports[1], peers, pacsSettings);
                Viewer viewer = withViewer ? Viewer.start(viewerFiles(), pacs) : null) {
            say("starting Rigatino with embedded Kafka and PostgreSQL");
            Map<String, String> settings = new HashMap<>(ServeProcess.deliverTo(ports[0]));
            if (withViewer) {
                settings.put("rigatino.deliver.destinations.pacs.objects", WHAT_OHIF_SHOWS);
            }
            settings.put("rigatino.ingest.quiet-period", "PT3S");
            // Nobody signs in to a demo, and its patients are made up.
            settings.put("rigatino.page.identity", "full");
            try (ServeProcess rigatino = ServeProcess.start(
                    ServeProcess.sameJava(), folder.resolve("rigatino"), ports[2], ports[3], settings)) {
                return follow(files, folder, new Parts(pacs, rigatino, Optional.ofNullable(viewer)));
            }
        }
    }

    private record Parts(Orthanc pacs, ServeProcess rigatino, Optional<Viewer> viewer) {}

    /** Where the launcher has put it. */
    private static Path viewerFiles() {
        return Path.of(Optional.ofNullable(System.getenv("RIGATINO_VIEWER")).orElse(".rigatino/ohif/dist"));
    }

    private DicomFiles studies(Path folder) throws IOException {
        Path from = input;
        if (from == null) {
            from = folder.resolve("input");
            say("writing the head of mricron-data as MR studies");
            DemoInput.write(from);
        }
        DicomFiles files = DicomFiles.under(from);
        files.skipped().forEach((path, why) -> err().println("not sent: " + path + ": " + why));
        if (files.files().isEmpty()) {
            throw new IOException("no DICOM file under " + from + ": name a folder that holds some");
        }
        return files;
    }

    private boolean follow(DicomFiles files, Path folder, Parts parts) throws IOException {
        Orthanc pacs = parts.pacs();
        ServeProcess rigatino = parts.rigatino();
        send(files, folder.resolve("to-pacs"), Orthanc.AE_TITLE, pacs.dicomPort());
        send(files, folder.resolve("to-rigatino"), ServeProcess.AE_TITLE, rigatino.dicomPort());
        Outcomes outcomes = new Outcomes(rigatino, files, this::say);
        try {
            outcomes.await(Duration.ofSeconds(limitSeconds));
        } catch (IOException e) {
            err().println("rigatino demo: " + e.getMessage());
        }
        for (String study : files.studies()) {
            report.add(study, row(files.label(study), outcomes.of(study), pacs));
        }
        out().println();
        out().print(report.table());
        out().println();
        WhereToLook whereToLook = new WhereToLook(folder, pacs, rigatino);
        whereToLook.afterwards(files, outcomes).forEach(this::say);
        if (!headless) {
            whereToLook.meanwhile(files, parts.viewer()).forEach(this::say);
            summarise();
            stayUp(pacs, rigatino);
        }
        return report.allEndedWell() && (input != null || report.ownInputCameOutRight());
    }

    private void send(DicomFiles files, Path workspace, String calledAe, int port) throws IOException {
        int all = files.files().size();
        say("sending " + all + " images to " + calledAe + " with storescu");
        int taken = StoreScu.send(files.files(), SENDER_AE_TITLE, calledAe, port, workspace);
        String where = " was taken by " + calledAe + "; see " + workspace.resolve("storescu.log");
        if (taken == 0) {
            throw new IOException("no image" + where);
        }
        if (taken < all) {
            err().println("rigatino demo: not every image" + where + " (" + taken + " of " + all + ")");
        }
    }

    private static Row row(String label, Optional<StudyOutcome> outcome, Orthanc pacs) throws IOException {
        int found = 0;
        for (String overlay : outcome.map(StudyOutcome::overlays).orElse(List.of())) {
            found += pacs.instance(overlay).isPresent() ? 1 : 0;
        }
        return new Row(label, outcome, found);
    }

    private static void stayUp(Orthanc pacs, ServeProcess rigatino) throws IOException {
        Object ended = CompletableFuture.anyOf(
                        pacs.process().endsByItself(), rigatino.process().endsByItself())
                .join();
        throw new IOException(ended.toString());
    }

    private void summarise() {
        if (!summarised) {
            out().println(report.summary());
        }
        summarised = true;
    }

    private void say(String what) {
        out().println(what);
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }
}
