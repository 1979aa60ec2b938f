package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.dicom.Certificates;
import org.rigatino.dicom.StoreScp;
import org.rigatino.dicom.Tool;
import org.rigatino.ingest.IngestProbe;
import org.rigatino.proof.demo.Orthanc;
import org.rigatino.web.FetchCommand;
import picocli.CommandLine;

/**
 * An Orthanc whose DICOM is mutual TLS alone, both ways, as two destinations, and its DICOMweb as a third; and DCMTK's storescp as one that can take
 * objects and nothing else.
 */
@QuarkusTest
@WithTestResource(TlsWorker.class)
class TlsDeliveryIT {
    private final Certificates certificates = TlsWorker.certificates();

    @Inject
    DeliverConfiguration deliver;

    @Inject
    IngestProbe ingest;

    @Inject
    StudyProbe studies;

    @TempDir
    Path folder;

    private Orthanc archive;
    private StoreScp viewer;

    @BeforeEach
    void startArchives() throws Exception {
        Tool.assumeInstalled("Orthanc", "storescp", "storescu");
        startArchive();
        viewer = StoreScp.start(
                deliver.destinations().get("viewer").port(), Files.createDirectories(folder.resolve("viewer")));
    }

    private void startArchive() throws Exception {
        Map<String, Object> rigatino =
                Map.of("AET", deliver.aeTitle(), "Host", "127.0.0.1", "Port", ingest.port(), "UseDicomTls", true);
        Map<String, Object> settings = new TreeMap<>(Orthanc.dicomWeb());
        settings.putAll(Map.of(
                "DicomTlsEnabled", true,
                "DicomTlsCertificate", certificates.certificate("peer"),
                "DicomTlsPrivateKey", certificates.key("peer"),
                "DicomTlsTrustedCertificates", certificates.certificate("ca"),
                "DicomTlsRemoteCertificateRequired", true,
                "DicomModalities", Map.of("rigatino", rigatino)));
        archive = Orthanc.start(
                folder.resolve("pacs"), deliver.destinations().get("pacs").port(), web().getPort(), Map.of(), settings);
    }

    private URI web() {
        return deliver.destinations().get("web").url().orElseThrow();
    }

    @AfterEach
    void stopArchives() {
        if (archive != null) {
            archive.close();
            viewer.close();
        }
    }

    @Test
    void whatIsSentOverTlsIsCommittedToOnACallBackAndFoundByQueryOverTls() throws Exception {
        MrStudy study = new MrStudy(folder, "tls").slice().slice();
        send(study);
        JsonPath shown = studies.awaitEnd(study);
        assertThat(shown.getList("[0].deliveries.findAll { it.destination == 'pacs' }.confirmedBy"))
                .containsExactly("STORAGE_COMMITMENT", "STORAGE_COMMITMENT");
        assertThat(shown.getList("[0].deliveries.findAll { it.destination == 'other' }.confirmedBy"))
                .containsExactly("QUERY", "QUERY");
        assertThat(archive.instancesOf(study.uid()))
                .containsExactlyInAnyOrderElementsOf(
                        shown.getList("[0].outputs.findAll { it.kind == 'SECONDARY_CAPTURE' }.sopInstanceUid"));
    }

    @Test
    void aDestinationThatIsSetToProveNothingLeavesTheStudyDeliveredAndNotConfirmed() throws Exception {
        MrStudy study = new MrStudy(folder, "believed").slice();
        send(study);
        JsonPath shown = studies.awaitEnd(study);
        assertThat(shown.getString("[0].study.state")).isEqualTo("DELIVERED");
        Map<String, Object> believed = shown.getMap("[0].deliveries.find { it.destination == 'viewer' }");
        assertThat(believed)
                .containsEntry("state", "DELIVERED")
                .containsEntry("confirmedBy", null)
                .containsEntry("confirmedAt", null);
        assertThat(believed.get("sentAt")).isNotNull();
        assertThat(studies.audit(study))
                .contains("DELIVERED_WITHOUT_PROOF", "STUDY_DELIVERED")
                .contains("3 deliveries confirmed, 1 delivered without proof")
                .doesNotContain("STUDY_CONFIRMED");
        studies.awaitResult(study, "DELIVERED");
        try (var files = Files.list(folder.resolve("viewer"))) {
            assertThat(files).hasSize(1);
        }
    }

    /** Orthanc's DICOMweb plugin, which is away between two studies, and when the second comes. */
    @Test
    void whatIsStoredByStowRsIsFoundByQidoRsAndWaitsForAnArchiveThatIsAway() throws Exception {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")), "no orthanc-dicomweb");
        MrStudy study = new MrStudy(folder, "stow").slice().slice();
        send(study);
        studies.awaitEnd(study);
        confirmedByQidoRs(study);
        archive.close();
        MrStudy later = new MrStudy(folder, "stow-later").slice().slice();
        send(later);
        await().atMost(StudyProbe.LONG).untilAsserted(() -> assertThat(
                        studies.show(later).getList("[0].deliveries.findAll { it.destination == 'web' }.lastError"))
                .hasSize(2)
                .allMatch(error -> String.valueOf(error).contains("cannot be reached")));
        startArchive();
        studies.awaitEnd(later);
        confirmedByQidoRs(later);
        confirmedByQidoRs(study);
    }

    private void confirmedByQidoRs(MrStudy study) throws Exception {
        JsonPath shown = studies.show(study);
        assertThat(shown.getList("[0].deliveries.findAll { it.destination == 'web' }.state"))
                .containsExactly("CONFIRMED", "CONFIRMED");
        assertThat(shown.getList("[0].deliveries.findAll { it.destination == 'web' }.confirmedBy"))
                .containsExactly("QIDO_RS", "QIDO_RS");
        List<String> overlays = shown.getList("[0].outputs.findAll { it.kind == 'SECONDARY_CAPTURE' }.sopInstanceUid");
        HttpResponse<String> listed = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(web() + "/studies/" + study.uid() + "/instances"))
                                .header("Accept", "application/dicom+json")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(new ObjectMapper().readTree(listed.body()).findValues("00080018"))
                .extracting(value -> value.path("Value").path(0).asText())
                .containsExactlyInAnyOrderElementsOf(overlays);
    }

    /** Searched, moved and received over mutual TLS. */
    @Test
    void aStudyOfTheArchiveIsFetchedOverTls() throws Exception {
        MrStudy study = new MrStudy(folder, "fetched").slice().slice();
        send(study, Orthanc.AE_TITLE, archive.dicomPort());
        StringWriter printed = new StringWriter();
        int exit = new CommandLine(new FetchCommand())
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(printed))
                .execute("--study", study.uid(), "--url", "http://localhost:" + RestAssured.port);
        assertThat(exit).as(printed.toString()).isZero();
        assertThat(printed.toString()).contains(study.uid() + ": 2 instances are here");
        studies.awaitEnd(study);
    }

    private void send(MrStudy study) throws Exception {
        send(study, "RIGATINO", ingest.port());
    }

    private void send(MrStudy study, String called, int port) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "storescu",
                "+tls",
                certificates.key("peer"),
                certificates.certificate("peer"),
                "+cf",
                certificates.certificate("ca"),
                "-aet",
                "RIGATINO",
                "-aec",
                called,
                "127.0.0.1",
                "" + port));
        study.files().forEach(file -> command.add(file.toString()));
        Tool.runSuccessfully(command.toArray(String[]::new));
    }
}
