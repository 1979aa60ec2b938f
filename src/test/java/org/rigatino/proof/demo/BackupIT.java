package org.rigatino.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.rigatino.proof.demo.DicomFiles.DicomFile;

/** A deployment that works is backed up, destroyed and brought back; its PACS, which nobody told, stays as it is. */
class BackupIT {
    @Test
    void whatIsBroughtBackIsProvedAndNothingIsSentTwice() throws Exception {
        try (Deployment deployment = Deployment.start("backup", Map.of())) {
            String before = send(deployment, "IT-BEFORE", 2);
            assertThat(deployment.awaitOutcome(before).state()).isEqualTo("CONFIRMED");

            List<DicomFile> late = TestStudies.head(deployment.newFolder("late"), "IT-LATE", 4);
            String lateStudy = late.get(0).studyInstanceUid();
            Path backup = deployment.backupFolder();
            Process backingUp = deployment.command("backup", backup.toString());
            deployment.send(late);
            assertThat(backingUp.waitFor()).as("see " + deployment.commandLog()).isZero();
            assertThat(deployment.awaitOutcome(lateStudy).state()).isEqualTo("CONFIRMED");
            List<String> held = held(deployment, before, lateStudy);
            assertThat(held).hasSize(6);

            deployment.destroyRigatino();
            Instant restored = Instant.now();
            Process restoring = deployment.command("restore-backup", backup.toString());
            assertThat(restoring.waitFor()).as("see " + deployment.commandLog()).isZero();
            assertThat(Files.readString(deployment.commandLog())).contains("is whole", "rows, chain intact");
            deployment.startRigatino();

            // Its sender was told 0000H, and sends it again since it is told of the loss; parts may be here already.
            deployment.send(late);
            StudyOutcome outcome = deployment.awaitOutcome(lateStudy);
            assertThat(outcome.state()).as(outcome.reason()).isEqualTo("CONFIRMED");
            assertThat(deployment.awaitOutcome(before).state()).isEqualTo("CONFIRMED");
            assertThat(held(deployment, before, lateStudy)).containsExactlyInAnyOrderElementsOf(held);
            assertThat(sentSince(restored, deployment, before)).isEmpty();
            assertThat(sentSince(restored, deployment, lateStudy)).isEmpty();
            assertThat(deployment.command("audit", "verify").waitFor()).isZero();
        }
    }

    private static String send(Deployment deployment, String name, int slices) throws IOException {
        List<DicomFile> files = TestStudies.head(deployment.newFolder(name), name, slices);
        deployment.send(files);
        return files.get(0).studyInstanceUid();
    }

    private static List<String> held(Deployment deployment, String... studies) throws IOException {
        List<String> held = new ArrayList<>();
        for (String study : studies) {
            held.addAll(deployment.overlays(study));
        }
        return held;
    }

    /** Objects that were sent since, and not found at the PACS instead. */
    private static List<String> sentSince(Instant restored, Deployment deployment, String study) throws IOException {
        List<String> found = StreamSupport.stream(deployment.audit(study).spliterator(), false)
                .filter(event -> event.path("kind").asText().equals("DELIVERY_FOUND"))
                .map(event -> event.path("subject").asText())
                .toList();
        return deployment.revisions(study).orElseThrow().findValues("deliveries").stream()
                .flatMap(deliveries -> StreamSupport.stream(deliveries.spliterator(), false))
                .filter(delivery ->
                        Instant.parse(delivery.path("sentAt").asText()).isAfter(restored))
                .map(delivery -> delivery.path("sopInstanceUid").asText() + " at pacs")
                .filter(delivery -> !found.contains(delivery))
                .toList();
    }
}
