package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.OwnOutput;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.proof.demo.Dciodvfy;

/** Three images of two frames each; the second frame of the first and both of the last are flagged. */
@Slow
class KeyObjectSelectionTest {
    private static final int SIDE = 24;
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));
    private static final Set<String> FLAGGED = Set.of("2.25.900 2", "2.25.902 1", "2.25.902 2");

    @TempDir
    Path folder;

    private List<EncodedObject> made(Set<String> flagged, ObjectKind... kinds) throws IOException {
        SeriesObjects objects = new SeriesObjects(ALGORITHM, Configurations.of());
        for (int image = 2; image >= 0; image--) {
            try (InstanceFrames frames = InstanceFrames.open(PixelFiles.write(folder, source(image)))) {
                for (int number = 1; number <= 2; number++) {
                    Frame frame = frames.frame(number);
                    boolean high = flagged.contains(frame.reference().sopInstanceUid() + " " + number);
                    objects.add(frames.header(), frame, finding(frame, high), Map.of());
                }
            }
        }
        return objects.encode(EnumSet.copyOf(List.of(kinds)));
    }

    private static Dataset source(int image) {
        return PixelFiles.header(SIDE, SIDE)
                .put(Tag.SOPInstanceUID, "2.25.90" + image)
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7.3")
                .put(Tag.NumberOfFrames, 2)
                .put(Tag.InstanceNumber, image + 1)
                .put(Tag.StudyDate, "20200102")
                .put(Tag.StudyTime, "030405")
                .putPixels(new short[2 * SIDE * SIDE]);
    }

    private static ImageFinding finding(Frame frame, boolean flagged) {
        return new ImageFinding(
                frame.reference(),
                ALGORITHM.digest(),
                flagged ? 4 : 1,
                flagged ? 99 : 40,
                flagged,
                new float[SIDE * SIDE]);
    }

    private Dataset written(EncodedObject object) throws IOException {
        return Dataset.readHeader(file(object));
    }

    private Path file(EncodedObject object) throws IOException {
        return Files.write(folder.resolve(object.sopInstanceUid() + ".dcm"), object.bytes());
    }

    /** PS3.3 C.17.6.2.1: the evidence is what the content names, no more and no less. */
    @Test
    void namesTheFlaggedFramesAndTheReportOfThem() throws IOException {
        List<EncodedObject> objects =
                made(FLAGGED, ObjectKind.MEASUREMENT_REPORT, ObjectKind.KEY_OBJECT_SELECTION, ObjectKind.SEGMENTATION);
        EncodedObject report = objects.get(1);
        Dataset selection = written(objects.get(2));

        assertThat(selection.require(Tag.SOPClassUID)).isEqualTo("1.2.840.10008.5.1.4.1.1.88.59");
        assertThat(selection.require(Tag.Modality)).isEqualTo("KO");
        assertThat(selection.items(Tag.ConceptNameCodeSequence).get(0).require(Tag.CodeValue))
                .isEqualTo("113000");
        List<String> named = new ArrayList<>();
        for (Dataset item : selection.items(Tag.ContentSequence)) {
            for (Dataset reference : item.items(Tag.ReferencedSOPSequence)) {
                named.add(item.require(Tag.ValueType) + " " + reference.require(Tag.ReferencedSOPInstanceUID) + " "
                        + reference.strings(Tag.ReferencedFrameNumber));
            }
        }
        assertThat(named)
                .containsExactly(
                        "IMAGE 2.25.900 [2]", "IMAGE 2.25.902 [1, 2]", "COMPOSITE " + report.sopInstanceUid() + " []");
        assertThat(evidence(selection)).containsExactlyInAnyOrder("2.25.900", "2.25.902", report.sopInstanceUid());
        assertThat(OwnOutput.is(selection)).isTrue();
    }

    private static List<String> evidence(Dataset selection) throws IOException {
        List<String> uids = new ArrayList<>();
        for (Dataset study : selection.items(Tag.CurrentRequestedProcedureEvidenceSequence)) {
            for (Dataset series : study.items(Tag.ReferencedSeriesSequence)) {
                for (Dataset instance : series.items(Tag.ReferencedSOPSequence)) {
                    uids.add(instance.require(Tag.ReferencedSOPInstanceUID));
                }
            }
        }
        return uids;
    }

    @Test
    void thereIsNoneWithoutFlaggedImages() throws IOException {
        assertThat(made(Set.of(), ObjectKind.KEY_OBJECT_SELECTION)).isEmpty();
    }

    @Test
    void theSameSelectionIsTheSameObjectAndAnotherIsAnother() throws IOException {
        EncodedObject alone = made(FLAGGED, ObjectKind.KEY_OBJECT_SELECTION).get(0);
        assertThat(made(FLAGGED, ObjectKind.KEY_OBJECT_SELECTION).get(0))
                .usingRecursiveComparison()
                .isEqualTo(alone);
        assertThat(List.of(
                        made(FLAGGED, ObjectKind.MEASUREMENT_REPORT, ObjectKind.KEY_OBJECT_SELECTION)
                                .get(1),
                        made(Set.of("2.25.900 2"), ObjectKind.KEY_OBJECT_SELECTION)
                                .get(0)))
                .extracting(EncodedObject::sopInstanceUid)
                .doesNotHaveDuplicates()
                .doesNotContain(alone.sopInstanceUid());
    }

    @Test
    void isValidAndFollowsItsTemplate() throws Exception {
        Tool.assumeInstalled("dciodvfy");
        Path file = file(made(FLAGGED, ObjectKind.MEASUREMENT_REPORT, ObjectKind.KEY_OBJECT_SELECTION)
                .get(1));
        assertThat(Dciodvfy.errors(file)).isEmpty();
        assertThat(ReportTemplates.heldAgainst(file))
                .contains("Found Root Template TID_2010")
                .doesNotContain("Error");
    }
}
