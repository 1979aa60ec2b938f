package org.rigatino.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.embedded.Ports;

/** What the trail says of the packaged jar's starts and stops, read by its own export, and its log in the two formats. */
class ApplicationActivityIT {
    @TempDir
    Path folder;

    @Test
    void startsStopsAndAChangedConfigurationAreInTheTrail() throws Exception {
        int[] ports = Ports.free(4);
        run(ports, Map.of());
        Path log = folder.resolve("serve/serve.log");
        int lines = Files.readAllLines(log).size();
        run(ports, Map.of("quarkus.log.console.json.enabled", "true"));
        everyLineIsJson(Files.readAllLines(log).stream().skip(lines).toList());
        run(ports, Map.of("rigatino.ingest.quiet-period", "PT7S"));
        List<JsonNode> rows = export();
        assertThat(rows.stream().map(row -> row.path("kind").asText()))
                .containsExactly(
                        "APPLICATION_STARTED",
                        "CONFIGURATION_RECORDED",
                        "APPLICATION_STOPPED",
                        "APPLICATION_STARTED",
                        "APPLICATION_STOPPED",
                        "APPLICATION_STARTED",
                        "CONFIGURATION_CHANGED",
                        "APPLICATION_STOPPED");
        assertThat(rows.get(0).path("detail").asText()).endsWith("roles listener");
        assertThat(rows.get(0).path("subject").asText()).isEqualTo("site-a");
        assertThat(rows.get(0).path("actor").asText()).isEqualTo("os:" + System.getProperty("user.name"));
        assertThat(rows.get(6).path("detail").asText())
                .startsWith("roles listener: rigatino.ingest.quiet-period; digest ")
                .doesNotContain("PT7S");
    }

    /** A whole process, from its start until it is ready. */
    @Test
    void aStartTellsInTwentyLinesWhatItIsAndAMistakeInOne() throws Exception {
        int[] ports = Ports.free(2);
        Map<String, String> settings = ServeProcess.deliverTo(104);
        try (ServeProcess serve =
                ServeProcess.start(Deployment.java(), folder.resolve("serve"), ports[0], ports[1], settings)) {
            List<String> lines = Files.readAllLines(folder.resolve("serve/serve.log"));
            assertThat(lines).hasSizeBetween(6, 20);
            assertThat(lines).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
            for (String told : List.of(
                    "database: embedded",
                    "broker: embedded",
                    "Rigatino 0.2.0 as listener, worker, web",
                    "listens on 127.0.0.1:" + ports[0],
                    "Listening on: http://127.0.0.1:" + ports[1],
                    "delivers to pacs: " + Orthanc.AE_TITLE + " at 127.0.0.1:104",
                    "sha256",
                    "not configured: ")) {
                assertThat(lines).anySatisfy(line -> assertThat(line).contains(told));
            }
        }
        assertThat(output(List.of("serve"))).hasSize(1);
        assertThat(output(List.of("serve"), "-Drigatino.ingest.port=99999"))
                .singleElement()
                .asString()
                .contains("65535");
    }

    private List<String> output(List<String> arguments, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Deployment.java());
        command.addAll(1, List.of(options));
        command.addAll(arguments);
        Path console = folder.resolve("console.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        assertThat(process.waitFor(Patience.PROCESS.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return Files.readAllLines(console);
    }

    private void run(int[] ports, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("rigatino.roles", "listener");
        all.put("rigatino.embedded.postgres-port", "" + ports[2]);
        all.put("rigatino.embedded.kafka-port", "" + ports[3]);
        all.put("rigatino.audit.source-id", "site-a");
        try (ServeProcess serve =
                ServeProcess.start(Deployment.java(), folder.resolve("serve"), ports[0], ports[1], all)) {
            ProcessHandle process = serve.process().handle();
            process.destroy();
            process.onExit().get(Patience.PROCESS.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static void everyLineIsJson(List<String> lines) {
        ObjectMapper json = new ObjectMapper();
        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(
                        json.readTree(line).path("message").asText())
                .isNotBlank());
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("listens on"));
    }

    private List<JsonNode> export() throws IOException, InterruptedException {
        Path file = folder.resolve("trail.jsonl");
        List<String> command = new ArrayList<>(Deployment.java());
        command.add(1, "-Drigatino.embedded.data=" + folder.resolve("serve").resolve("embedded"));
        command.addAll(List.of("audit", "export", "--format", "jsonl", "--out", file.toString()));
        Process export = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("export.log").toFile())
                .start();
        assertThat(export.waitFor(Patience.PROCESS.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(export.exitValue())
                .as(Files.readString(folder.resolve("export.log")))
                .isZero();
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(new ObjectMapper().readTree(line));
        }
        return rows;
    }
}
