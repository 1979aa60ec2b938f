package org.rigatino.proof.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code rigatino serve} as a process of its own, with embedded Kafka and PostgreSQL that keep their data in a folder. */
public final class ServeProcess implements AutoCloseable {
    public static final String AE_TITLE = "RIGATINO";
    private static final Duration START_LIMIT = Duration.ofSeconds(180);

    private final ChildProcess process;
    private final int dicomPort;
    private final Http http;

    private ServeProcess(ChildProcess process, int dicomPort, Http http) {
        this.process = process;
        this.dicomPort = dicomPort;
        this.http = http;
    }

    /**
     * Starts it and waits until it is ready. The same folder again: its record is still there.
     *
     * @param java the program with its options, up to and without {@code serve}
     * @param settings configuration beside ports and folders
     */
    public static ServeProcess start(
            List<String> java, Path folder, int dicomPort, int httpPort, Map<String, String> settings)
            throws IOException {
        Files.createDirectories(folder);
        Http http = new Http(httpPort);
        List<String> command = new ArrayList<>(java);
        command.addAll(1, options(folder.toAbsolutePath(), dicomPort, httpPort, settings));
        command.add("serve");
        ChildProcess process = ChildProcess.start(
                "rigatino serve",
                Path.of("").toAbsolutePath(),
                folder.resolve("serve.log"),
                command,
                secrets(settings));
        try {
            process.until("ready", START_LIMIT, () -> http.status("/q/health/ready") == 200);
        } catch (IOException e) {
            process.close();
            throw e;
        }
        return new ServeProcess(process, dicomPort, http);
    }

    private static List<String> options(Path folder, int dicomPort, int httpPort, Map<String, String> settings) {
        List<String> options = new ArrayList<>(List.of(
                "-Dquarkus.http.port=" + httpPort,
                "-Drigatino.ingest.port=" + dicomPort,
                "-Drigatino.ingest.ae-title=" + AE_TITLE,
                "-Drigatino.ingest.store=" + folder.resolve("instances"),
                "-Drigatino.deliver.ae-title=" + AE_TITLE,
                "-Drigatino.deliver.outputs=" + folder.resolve("outputs"),
                "-Drigatino.embedded.data=" + folder.resolve("embedded")));
        settings.forEach((name, value) -> {
            if (!isSecret(name)) {
                options.add("-D" + name + "=" + value);
            }
        });
        return options;
    }

    /** What others on the machine must not read in the list of processes. */
    private static boolean isSecret(String name) {
        return name.matches(".*(password|token|secret).*");
    }

    private static Map<String, String> secrets(Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(setting -> isSecret(setting.getKey()))
                .collect(Collectors.toMap(
                        setting -> setting.getKey().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"),
                        Map.Entry::getValue));
    }

    /** How this JVM was started: the same program, options and jar. */
    public static List<String> sameJava() {
        List<String> java = new ArrayList<>();
        java.add(ProcessHandle.current().info().command().orElse("java"));
        java.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        java.addAll(List.of(
                "-jar",
                Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString()));
        return java;
    }

    /** Settings that make an Orthanc on loopback the one destination. */
    public static Map<String, String> deliverTo(int orthancDicomPort) {
        String destination = "rigatino.deliver.destinations.pacs.";
        return Map.of(
                destination + "host",
                "127.0.0.1",
                destination + "port",
                Integer.toString(orthancDicomPort),
                destination + "ae-title",
                Orthanc.AE_TITLE);
    }

    public int dicomPort() {
        return dicomPort;
    }

    public String address() {
        return http.base();
    }

    public ChildProcess process() {
        return process;
    }

    /** @param path under {@code /api} */
    public JsonNode api(String path) throws IOException {
        return http.json("/api" + path);
    }

    /** @param path under {@code /api} */
    public JsonNode apiPost(String path) throws IOException {
        return http.post("/api" + path, "");
    }

    /** 404 where the study is not known. */
    public int apiStatus(String path) throws IOException {
        return http.status("/api" + path);
    }

    /** The latest of its revisions among the last that REST lists, without what belongs to it. */
    public Optional<JsonNode> study(String studyInstanceUid) throws IOException {
        return Optional.ofNullable(studies().get(studyInstanceUid));
    }

    /** The latest revision of each study among the last that REST lists, by Study Instance UID; by one request. */
    public Map<String, JsonNode> studies() throws IOException {
        Map<String, JsonNode> latest = new HashMap<>();
        for (JsonNode study : api("/studies?size=1000")) {
            latest.merge(
                    study.path("studyInstanceUid").asText(),
                    study,
                    (one, other) -> other.path("revision").asInt()
                                    > one.path("revision").asInt()
                            ? other
                            : one);
        }
        return latest;
    }

    /** The sum of a metric's samples with these labels, 0 where there is none; in Prometheus' text format. */
    public double metric(String name, String labels) throws IOException {
        return new String(http.bytes("/q/metrics"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        process.close();
    }
}
