package org.rigatino.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.rigatino.dicom.Tool;

/** An Orthanc with its DICOMweb plugin, as STOW-RS user and as WADO-RS and QIDO-RS source. */
public final class DicomwebOrthanc implements AutoCloseable {
    private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private final Path log;

    private DicomwebOrthanc(Process process, int port, Path log) {
        this.log = log;
        this.process = process;
        this.port = port;
    }

    /** @param stow root of the DICOMweb service that it sends to */
    public static DicomwebOrthanc start(Path folder, String stow) throws IOException {
        return start(folder, stow, Tool.freePort());
    }

    public static DicomwebOrthanc start(Path folder, String stow, int port) throws IOException {
        Assumptions.assumeTrue(Files.exists(PLUGIN), "skipped: Debian package orthanc-dicomweb is missing");
        Files.createDirectories(folder);
        Path configuration = folder.resolve("orthanc.json");
        JSON.writeValue(
                configuration.toFile(),
                Map.of(
                        "DicomServerEnabled",
                        false,
                        "HttpPort",
                        port,
                        "KeepAlive",
                        false,
                        "RemoteAccessAllowed",
                        false,
                        "AuthenticationEnabled",
                        false,
                        "StorageDirectory",
                        folder.resolve("storage").toString(),
                        "IndexDirectory",
                        folder.resolve("storage").toString(),
                        "Plugins",
                        List.of(PLUGIN.toString()),
                        "DicomWeb",
                        Map.of(
                                "Enable",
                                true,
                                "Root",
                                "/dicom-web/",
                                "Servers",
                                Map.of("rigatino", List.of(stow + "/")))));
        Process process = new ProcessBuilder("/usr/sbin/Orthanc", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("orthanc.log").toFile())
                .start();
        DicomwebOrthanc orthanc = new DicomwebOrthanc(process, port, folder.resolve("orthanc.log"));
        await().failFast("Orthanc has ended, see " + folder, () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> orthanc.send(orthanc.request("/system").GET()).statusCode() == 200);
        return orthanc;
    }

    /** Root of its own DICOMweb service. */
    public String dicomweb() {
        return "http://127.0.0.1:" + port + "/dicom-web";
    }

    public void add(Path file) throws IOException, InterruptedException {
        HttpResponse<String> response =
                send(request("/instances").POST(HttpRequest.BodyPublishers.ofByteArray(Files.readAllBytes(file))));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    /** Sends the study and waits; fails where Orthanc thinks that not all of it was stored. */
    void stow(String studyInstanceUid) throws IOException, InterruptedException {
        List<String> resources = new ArrayList<>();
        for (JsonNode found :
                JSON.readTree(send(request("/tools/lookup").POST(HttpRequest.BodyPublishers.ofString(studyInstanceUid)))
                        .body())) {
            resources.add(found.path("ID").asText());
        }
        assertThat(resources).isNotEmpty();
        String job = JSON.writeValueAsString(Map.of("Resources", resources, "Synchronous", true));
        HttpResponse<String> response =
                send(request("/dicom-web/servers/rigatino/stow").POST(HttpRequest.BodyPublishers.ofString(job)));
        assertThat(response.statusCode()).as(Files.readString(log)).isEqualTo(200);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
