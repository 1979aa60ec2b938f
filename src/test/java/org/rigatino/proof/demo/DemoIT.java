package org.rigatino.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;

/** {@code demo} as a newcomer runs it, with the packaged jar. */
class DemoIT {
    private static final Duration LIMIT = Patience.PROCESS;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void needs() {
        Deployment.assumeTools();
        TestStudies.assumeVolume();
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroy);
    }

    @Test
    void ownStudiesComeOutRightAndTheLesionOnTop() throws IOException, InterruptedException {
        Process demo = demo("--headless");

        assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        List<String> lines = Files.readAllLines(output());
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo("demo: 3 studies sent, 2 restored, 1 refused, 40 overlays confirmed in the PACS, 0 lost");
        assertThat(demo.exitValue()).isZero();
        int header = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("study "))
                .findFirst()
                .orElseThrow());
        assertThat(lines.get(header + 1)).startsWith(DemoInput.LESION + " ");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("In the PACS: "))
                .hasSize(3)
                .filteredOn(
                        line -> line.endsWith(", overlays in series 90001, Overlay brain-flair 6, not for diagnosis"))
                .hasSize(2);
        assertThat(auditVerify(lines)).contains("audit-anchor ");
        assertThat(lines).noneMatch(line -> line.startsWith("DICOM: "));
    }

    @Test
    void nothingToSendIsAFailureThatStillEndsWithTheSummary() throws IOException, InterruptedException {
        Process demo = demo("--headless", "--input", folder.toString());

        assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(1);
        assertThat(Files.readAllLines(output()))
                .last()
                .isEqualTo("demo: 0 studies sent, 0 restored, 0 refused, 0 overlays confirmed in the PACS, 0 lost");
    }

    @Test
    void itStaysUpUntilItIsStoppedAndLeavesNoProcess() throws IOException, InterruptedException {
        Path input = Files.createDirectories(folder.resolve("input"));
        Files.copy(TestStudies.head(folder.resolve("head"), "IT-DEMO", 1).get(0).path(), input.resolve("1.dcm"));
        Process demo = demo("--input", input.toString());
        await().atMost(LIMIT).until(() -> Files.readString(output()).contains("1 studies sent"));
        String kept = Files.readAllLines(output()).stream()
                .filter(line -> line.startsWith("Kept: "))
                .findFirst()
                .orElseThrow()
                .substring("Kept: ".length());
        assertThat(demo.isAlive()).isTrue();
        assertThat(anEcho(Files.readAllLines(output())))
                .as("exit code of echoscu")
                .isZero();
        assertThat(auditVerify(Files.readAllLines(output()))).contains("audit-anchor ");
        assertThat(processesIn(kept)).as("Orthanc, serve, PostgreSQL").isGreaterThanOrEqualTo(3);

        demo.destroy();

        await().atMost(LIMIT).until(() -> processesIn(kept) == 0);
        assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(output()))
                .last()
                .isEqualTo("demo: 1 studies sent, 1 restored, 0 refused, 1 overlays confirmed in the PACS, 0 lost");
    }

    private static int anEcho(List<String> lines) throws IOException, InterruptedException {
        Matcher listener = the("DICOM: AE title (\\S+) at (\\S+), port (\\d+), .*", lines);
        return new ProcessBuilder("echoscu", "-aec", listener.group(1), listener.group(2), listener.group(3))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** By the command as it is told, on the jar that these tests run. */
    private static String auditVerify(List<String> lines) throws IOException, InterruptedException {
        Matcher told = the("Audit trail: (\\S+)=(\\S+) ./rigatino audit verify", lines);
        List<String> command = new ArrayList<>(Deployment.java());
        command.addAll(List.of("audit", "verify"));
        ProcessBuilder verify = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        verify.environment().put(told.group(1), told.group(2));
        Process process = verify.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code of audit verify").isZero();
        return output;
    }

    private static Matcher the(String line, List<String> lines) {
        return lines.stream()
                .map(Pattern.compile(line)::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow();
    }

    private static long processesIn(String folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder))
                .count();
    }

    private Path output() {
        return folder.resolve("output.txt");
    }

    private Process demo(String... options) throws IOException {
        List<String> command = new ArrayList<>(Deployment.java());
        command.add("demo");
        command.addAll(List.of(options));
        Process demo = new ProcessBuilder(command)
                .redirectOutput(output().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(demo);
        return demo;
    }
}
