package org.rigatino.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.awaitility.core.ConditionFactory;
import org.rigatino.Patience;
import org.rigatino.TestJvm;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.embedded.Ports;
import org.rigatino.proof.demo.DicomFiles.DicomFile;

/**
 * Rigatino's packaged jar as a process with embedded Kafka and PostgreSQL, and an Orthanc as its PACS, on ports and in a
 * folder of their own under {@code target/it}, where the logs stay.
 */
final class Deployment implements AutoCloseable {
    private static final Duration LIMIT = Patience.PROCESS;
    static final String SENDER = "MODALITY";

    private final Path folder;
    private final int[] ports = Ports.free(4);
    private final Map<String, String> settings = new HashMap<>();
    private final List<ProcessHandle> leftBehind = new ArrayList<>();
    private int sendings;
    private Orthanc pacs;
    private ServeProcess rigatino;

    private Deployment(String name, Map<String, String> settings) throws IOException {
        folder = Files.createDirectories(Path.of("target", "it"))
                .toAbsolutePath()
                .resolve(name + "-" + ProcessHandle.current().pid());
        this.settings.putAll(ServeProcess.deliverTo(ports[0]));
        this.settings.put("rigatino.ingest.quiet-period", "PT2S");
        this.settings.putAll(settings);
    }

    static Deployment start(String name, Map<String, String> settings) throws IOException {
        assumeTools();
        Deployment deployment = new Deployment(name, settings);
        deployment.startPacs();
        deployment.startRigatino();
        return deployment;
    }

    static void assumeTools() {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/Orthanc")), "skipped: Debian package orthanc is missing");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/storescu")), "skipped: Debian package dcmtk is missing");
    }

    /** The packaged jar's command line, up to and without the command. */
    static List<String> java() {
        return TestJvm.ofJar("-Xmx1500m");
    }

    void startPacs() throws IOException {
        Map<String, Integer> peers = Map.of(ServeProcess.AE_TITLE, ports[2], SENDER, ports[2]);
        pacs = Orthanc.start(folder.resolve("orthanc"), ports[0], ports[1], peers);
    }

    void stopPacs() {
        pacs.close();
    }

    void startRigatino() throws IOException {
        rigatino = ServeProcess.start(java(), folder.resolve("rigatino"), ports[2], ports[3], settings);
    }

    /** SIGKILL: no handler runs, and the embedded PostgreSQL is left behind. */
    void killRigatino() {
        rigatino.process().handle().descendants().forEach(leftBehind::add);
        rigatino.process().kill();
    }

    /** SIGKILL, and then its disk is gone. */
    void destroyRigatino() throws IOException {
        killRigatino();
        for (ProcessHandle handle : leftBehind) {
            handle.destroyForcibly();
            handle.onExit().join();
        }
        leftBehind.clear();
        FileUtils.deleteDirectory(folder.resolve("rigatino").toFile());
    }

    Path backupFolder() {
        return folder.resolve("the-backup");
    }

    Path commandLog() {
        return folder.resolve("command.log");
    }

    /** Another command of the jar, beside it and with its settings; what it prints is in {@link #commandLog}. */
    Process command(String... arguments) throws IOException {
        Path work = folder.resolve("rigatino");
        List<String> command = new ArrayList<>(java());
        command.addAll(
                1,
                List.of(
                        "-Drigatino.ingest.store=" + work.resolve("instances"),
                        "-Drigatino.deliver.outputs=" + work.resolve("outputs"),
                        "-Drigatino.embedded.data=" + work.resolve("embedded")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(commandLog().toFile()))
                .start();
    }

    Orthanc pacs() {
        return pacs;
    }

    /** Rigatino's listener, for what storescu does not send. */
    RemoteNode rigatinoNode() {
        return new RemoteNode("127.0.0.1", ports[2], ServeProcess.AE_TITLE, SENDER, Patience.STEP, Patience.STEP);
    }

    Path newFolder(String name) throws IOException {
        return Files.createDirectories(folder.resolve("input").resolve(name));
    }

    /** With storescu; every file must be taken. */
    void send(List<DicomFile> files) throws IOException {
        Path workspace = folder.resolve("storescu-" + ++sendings);
        int taken = StoreScu.send(files, SENDER, ServeProcess.AE_TITLE, rigatino.dicomPort(), workspace);
        assertThat(taken).as("taken, see " + workspace).isEqualTo(files.size());
    }

    /** Revisions as REST shows them; empty where the study is unknown. */
    Optional<JsonNode> revisions(String study) throws IOException {
        return rigatino.apiStatus("/studies/" + study) == 404
                ? Optional.empty()
                : Optional.of(rigatino.api("/studies/" + study));
    }

    JsonNode audit(String study) throws IOException {
        return rigatino.api("/studies/" + study + "/audit");
    }

    StudyOutcome awaitOutcome(String study) {
        return waiting("outcome of " + study)
                .until(
                        () -> revisions(study).map(StudyOutcome::of),
                        found -> found.isPresent() && found.get().hasEnded())
                .orElseThrow();
    }

    /** @param number of revisions that there are at least */
    StudyOutcome awaitOutcome(String study, int number) {
        waiting("revision " + number + " of " + study)
                .until(() -> revisions(study).map(JsonNode::size).orElse(0) >= number);
        return awaitOutcome(study);
    }

    StudyOutcome awaitState(String study, String... states) {
        return waiting(String.join(" or ", states) + " of " + study)
                .until(
                        () -> revisions(study).map(StudyOutcome::of),
                        found -> found.isPresent()
                                && List.of(states).contains(found.get().state()))
                .orElseThrow();
    }

    ConditionFactory waiting(String what) {
        return await(what)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .failFast(
                        "rigatino serve has ended, see " + folder,
                        () -> !rigatino.process().handle().isAlive());
    }

    /** Instances of the study in the PACS. What was sent to Rigatino alone is not there, so these are the overlays. */
    List<String> overlays(String study) throws IOException {
        return pacs.instancesOf(study);
    }

    @Override
    public void close() {
        rigatino.close();
        pacs.close();
        leftBehind.forEach(ProcessHandle::destroy);
    }
}
