package org.rigatino.proof.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An Orthanc of our own as the PACS: AE {@code ORTHANC}, folder and ports of its own, nothing taken from or left in the
 * system's. It takes objects and commitment requests from the AE titles that it is told of, on this machine.
 */
public final class Orthanc implements AutoCloseable {
    public static final String AE_TITLE = "ORTHANC";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Path PROGRAM = Path.of("/usr/sbin/Orthanc");
    private static final Path DICOM_WEB_PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

    private final ChildProcess process;
    private final int dicomPort;
    private final Http http;

    private Orthanc(ChildProcess process, int dicomPort, Http http) {
        this.process = process;
        this.dicomPort = dicomPort;
        this.http = http;
    }

    /**
     * Starts it and waits until it answers. The same folder again: what it held is still there.
     *
     * @param peers port by AE title, on loopback; of one that only sends, any port from 1 on
     */
    public static Orthanc start(Path folder, int dicomPort, int httpPort, Map<String, Integer> peers)
            throws IOException {
        return start(folder, dicomPort, httpPort, peers, Map.of());
    }

    /** Settings of one that answers DICOMweb (PS3.18) at {@code /dicom-web/} too, by Debian's orthanc-dicomweb. */
    public static Map<String, Object> dicomWeb() throws IOException {
        if (!Files.isReadable(DICOM_WEB_PLUGIN)) {
            throw new IOException(
                    "the PACS needs " + DICOM_WEB_PLUGIN + ": install the Debian package orthanc-dicomweb");
        }
        return Map.of("Plugins", List.of(DICOM_WEB_PLUGIN.toString()), "DicomWeb", Map.of("Enable", true));
    }

    /** @param settings of Orthanc's own, which count before those that are set here */
    public static Orthanc start(
            Path folder, int dicomPort, int httpPort, Map<String, Integer> peers, Map<String, Object> settings)
            throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IOException("the PACS needs " + PROGRAM + ": install the Debian package orthanc");
        }
        Files.createDirectories(folder);
        Path configuration = folder.resolve("orthanc.json");
        Map<String, Object> all = new TreeMap<>(configuration(folder, dicomPort, httpPort, peers));
        all.putAll(settings);
        new ObjectMapper().writeValue(configuration.toFile(), all);
        Http http = new Http(httpPort);
        ChildProcess process = ChildProcess.start(
                "Orthanc",
                folder,
                folder.resolve("orthanc.log"),
                List.of(PROGRAM.toString(), configuration.toAbsolutePath().toString()));
        try {
            process.until("answering", START_LIMIT, () -> http.status("/system") == 200);
        } catch (IOException e) {
            process.close();
            throw e;
        }
        return new Orthanc(process, dicomPort, http);
    }

    private static Map<String, Object> configuration(
            Path folder, int dicomPort, int httpPort, Map<String, Integer> peers) {
        return Map.ofEntries(
                Map.entry("Name", AE_TITLE),
                Map.entry("DicomAet", AE_TITLE),
                Map.entry("DicomPort", dicomPort),
                Map.entry("DicomCheckCalledAet", true),
                Map.entry("DicomAlwaysAllowEcho", false),
                Map.entry("DicomAlwaysAllowStore", false),
                Map.entry("DicomCheckModalityHost", true),
                Map.entry("DicomModalities", modalities(peers)),
                Map.entry("HttpPort", httpPort),
                // Orthanc closes idle connections just when a client may be about to use them again.
                Map.entry("KeepAlive", false),
                Map.entry("RemoteAccessAllowed", false),
                Map.entry("AuthenticationEnabled", false),
                Map.entry("OverwriteInstances", false),
                Map.entry(
                        "StorageDirectory",
                        folder.resolve("storage").toAbsolutePath().toString()),
                Map.entry(
                        "IndexDirectory",
                        folder.resolve("storage").toAbsolutePath().toString()),
                Map.entry("Plugins", List.of()));
    }

    private static Map<String, Object> modalities(Map<String, Integer> peers) {
        return peers.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        peer -> peer.getKey().toLowerCase(java.util.Locale.ROOT),
                        peer -> Map.of("AET", peer.getKey(), "Host", "127.0.0.1", "Port", peer.getValue())));
    }

    public int dicomPort() {
        return dicomPort;
    }

    public String address() {
        return http.base();
    }

    ChildProcess process() {
        return process;
    }

    /** Where a person looks at a study. */
    public Optional<String> studyPage(String studyInstanceUid) throws IOException {
        return lookUp(studyInstanceUid, "Study").map(id -> http.base() + "/app/explorer.html#study?uuid=" + id);
    }

    /** The file of an instance as the PACS keeps it. */
    public Optional<byte[]> instance(String sopInstanceUid) throws IOException {
        Optional<String> id = lookUp(sopInstanceUid, "Instance");
        return id.isEmpty() ? Optional.empty() : Optional.of(http.bytes("/instances/" + id.get() + "/file"));
    }

    /** Header of an instance that it holds, by keyword (PS3.6). */
    Optional<JsonNode> header(String sopInstanceUid) throws IOException {
        Optional<String> id = lookUp(sopInstanceUid, "Instance");
        return id.isEmpty() ? Optional.empty() : Optional.of(http.json("/instances/" + id.get() + "/simplified-tags"));
    }

    /** SOP Instance UIDs of all that it holds of a study; empty where it knows none. */
    public List<String> instancesOf(String studyInstanceUid) throws IOException {
        Optional<String> study = lookUp(studyInstanceUid, "Study");
        if (study.isEmpty()) {
            return List.of();
        }
        return http.json("/studies/" + study.get() + "/instances").findValuesAsText("SOPInstanceUID");
    }

    /** Header of every instance that it holds, by keyword (PS3.6). */
    public List<JsonNode> headers() throws IOException {
        List<JsonNode> headers = new ArrayList<>();
        for (JsonNode id : http.json("/instances")) {
            headers.add(http.json("/instances/" + id.asText() + "/simplified-tags"));
        }
        return headers;
    }

    /** Where it has it. */
    public void delete(String sopInstanceUid) throws IOException {
        Optional<String> id = lookUp(sopInstanceUid, "Instance");
        if (id.isPresent()) {
            http.delete("/instances/" + id.get());
        }
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    private Optional<String> lookUp(String uid, String type) throws IOException {
        for (JsonNode found : http.post("/tools/lookup", uid)) {
            if (found.path("Type").asText().equals(type)) {
                return Optional.of(found.path("ID").asText());
            }
        }
        return Optional.empty();
    }

    /** By SIGKILL: what it has acknowledged is in its files, and an orderly end takes it more than four seconds. */
    @Override
    public void close() {
        process.closeAtOnce();
    }
}
