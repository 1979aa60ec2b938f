package org.rigatino.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.embedded.Ports;
import org.rigatino.proof.demo.DicomFiles.DicomFile;

/** A second destination is added, and nothing is lost and nothing comes twice where the PACS goes away or the process is killed. */
class InterruptionIT {
    private static Deployment deployment;
    private static Orthanc archive;
    private static DestinationDocument document;

    @BeforeAll
    static void start() throws IOException {
        int[] archivePorts = Ports.free(2);
        document = new DestinationDocument(archivePorts[0]);
        Map<String, String> settings = new HashMap<>(document.settings());
        settings.put("rigatino.deliver.retry.first", "PT1S");
        settings.put("rigatino.deliver.retry.longest", "PT2S");
        deployment = Deployment.start("interruption", settings);
        archive = Orthanc.start(
                deployment.newFolder("archive"),
                archivePorts[0],
                archivePorts[1],
                Map.of(ServeProcess.AE_TITLE, deployment.rigatinoNode().port()));
    }

    @AfterAll
    static void stop() {
        if (archive != null) {
            archive.close();
        }
        if (deployment != null) {
            deployment.close();
        }
    }

    /** The walk through docs/destinations.md, whose lines are this deployment's configuration. */
    @Test
    void aDestinationIsAddedAsTheDocumentSays() throws IOException, InterruptedException {
        DicomFile image = TestStudies.head(deployment.newFolder("document-series"), "IT-DOCUMENT", 1)
                .get(0);
        String study = image.studyInstanceUid();
        Path folder = deployment.newFolder("document");
        Files.copy(image.path(), folder.resolve("1.dcm"));
        Tool.runSuccessfully("/bin/sh", "-c", document.echo());

        Tool.runSuccessfully(
                "/bin/sh",
                "-c",
                document.store(folder, deployment.rigatinoNode().port()));

        assertConfirmedOnce(study, 1);
        assertThat(anyDelivery(study, "archive", delivery -> delivery.path("confirmedBy")
                        .asText()
                        .equals("STORAGE_COMMITMENT")))
                .isTrue();
    }

    @Test
    void whileThePacsIsDownOthersGoOnAndAfterwardsAllIsDelivered() throws IOException {
        List<DicomFile> files = TestStudies.head(deployment.newFolder("down"), "IT-DOWN", 2);
        String study = files.get(0).studyInstanceUid();
        DicomFile mr = TestStudies.head(deployment.newFolder("down-ct"), "IT-DOWN-CT", 1)
                .get(0);
        DicomFile ct = TestStudies.changed(mr, deployment.newFolder("down-ct").resolve("ct.dcm"), Tag.Modality, "CT");

        deployment.stopPacs();
        deployment.send(files);
        deployment
                .waiting("a failed attempt")
                .until(() -> anyDelivery(study, "pacs", delivery -> delivery.hasNonNull("lastError")));
        deployment
                .waiting("the other destination's confirmation")
                .until(() -> anyDelivery(study, "archive", InterruptionIT::isConfirmed));
        deployment.send(List.of(ct));
        assertThat(deployment.awaitOutcome(ct.studyInstanceUid()).state()).isEqualTo("REFUSED");
        assertThat(deployment.awaitState(study, "RESTORED", "DELIVERING").hasEnded())
                .isFalse();
        assertThat(anyDelivery(study, "pacs", InterruptionIT::isConfirmed)).isFalse();

        deployment.startPacs();
        assertConfirmedOnce(study, 2);
    }

    @Test
    void killedBetweenRestoringAndDeliveringItDeliversAfterTheNextStart() throws IOException {
        List<DicomFile> files = TestStudies.head(deployment.newFolder("killed"), "IT-KILLED", 3);
        String study = files.get(0).studyInstanceUid();

        deployment.stopPacs();
        deployment.send(files);
        deployment.awaitState(study, "RESTORED", "DELIVERING");
        deployment.killRigatino();
        deployment.startPacs();
        assertThat(deployment.overlays(study)).as("delivered before the kill").isEmpty();

        deployment.startRigatino();
        assertConfirmedOnce(study, 3);
    }

    @Test
    void killedWhileReceivingOrRestoringItRestoresAfterTheNextStart() throws IOException {
        List<DicomFile> files = TestStudies.head(deployment.newFolder("early"), "IT-EARLY", FlairLikeHead.SLICES);
        String study = files.get(0).studyInstanceUid();

        deployment.send(files);
        deployment.awaitState(study, "RECEIVING", "READY", "RESTORING");
        deployment.killRigatino();

        deployment.startRigatino();
        assertConfirmedOnce(study, FlairLikeHead.SLICES);
    }

    private static void assertConfirmedOnce(String study, int images) throws IOException {
        StudyOutcome outcome = deployment.awaitOutcome(study);
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo("CONFIRMED");
        assertThat(outcome.imagesRestored()).isEqualTo(images);
        assertThat(outcome.overlays()).hasSize(images);
        assertThat(deployment.overlays(study)).containsExactlyInAnyOrderElementsOf(outcome.overlays());
        assertThat(archive.instancesOf(study)).containsExactlyInAnyOrderElementsOf(outcome.overlays());
    }

    private static boolean isConfirmed(JsonNode delivery) {
        return delivery.path("state").asText().equals("CONFIRMED");
    }

    /** Whether a delivery of the study to the destination fulfils the condition. */
    private static boolean anyDelivery(String study, String destination, Predicate<JsonNode> condition)
            throws IOException {
        JsonNode deliveries = deployment
                .revisions(study)
                .map(found -> found.findPath("deliveries"))
                .orElse(MissingNode.getInstance());
        return StreamSupport.stream(deliveries.spliterator(), false)
                .filter(delivery -> delivery.path("destination").asText().equals(destination))
                .anyMatch(condition);
    }
}
