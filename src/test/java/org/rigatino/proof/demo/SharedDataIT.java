package org.rigatino.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.proof.demo.DicomFiles.DicomFile;

/** The same path with real images, which are not part of the project: ../shared/data beside the checkout. */
@EnabledIf(value = "sharedDataIsThere", disabledReason = "skipped: ../shared/data is not there")
class SharedDataIT {
    private static Deployment deployment;

    static boolean sharedDataIsThere() {
        return Files.isDirectory(TestStudies.SHARED);
    }

    @BeforeAll
    static void start() throws IOException {
        deployment = SharedDeployment.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"normal", "abnormal"})
    void realFlairSlicesComeBackAsOverlays(String label) throws IOException, InterruptedException {
        List<Path> images = TestStudies.sharedImages("brain_lgg/dev_test/" + label, ".png", 6);
        List<DicomFile> files = TestStudies.flair(images, deployment.newFolder("flair-" + label), "IT-FLAIR-" + label);
        String study = files.get(0).studyInstanceUid();

        deployment.send(files);
        StudyOutcome outcome = deployment.awaitOutcome(study);

        assertThat(outcome.state()).as(outcome.reason()).isEqualTo("CONFIRMED");
        assertThat(outcome.imagesRestored()).isEqualTo(files.size());
        assertThat(deployment.overlays(study)).hasSize(files.size());
        Path kept = deployment.newFolder("flair-overlays-" + label);
        for (String overlay : outcome.overlays()) {
            Path file = Files.write(
                    kept.resolve(overlay + ".dcm"),
                    deployment.pacs().instance(overlay).orElseThrow());
            assertThat(Dciodvfy.errors(file)).isEmpty();
        }
    }

    @Test
    void realChestRadiographsOfAChildComeBackAsOverlays() throws IOException, InterruptedException {
        List<DicomFile> files = chest("IT-CHEST-CHILD", "003Y");
        String study = files.get(0).studyInstanceUid();

        deployment.send(files);
        StudyOutcome outcome = deployment.awaitOutcome(study);

        assertThat(outcome.state()).as(outcome.reason()).isEqualTo("CONFIRMED");
        assertThat(outcome.imagesRestored()).isEqualTo(files.size());
        Path kept = deployment.newFolder("chest-overlays");
        for (String overlay : outcome.overlays()) {
            byte[] content = deployment.pacs().instance(overlay).orElseThrow();
            assertThat(Dciodvfy.errors(Files.write(kept.resolve(overlay + ".dcm"), content)))
                    .isEmpty();
        }
    }

    @Test
    void thoseOfAnAdultAreRefusedByTheirAge() throws IOException {
        List<DicomFile> files = chest("IT-CHEST-ADULT", "030Y");
        String study = files.get(0).studyInstanceUid();

        deployment.send(files);
        StudyOutcome outcome = deployment.awaitOutcome(study);

        assertThat(outcome.state()).isEqualTo("REFUSED");
        assertThat(outcome.reason()).contains("patient-age");
        assertThat(deployment.overlays(study)).isEmpty();
    }

    /** Attributes say a child's chest. */
    @Test
    void headsThatCallThemselvesChestsAreRefusedAsUnlike() throws IOException {
        List<Path> heads = TestStudies.sharedImages("brain_lgg/dev_test/normal", ".png", 3);
        List<DicomFile> files = TestStudies.chest(heads, deployment.newFolder("IT-HEAD"), "IT-HEAD-AS-CHEST", "003Y");
        String study = files.get(0).studyInstanceUid();

        deployment.send(files);
        StudyOutcome outcome = deployment.awaitOutcome(study);

        assertThat(outcome.state()).isEqualTo("REFUSED");
        assertThat(outcome.reason()).contains("unlike");
        assertThat(deployment.overlays(study)).isEmpty();
    }

    private static List<DicomFile> chest(String patientId, String age) throws IOException {
        List<Path> images = TestStudies.sharedImages("cxr_kermany/dev_test", ".jp", 4);
        return TestStudies.chest(images, deployment.newFolder(patientId), patientId, age);
    }

    static Stream<Path> series() throws IOException {
        return Files.isDirectory(TestStudies.SHARED)
                ? Files.list(TestStudies.SHARED.resolve("dicom"))
                        .filter(folder -> folder.getFileName().toString().startsWith("series_"))
                        .sorted()
                : Stream.empty();
    }

    @ParameterizedTest
    @MethodSource("series")
    void everyImageOfARealSeriesHasARecordedOutcome(Path folder) throws IOException {
        DicomFiles files = DicomFiles.under(folder);
        assertThat(files.files()).isNotEmpty();

        deployment.send(files.files());

        for (String study : files.studies()) {
            StudyOutcome outcome = deployment.awaitOutcome(study);
            assertThat(outcome.state()).isNotEqualTo("FAILED");
            JsonNode revisions = deployment.revisions(study).orElseThrow();
            assertThat(revisions.findValuesAsText("outcome"))
                    .hasSize((int) files.files().stream()
                            .filter(file -> file.studyInstanceUid().equals(study))
                            .count())
                    .doesNotContain("PENDING");
        }
    }
}
