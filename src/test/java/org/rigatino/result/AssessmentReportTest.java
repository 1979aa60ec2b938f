package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.OwnOutput;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.InstanceFrames;
import org.rigatino.proof.demo.Dciodvfy;

/** What a person says of a report with two regions in one image and one in another. */
@Slow
class AssessmentReportTest {
    private static final int SIDE = 32;
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));
    private static final Code REJECTED = Code.own("REJECTED", "Result rejected");
    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-11-28T19:20:21+01:00");

    @TempDir
    Path folder;

    private List<EncodedObject> made;
    private Dataset report;

    @BeforeEach
    void makeReport() throws IOException {
        make("ISO_IR 100", "M\u00fcller^Eva".getBytes(StandardCharsets.ISO_8859_1));
    }

    private void make(String characterSet, byte[] name) throws IOException {
        SeriesObjects objects = new SeriesObjects(ALGORITHM, Configurations.of());
        for (int image = 0; image < 2; image++) {
            Path file = folder.resolve("source" + image + ".dcm");
            byte[] bytes = source(image, characterSet, name.length).encode("1.2.840.10008.1.2.1", "TEST");
            Files.write(file, replace(bytes, "N".repeat(name.length).getBytes(StandardCharsets.US_ASCII), name));
            try (InstanceFrames frames = InstanceFrames.open(file)) {
                objects.add(frames.header(), frames.frame(1), finding(frames.frame(1), 2 - image), Map.of());
            }
        }
        made = objects.encode(EnumSet.of(ObjectKind.MEASUREMENT_REPORT, ObjectKind.SEGMENTATION));
        report = Dataset.readHeader(write(ofKind(ObjectKind.MEASUREMENT_REPORT)));
    }

    private static byte[] replace(byte[] file, byte[] old, byte[] by) {
        for (int at = 0; at + old.length <= file.length; at++) {
            if (java.util.Arrays.equals(file, at, at + old.length, old, 0, old.length)) {
                System.arraycopy(by, 0, file, at, by.length);
                return file;
            }
        }
        throw new AssertionError("no name");
    }

    private static Dataset source(int image, String characterSet, int letters) {
        return PixelFiles.header(SIDE, SIDE)
                .put(Tag.SpecificCharacterSet, characterSet)
                .put(Tag.PatientName, "N".repeat(letters))
                .put(Tag.PatientID, "T-1")
                .put(Tag.TimezoneOffsetFromUTC, "-0500")
                .put(Tag.SOPInstanceUID, "2.25.70" + image)
                .put(Tag.InstanceNumber, image + 1)
                .put(Tag.SeriesNumber, 7)
                .put(Tag.StudyDate, "20200102")
                .put(Tag.StudyTime, "030405")
                .put(Tag.PixelSpacing, "1", "1")
                .put(Tag.ImagePositionPatient, "0", "0", Integer.toString(image))
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
                .put(Tag.FrameOfReferenceUID, "2.25.4")
                .putPixels(new short[SIDE * SIDE]);
    }

    private static ImageFinding finding(Frame frame, int regions) {
        float[] map = new float[SIDE * SIDE];
        for (int region = 0; region < regions; region++) {
            for (int column = 0; column < 4; column++) {
                map[(10 + 8 * region) * SIDE + 10 + column] = 6 + region;
            }
        }
        return new ImageFinding(frame.reference(), ALGORITHM.digest(), 4, 99, true, map);
    }

    private EncodedObject ofKind(ObjectKind kind) {
        return made.stream().filter(object -> object.kind() == kind).findFirst().orElseThrow();
    }

    private AssessedResult result(int image) {
        return new AssessedResult(
                report,
                ObjectKind.MEASUREMENT_REPORT,
                List.of(reference(ofKind(ObjectKind.MEASUREMENT_REPORT)), reference(ofKind(ObjectKind.SEGMENTATION))),
                new FrameReference("2.25.1", "2.25.2", "2.25.70" + image, "1.2.840.10008.5.1.4.1.1.4", 1),
                true,
                ALGORITHM,
                "cd".repeat(32));
    }

    private static ResultReference reference(EncodedObject object) {
        return new ResultReference(
                object.kind(), object.sopClassUid(), object.sopInstanceUid(), object.seriesInstanceUid());
    }

    private static PersonsAssessment said(long id, String observer, String comment, ResultReference predecessor) {
        return new PersonsAssessment(
                id,
                REJECTED,
                Optional.of(Code.own("ARTIFACT", "Artifact")),
                Optional.ofNullable(comment),
                Optional.empty(),
                observer,
                AT,
                Optional.ofNullable(predecessor));
    }

    private Path write(EncodedObject object) throws IOException {
        return Files.write(folder.resolve(object.sopInstanceUid() + ".dcm"), object.bytes());
    }

    private String dumped(EncodedObject object) throws Exception {
        Tool.assumeInstalled("dsrdump");
        Tool.Result dumped =
                Tool.run("dsrdump", "+Pc", "+Pl", "+Pu", write(object).toString());
        assertThat(dumped.exitCode()).as(dumped.output()).isZero();
        return new String(dumped.output().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String between(String text, String from, String to) {
        return text.substring(text.indexOf(from), text.indexOf(to, text.indexOf(from)));
    }

    @Test
    void readersOfOthersFindWhoSaidWhatOfWhichResultAndWhy() throws Exception {
        EncodedObject first = AssessmentReport.encode(result(0), said(4, "rosa", null, null));
        String said = dumped(first);
        assertThat(said)
                .contains("\"Person Observer Name\")=\"rosa\"", "\"Observer Type\")=(121006,DCM,\"Person\")")
                .contains("(REJECTED,99RIGATINO,\"Result rejected\")", "(ARTIFACT,99RIGATINO,\"Artifact\")")
                .contains("(FLAGGED,99RIGATINO,\"At or above the operating threshold\")")
                .contains(Equipment.WARNING)
                .contains("2.25.700")
                .doesNotContain("2.25.701")
                .contains(
                        ofKind(ObjectKind.MEASUREMENT_REPORT).sopInstanceUid(),
                        ofKind(ObjectKind.SEGMENTATION).sopInstanceUid());
        Dataset read = Dataset.readHeader(write(first));
        assertThat(OwnOutput.is(read)).isTrue();
        assertThat(read.require(Tag.ContentDate) + read.require(Tag.ContentTime))
                .isEqualTo("20261128132021");
        assertThat(read.require(Tag.SeriesNumber)).isEqualTo("200007");
        assertThat(read.require(Tag.VerificationFlag)).isEqualTo("UNVERIFIED");
        assertThat(first.seriesInstanceUid())
                .isNotEqualTo(ofKind(ObjectKind.MEASUREMENT_REPORT).seriesInstanceUid());
    }

    @Test
    void itIsOfTheProcedureThatTheReportIsOf() throws Exception {
        EncodedObject first = AssessmentReport.encode(result(0), said(4, "rosa", null, null));
        assertThat(procedures(Dataset.readHeader(write(first))))
                .isEqualTo(procedures(report))
                .containsExactly("25056-3");
    }

    private static List<String> procedures(Dataset report) throws IOException {
        List<String> procedures = new ArrayList<>();
        for (Dataset item : report.items(Tag.ContentSequence)) {
            if (item.items(Tag.ConceptNameCodeSequence)
                    .get(0)
                    .require(Tag.CodeValue)
                    .equals("121058")) {
                procedures.add(item.items(Tag.ConceptCodeSequence).get(0).require(Tag.CodeValue));
            }
        }
        return procedures;
    }

    /** PS3.3 A.35.13 by dicom3tools, TID 1500 by rules made of the standard's text. */
    @Test
    void itIsValidAndFollowsItsTemplate() throws Exception {
        Tool.assumeInstalled("dciodvfy");
        ResultReference before = reference(AssessmentReport.encode(result(0), said(4, "rosa", null, null)));
        Path file = write(AssessmentReport.encode(result(0), said(5, "rosa", "Gef\u00e4\u00df", before)));
        assertThat(Dciodvfy.errors(file)).isEmpty();
        String said = ReportTemplates.heldAgainst(file);
        assertThat(said).contains("Found Root Template TID_1500");
        assertThat(said.lines().filter(line -> line.startsWith("Error"))).isEmpty();
    }

    @Test
    void itNamesTheMeasurementGroupsOfItsImageAndNoOthers() throws Exception {
        List<String> both = trackingUids(report);
        assertThat(both).hasSize(3).doesNotHaveDuplicates();
        List<String> first = uids(AssessmentReport.encode(result(0), said(4, "rosa", null, null)));
        List<String> second = uids(AssessmentReport.encode(result(1), said(5, "rosa", null, null)));
        assertThat(first).hasSize(2);
        assertThat(second).hasSize(1);
        first.addAll(second);
        assertThat(first).containsExactlyInAnyOrderElementsOf(both);
    }

    private List<String> uids(EncodedObject object) throws Exception {
        return trackingUids(Dataset.readHeader(write(object)));
    }

    private static List<String> trackingUids(Dataset item) throws IOException {
        List<String> uids = new ArrayList<>();
        if (item.string(Tag.ValueType).equals(Optional.of("UIDREF"))
                && item.items(Tag.ConceptNameCodeSequence)
                        .get(0)
                        .require(Tag.CodeValue)
                        .equals("112040")) {
            uids.add(item.require(Tag.UID));
        }
        if (item.contains(Tag.ContentSequence)) {
            for (Dataset child : item.items(Tag.ContentSequence)) {
                uids.addAll(trackingUids(child));
            }
        }
        return uids;
    }

    @Test
    void aRevisionIsAnotherObjectOfTheSeriesThatNamesTheOneBefore() throws Exception {
        EncodedObject before = AssessmentReport.encode(result(0), said(4, "rosa", null, null));
        EncodedObject after = AssessmentReport.encode(result(0), said(5, "ruth", null, reference(before)));
        assertThat(after.sopInstanceUid()).isNotEqualTo(before.sopInstanceUid());
        assertThat(after.seriesInstanceUid()).isEqualTo(before.seriesInstanceUid());
        assertThat(between(dumped(after), "Predecessor Docs", "\n")).endsWith(": 1");
        Dataset item = Dataset.readHeader(write(after))
                .items(Tag.PredecessorDocumentsSequence)
                .get(0);
        assertThat(item.items(Tag.ReferencedSeriesSequence)
                        .get(0)
                        .items(Tag.ReferencedSOPSequence)
                        .get(0)
                        .require(Tag.ReferencedSOPInstanceUID))
                .isEqualTo(before.sopInstanceUid());
        assertThat(Dataset.readHeader(write(before)).contains(Tag.PredecessorDocumentsSequence))
                .isFalse();
    }

    @Test
    void theSameAnswerIsTheSameFile() throws Exception {
        assertThat(AssessmentReport.encode(result(0), said(4, "rosa", "\u00fc", null)))
                .usingRecursiveComparison()
                .isEqualTo(AssessmentReport.encode(result(0), said(4, "rosa", "\u00fc", null)));
    }

    /** PS3.5 10.1 takes no part of it; what was missed is the middle of its pixel (PS3.3 C.18.6.1.2). */
    @Test
    void whatWasMissedIsAPointInTheImage() throws Exception {
        PersonsAssessment missed = new PersonsAssessment(
                4,
                Code.own("MISSED", "Result rejected: something was missed"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new PersonsAssessment.Pixel(3, 8)),
                "rosa",
                AT,
                Optional.empty());
        assertThat(dumped(AssessmentReport.encode(result(0), missed))).contains("(POINT,3.5/8.5)");
    }

    /** The bytes of the patient's attributes stay where nothing is beside them that they have no room for. */
    @Test
    void thePatientIsTheSourcesByteForByteAndInUnicodeWhereThePersonNeedsIt() throws Exception {
        EncodedObject plain = AssessmentReport.encode(result(0), said(4, "rosa", "no lesion", null));
        assertThat(new String(plain.bytes(), StandardCharsets.ISO_8859_1)).contains("ISO_IR 100", "M\u00fcller^Eva");
        EncodedObject other = AssessmentReport.encode(result(0), said(5, "Ren\u00e9", "\u017elutka \u6f22", null));
        Dataset read = Dataset.readHeader(write(other));
        assertThat(read.require(Tag.SpecificCharacterSet)).isEqualTo("ISO_IR 192");
        assertThat(read.require(Tag.PatientName)).isEqualTo("M\u00fcller^Eva");
        assertThat(read.decodes(Tag.PatientName)).isTrue();
        assertThat(dumped(other)).contains("\"Ren\u00e9\"", "\"\u017elutka \u6f22\"");
    }

    /** Bytes that are no text of the character set stay as they are, and nothing is put beside them that would read them anew. */
    @Test
    void aPatientWhoseCharactersCannotBeToldKeepsItsBytes() throws Exception {
        make("ISO_IR 192", "M\u00fcller^Eva".getBytes(StandardCharsets.ISO_8859_1));
        report.put(Tag.SpecificCharacterSet, new String[0]);
        EncodedObject object = AssessmentReport.encode(result(0), said(5, "Ren\u00e9", "\u017elutka", null));
        assertThat(new String(object.bytes(), StandardCharsets.ISO_8859_1))
                .contains("M\u00fcller^Eva", "Rene", "is more than ASCII")
                .doesNotContain("ISO_IR");
    }

    @Test
    void aNameIsOneComponentOfLegalLength() throws Exception {
        Dataset object = new Dataset();
        assertThat(PersonsText.name(object, "a^b=c\\d\u0007")).isEqualTo("a b c d");
        assertThat(PersonsText.name(object, "x".repeat(100))).hasSize(64);
    }

    @Test
    void anObjectOfAnotherStudyIsNotTakenForTheResult() {
        AssessedResult result = result(0);
        FrameReference frame = new FrameReference("2.25.999", "2.25.2", "2.25.700", "1.2.840.10008.5.1.4.1.1.4", 1);
        assertThatExceptionOfType(DicomException.class)
                .isThrownBy(() -> AssessmentReport.encode(
                        new AssessedResult(
                                report, result.kind(), result.objects(), frame, true, ALGORITHM, "cd".repeat(32)),
                        said(4, "rosa", null, null)))
                .withMessageContaining("another study");
    }
}
