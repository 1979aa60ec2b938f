package org.rigatino.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.Tag;
import org.rigatino.proof.demo.DicomFiles.DicomFile;

/** Studies that are sent to the packaged jar with storescu come back to Orthanc as overlays, or are refused. */
class WholePathIT {
    /** Longer than the quiet period and what follows it. */
    private static final Duration NOTHING_MORE = Duration.ofSeconds(8);

    private static Deployment deployment;

    @BeforeAll
    static void start() throws IOException {
        deployment = SharedDeployment.get();
    }

    @Test
    void aStudyComesBackAsOneOverlayForEachImage() throws IOException, InterruptedException {
        List<DicomFile> files = TestStudies.head(deployment.newFolder("once"), "IT-ONCE", 3);
        String study = files.get(0).studyInstanceUid();

        deployment.send(files);
        StudyOutcome outcome = deployment.awaitOutcome(study);

        assertThat(outcome.state()).as(outcome.reason()).isEqualTo("CONFIRMED");
        assertThat(outcome.imagesSeen()).isEqualTo(3);
        assertThat(outcome.imagesRestored()).isEqualTo(3);
        assertThat(outcome.percentile().orElseThrow()).isBetween(0.0, 100.0);
        assertThat(outcome.waitingSeconds().orElseThrow()).isGreaterThanOrEqualTo(2);
        assertThat(deployment.overlays(study)).hasSize(3).containsExactlyInAnyOrderElementsOf(outcome.overlays());
        assertThat(deployment.audit(study)).isNotEmpty();
        Set<String> sources = new HashSet<>();
        for (String overlay : outcome.overlays()) {
            sources.add(sourceOf(overlay, files));
        }
        assertThat(sources).as("sources that an overlay names").hasSize(3);
    }

    /** Checks one overlay as the PACS keeps it, and returns the source that it names. */
    private static String sourceOf(String overlay, List<DicomFile> files) throws IOException, InterruptedException {
        Path file = fetched(overlay);
        assertThat(Dciodvfy.errors(file)).isEmpty();
        Dataset object = Dataset.readHeader(file);
        String source = object.items(Tag.SourceImageSequence).get(0).require(Tag.ReferencedSOPInstanceUID);
        Dataset original = null;
        for (DicomFile candidate : files) {
            Dataset header = Dataset.readHeader(candidate.path());
            original = header.require(Tag.SOPInstanceUID).equals(source) ? header : original;
        }
        assertThat(original).as("the source is one of those sent").isNotNull();
        int[] same = {
            Tag.PatientID,
            Tag.PatientName,
            Tag.PatientBirthDate,
            Tag.PatientSex,
            Tag.AccessionNumber,
            Tag.StudyID,
            Tag.StudyDate,
            Tag.FrameOfReferenceUID,
            Tag.ImagePositionPatient,
            Tag.ImageOrientationPatient
        };
        for (int tag : same) {
            assertThat(object.strings(tag)).as(Tag.text(tag)).isEqualTo(original.strings(tag));
        }
        assertThat(object.require(Tag.SeriesDescription)).contains("not for diagnosis");
        return source;
    }

    private static Path fetched(String overlay) throws IOException {
        return Files.write(
                deployment.newFolder("fetched").resolve(overlay + ".dcm"),
                deployment.pacs().instance(overlay).orElseThrow());
    }

    @Test
    void theSameStudySentTwiceHasOneOverlayForEachImage() throws IOException {
        List<DicomFile> files = TestStudies.head(deployment.newFolder("twice"), "IT-TWICE", 2);
        String study = files.get(0).studyInstanceUid();
        deployment.send(files);
        deployment.awaitOutcome(study);

        deployment.send(files);

        deployment
                .waiting("nothing more")
                .during(NOTHING_MORE)
                .until(() -> deployment.overlays(study).size() == 2
                        && deployment.awaitOutcome(study).overlays().size() == 2);
    }

    @Test
    void aLateImageIsRestoredInARevisionOfItsOwn() throws IOException {
        List<DicomFile> files = TestStudies.head(deployment.newFolder("late"), "IT-LATE", 3);
        String study = files.get(0).studyInstanceUid();
        deployment.send(files.subList(0, 2));
        deployment.awaitOutcome(study);

        deployment.send(files.subList(2, 3));
        StudyOutcome outcome = deployment.awaitOutcome(study, 2);

        assertThat(outcome.state()).isEqualTo("CONFIRMED");
        assertThat(deployment.overlays(study)).hasSize(3);
        JsonNode revisions = deployment.revisions(study).orElseThrow();
        assertThat(revisions.get(0).path("outputs"))
                .as("overlay and restored image of each")
                .hasSize(4);
        assertThat(revisions.get(1).path("outputs")).hasSize(2);
    }

    @Test
    void anImageOfAModalityWithoutAModelIsRefusedByName() throws IOException {
        DicomFile head =
                TestStudies.head(deployment.newFolder("modality"), "IT-CT", 1).get(0);
        DicomFile ct =
                TestStudies.changed(head, deployment.newFolder("modality-ct").resolve("1.dcm"), Tag.Modality, "CT");

        deployment.send(List.of(ct));
        StudyOutcome outcome = deployment.awaitOutcome(ct.studyInstanceUid());

        assertThat(outcome.state()).isEqualTo("REFUSED");
        assertThat(outcome.reason()).contains("modality");
        assertThat(deployment.overlays(ct.studyInstanceUid())).isEmpty();
    }

    @Test
    void aTruncatedImageIsRecordedAndTheOthersComeBack() throws IOException {
        List<DicomFile> files = TestStudies.head(deployment.newFolder("truncated"), "IT-TRUNCATED", 3);
        String study = files.get(0).studyInstanceUid();
        Path truncated = deployment.newFolder("truncated-cut").resolve("cut.dcm");
        byte[] whole = Files.readAllBytes(files.get(2).path());
        Files.write(truncated, Arrays.copyOf(whole, whole.length - 40_000));

        deployment.send(files.subList(0, 2));
        try (StorageScu scu = StorageScu.open(deployment.rigatinoNode(), List.of(truncated))) {
            assertThat(scu.store(truncated).isSuccess()).isTrue();
        }
        StudyOutcome outcome = deployment.awaitOutcome(study);

        assertThat(outcome.state()).as(outcome.reason()).isEqualTo("CONFIRMED");
        assertThat(deployment.overlays(study)).hasSize(2);
        JsonNode bad = instance(study, Dataset.readHeader(files.get(2).path()).require(Tag.SOPInstanceUID));
        assertThat(bad.path("outcome").asText()).isEqualTo("FAILED");
        assertThat(bad.path("outcomeReason").asText()).isNotBlank();
    }

    @Test
    void imagesOfTwoPatientsInOneStudyAreNotWritten() throws IOException {
        List<DicomFile> files = new ArrayList<>(TestStudies.head(deployment.newFolder("patients"), "IT-ONE", 2));
        Path other = deployment.newFolder("patients-other").resolve("other.dcm");
        files.add(TestStudies.changed(files.get(1), other, Tag.PatientID, "IT-OTHER"));
        String study = files.get(0).studyInstanceUid();

        deployment.send(files);
        StudyOutcome outcome = deployment.awaitOutcome(study);

        assertThat(outcome.state()).isEqualTo("REFUSED");
        assertThat(outcome.reason()).contains("patient-identity");
        assertThat(deployment.overlays(study)).isEmpty();
        assertThat(deployment.revisions(study).orElseThrow().findPath("outputs"))
                .isEmpty();
    }

    @Test
    void ownOutputsSentBackAreRecordedAndNotRestored() throws IOException {
        List<DicomFile> files = TestStudies.head(deployment.newFolder("own"), "IT-OWN", 2);
        String study = files.get(0).studyInstanceUid();
        deployment.send(files);
        List<String> overlays = deployment.awaitOutcome(study).overlays();
        Path folder = deployment.newFolder("own-overlays");
        for (String overlay : overlays) {
            Files.copy(fetched(overlay), folder.resolve(overlay + ".dcm"));
        }

        deployment.send(DicomFiles.under(folder).files());

        for (String overlay : overlays) {
            deployment
                    .waiting("record of " + overlay)
                    .until(() ->
                            instance(study, overlay).path("outcome").asText().equals("OWN_OUTPUT"));
        }
        deployment
                .waiting("nothing more")
                .during(NOTHING_MORE)
                .until(() -> deployment.overlays(study).size() == 2);
        assertThat(deployment.awaitOutcome(study).overlays()).containsExactlyInAnyOrderElementsOf(overlays);
    }

    /** As REST shows it; an empty node where the study has no such instance. */
    private static JsonNode instance(String study, String sopInstanceUid) throws IOException {
        return StreamSupport.stream(deployment.revisions(study).orElseThrow().spliterator(), false)
                .flatMap(revision ->
                        StreamSupport.stream(revision.path("instances").spliterator(), false))
                .filter(instance -> instance.path("sopInstanceUid").asText().equals(sopInstanceUid))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
