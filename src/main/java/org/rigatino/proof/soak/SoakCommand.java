package org.rigatino.proof.soak;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.rigatino.proof.demo.ServeProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Nothing lost, doubled, misfiled or stuck, whatever is done to the parts. */
@Command(
        name = "soak",
        description =
                "Works a whole deployment on this machine, breaks its parts meanwhile, and audits what came of it.",
        mixinStandardHelpOptions = true)
public final class SoakCommand implements Callable<Integer> {
    private static final DateTimeFormatter FOLDER_NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final int MEGABYTES_PER_STUDY = 6;

    @Option(names = "--studies", defaultValue = "8", description = "How many are sent. Default: ${DEFAULT-VALUE}.")
    private int studies;

    @Option(
            names = "--faults",
            paramLabel = "FAULTS",
            defaultValue = "all",
            description = "all, none, or names with commas between them. Default: ${DEFAULT-VALUE}.")
    private String faults;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Decides studies and faults. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--input",
            paramLabel = "DIR",
            description = "DICOM images that some studies are made of, under other patients and UIDs, beside those of"
                    + " Debian's python3-pydicom.")
    private List<Path> input = List.of();

    @Option(
            names = "--destination",
            paramLabel = "WAY",
            defaultValue = "c-store",
            description = "How overlays are stored in the PACS: c-store, or stow-rs. Default: ${DEFAULT-VALUE}.")
    private String destination;

    @Option(names = "--workers", defaultValue = "2", description = "Worker processes. Default: ${DEFAULT-VALUE}.")
    private int workers;

    @Option(
            names = "--minutes",
            defaultValue = "0",
            description = "Studies and faults are spread over so long; without, studies come at once, and faults until"
                    + " each kind came once and all is sent.")
    private int minutes;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "What has no outcome after this long without faults is stuck. Default: ${DEFAULT-VALUE}.")
    private int waitSeconds;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        try {
            Set<Fault> chosen = Fault.parse(faults);
            Storing storing = Storing.parse(destination);
            Path folder = Files.createDirectories(
                    Path.of("out", "soak", LocalDateTime.now().format(FOLDER_NAME) + "-seed" + seed));
            say("soak: seed " + seed + ", folder " + folder.toAbsolutePath());
            RealFiles real = RealFiles.under(inputs());
            List<SoakStudy> written = SoakStudies.write(folder.resolve("input"), studies, seed, chosen, real);
            try (Disk disk = Disk.make(folder.resolve("disk"), 64 + MEGABYTES_PER_STUDY * studies);
                    Deployment deployment = Deployment.start(folder.toAbsolutePath(), java(), workers, disk, storing)) {
                if (!disk.canBeFilled() && chosen.contains(Fault.FILL_DISK)) {
                    say("soak: fill-disk is left out: it needs root, to mount a file system that can be filled");
                }
                if (storing == Storing.STOW_RS && chosen.contains(Fault.LOSE_COMMITMENT)) {
                    say("soak: lose-commitment is left out: DICOMweb has no storage commitment");
                }
                SoakRun run = new SoakRun(deployment, written, chosen, seed, folder.resolve("send"), this::say);
                return report(run.run(Duration.ofMinutes(minutes), Duration.ofSeconds(waitSeconds)));
            }
        } catch (IOException | IllegalArgumentException e) {
            command.commandLine().getErr().println("rigatino soak: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private List<Path> inputs() {
        List<Path> inputs = new ArrayList<>(input);
        if (Files.isDirectory(RealFiles.PYDICOM)) {
            inputs.add(RealFiles.PYDICOM);
        }
        return inputs;
    }

    private static List<String> java() {
        List<String> java = new ArrayList<>(ServeProcess.sameJava());
        java.add(java.size() - 2, "-Xmx512m");
        java.add(java.size() - 2, "-XX:+UseSerialGC");
        return java;
    }

    private int report(SoakRun.Result result) {
        SoakAudit.Verdict verdict = result.verdict();
        print("lost", verdict.lost());
        print("doubled", verdict.doubled());
        print("misfiled", verdict.misfiled());
        print("stuck", verdict.stuck());
        if (!verdict.clean()) {
            say("soak: to see it again, use --seed " + seed + " --studies " + studies + " --faults " + faults
                    + " --destination " + destination);
        }
        say(String.format(
                "soak: %d studies, %d instances acknowledged, %d faults, lost %d, doubled %d, misfiled %d, stuck %d",
                studies,
                result.acknowledged(),
                result.faults(),
                verdict.lost().size(),
                verdict.doubled().size(),
                verdict.misfiled().size(),
                verdict.stuck().size()));
        return verdict.clean() ? 0 : 1;
    }

    private void print(String kind, List<String> lines) {
        lines.forEach(line -> say(kind + ": " + line));
    }

    private void say(String line) {
        PrintWriter out = command.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
