package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.OwnOutput;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.proof.demo.Dciodvfy;

/** Two overlays, a segmentation and a report of two series that a newer release superseded. */
class RejectionNoteTest {
    private static final int CODING_SCHEME_VERSION = 0x00080103;
    private static final AlgorithmIdentification NEWER =
            new AlgorithmIdentification("brain-flair", "2", "cd".repeat(32));
    private static final ResultReference OVERLAY = reference(ObjectKind.SECONDARY_CAPTURE, "2.25.11", "2.25.10");
    private static final List<ResultReference> OLD = List.of(
            OVERLAY,
            reference(ObjectKind.SECONDARY_CAPTURE, "2.25.12", "2.25.10"),
            reference(ObjectKind.SEGMENTATION, "2.25.21", "2.25.20"),
            reference(ObjectKind.MEASUREMENT_REPORT, "2.25.31", "2.25.30"));

    @TempDir
    Path folder;

    private static ResultReference reference(ObjectKind kind, String sop, String series) {
        return new ResultReference(kind, kind.sopClassUid, sop, series);
    }

    private static Dataset header() {
        return PixelFiles.flair("2.25.910", 8, new short[64])
                .put(Tag.SpecificCharacterSet, "ISO_IR 100")
                .put(Tag.PatientName, "Poe^Edgar")
                .put(Tag.SeriesNumber, 9_007);
    }

    private static EncodedObject note(Dataset header, List<ResultReference> objects, String destination)
            throws DicomException {
        return RejectionNote.encode(new SupersededObjects(
                header,
                ObjectKind.SECONDARY_CAPTURE,
                NEWER,
                objects,
                List.of("brain-flair/1"),
                destination,
                OffsetDateTime.parse("2026-11-29T23:15:00+01:00")));
    }

    private Path file(EncodedObject object) throws IOException {
        return Files.write(folder.resolve(object.sopInstanceUid() + ".dcm"), object.bytes());
    }

    /** PS3.3 C.17.6.2.1: the evidence is what the content names, no more and no less. */
    @Test
    void namesWhatIsSupersededByStudyAndSeriesAndSaysWhy() throws IOException {
        Dataset header = header();
        Dataset note = Dataset.readHeader(file(note(header, OLD, "pacs")));
        assertThat(note.require(Tag.SOPClassUID)).isEqualTo("1.2.840.10008.5.1.4.1.1.88.59");
        assertThat(note.require(Tag.Modality)).isEqualTo("KO");
        assertThat(note.require(Tag.StudyInstanceUID)).isEqualTo(header.require(Tag.StudyInstanceUID));
        assertThat(note.require(Tag.PatientName)).isEqualTo(header.require(Tag.PatientName));
        assertThat(note.require(Tag.SeriesNumber)).isEqualTo("129007");
        Dataset title = note.items(Tag.ConceptNameCodeSequence).get(0);
        assertThat(List.of(title.require(Tag.CodeValue), title.require(Tag.CodingSchemeDesignator)))
                .containsExactly("113001", "DCM");
        assertThat(title.contains(CODING_SCHEME_VERSION))
                .as("archives pass over a title that has one")
                .isFalse();
        List<String> named = new ArrayList<>();
        String said = "";
        for (Dataset item : note.items(Tag.ContentSequence)) {
            if (item.require(Tag.ValueType).equals("TEXT")) {
                said = item.string(Tag.TextValue).orElse(said);
            }
            for (Dataset reference : item.items(Tag.ReferencedSOPSequence)) {
                named.add(item.require(Tag.ValueType) + " " + reference.require(Tag.ReferencedSOPInstanceUID));
            }
        }
        assertThat(named).containsExactly("IMAGE 2.25.11", "IMAGE 2.25.12", "IMAGE 2.25.21", "COMPOSITE 2.25.31");
        assertThat(evidence(note))
                .containsExactly("2.25.10 2.25.11", "2.25.10 2.25.12", "2.25.20 2.25.21", "2.25.30 2.25.31");
        assertThat(new String(note(header, OLD, "pacs").bytes(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("Superseded by a newer analysis", "brain-flair 2", "brain-flair/1", Equipment.WARNING);
        assertThat(OwnOutput.is(note)).isTrue();
    }

    private static List<String> evidence(Dataset note) throws IOException {
        List<String> uids = new ArrayList<>();
        for (Dataset study : note.items(Tag.CurrentRequestedProcedureEvidenceSequence)) {
            assertThat(study.require(Tag.StudyInstanceUID)).isEqualTo(note.require(Tag.StudyInstanceUID));
            for (Dataset series : study.items(Tag.ReferencedSeriesSequence)) {
                for (Dataset instance : series.items(Tag.ReferencedSOPSequence)) {
                    uids.add(series.require(Tag.SeriesInstanceUID) + " "
                            + instance.require(Tag.ReferencedSOPInstanceUID));
                }
            }
        }
        return uids;
    }

    @Test
    void theSameIsTheSameNoteAndAnotherSetOrPlaceAnother() throws IOException {
        EncodedObject note = note(header(), OLD, "pacs");
        assertThat(note(header(), OLD, "pacs")).usingRecursiveComparison().isEqualTo(note);
        assertThat(List.of(note(header(), OLD, "other"), note(header(), List.of(OVERLAY), "pacs")))
                .extracting(EncodedObject::sopInstanceUid)
                .doesNotHaveDuplicates()
                .doesNotContain(note.sopInstanceUid());
    }

    @Test
    void isMadeOfNothingThatHasNoStudy() {
        assertThatThrownBy(() -> note(new Dataset().put(Tag.SeriesInstanceUID, "2.25.1"), OLD, "pacs"))
                .isInstanceOf(DicomException.class);
    }

    @Test
    void isValidAndFollowsItsTemplate() throws Exception {
        Tool.assumeInstalled("dciodvfy", "dsrdump");
        Path file = file(note(header(), OLD, "pacs"));
        assertThat(Dciodvfy.errors(file)).isEmpty();
        assertThat(ReportTemplates.heldAgainst(file))
                .contains("Found Root Template TID_2010")
                .doesNotContain("Error");
        assertThat(Tool.run("dsrdump", "+Pc", "+Pl", "+Pu", file.toString()).output())
                .contains("Rejected for Quality Reasons", "2.25.11", "2.25.31");
    }
}
