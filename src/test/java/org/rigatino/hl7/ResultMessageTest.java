package org.rigatino.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.util.Terser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.persistence.AgainstNormalStudies;
import org.rigatino.persistence.Finding;

/** Messages as HAPI's parser reads them, with its validation of HL7 2.5.1. */
class ResultMessageTest {
    private static final String STUDY = "1.2.840.113619.2.55";
    private static final String OBSERVATION = "/PATIENT_RESULT/ORDER_OBSERVATION/OBSERVATION(%d)/OBX";

    @TempDir
    Path folder;

    private static StudyEvent event(Outcome outcome, Double percentile, String priority, String reason) {
        return new StudyEvent(
                STUDY,
                2,
                outcome,
                5,
                4,
                percentile,
                priority,
                reason,
                OffsetDateTime.parse("2026-02-03T04:05:06.789Z"),
                null);
    }

    private static StudyEvent confirmed() {
        return event(Outcome.CONFIRMED, 97.25, "HIGH", null);
    }

    private static Dataset header() {
        return new Dataset()
                .put(Tag.SpecificCharacterSet, "ISO_IR 192")
                .put(Tag.PatientName, "Müller-Lüdenscheidt^Jörg^Ørsted^Dr.^Jr.")
                .put(Tag.PatientID, "4711")
                .put(Tag.IssuerOfPatientID, "SITE")
                .put(Tag.PatientBirthDate, "19581231")
                .put(Tag.PatientSex, "M")
                .put(Tag.StudyDate, "20260102")
                .put(Tag.StudyTime, "101500.25")
                .put(Tag.TimezoneOffsetFromUTC, "+0100")
                .put(Tag.AccessionNumber, "A-1");
    }

    private static Finding finding() {
        Finding finding = new Finding();
        finding.modelName = "brain-flair";
        finding.modelVersion = "2";
        finding.modelDigest = "ab".repeat(32);
        finding.score = 3.14159;
        return finding;
    }

    private static String encode(StudyEvent event, ReportedStudy study, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("host", "ris.example");
        return ResultMessage.encode(
                ResultMessage.controlId("id"), event, study, TestSettings.of(all), new SourceFields());
    }

    private static Terser parse(String message) throws Exception {
        try (HapiContext context = new DefaultHapiContext()) {
            return new Terser(context.getPipeParser().parse(message));
        }
    }

    private static Terser terser(StudyEvent event, Dataset header) throws Exception {
        return parse(encode(event, new ReportedStudy(Optional.ofNullable(header), Optional.empty()), Map.of()));
    }

    private static String observation(Terser message, String code, String field) throws Exception {
        for (int i = 0; i < 20; i++) {
            if (code.equals(message.get(OBSERVATION.formatted(i) + "-3-1"))) {
                return message.get(OBSERVATION.formatted(i) + field);
            }
        }
        throw new AssertionError("no observation " + code);
    }

    /** Headers are read no further than a message tells of them. */
    @Test
    void whatIsReadOfAHeaderIsAllThatIsTold(@TempDir Path folder) throws Exception {
        Dataset issuer = new Dataset()
                .put(Tag.LocalNamespaceEntityID, "HOSPITAL")
                .put(Tag.UniversalEntityID, "1.2.3")
                .put(Tag.UniversalEntityIDType, "ISO");
        Path file = folder.resolve("one.dcm");
        Files.write(
                file,
                header().put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                        .put(Tag.SOPInstanceUID, "2.25.1")
                        .put(Tag.Modality, "MR")
                        .putItems(Tag.IssuerOfAccessionNumberSequence, List.of(issuer))
                        .putItems(Tag.IssuerOfPatientIDQualifiersSequence, List.of(issuer))
                        .encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
        Dataset read = Dataset.readOnly(file, ResultMessage.TAGS);
        assertThat(read.contains(Tag.Modality)).isFalse();
        assertThat(encode(confirmed(), new ReportedStudy(Optional.of(read), Optional.empty()), Map.of()))
                .contains("HOSPITAL", "1.2.3")
                .isEqualTo(encode(
                        confirmed(),
                        new ReportedStudy(Optional.of(Dataset.readHeader(file)), Optional.empty()),
                        Map.of()));
    }

    @Test
    void aConfirmedStudyIsToldWithPatientOrderNumbersAndModel() throws Exception {
        String message = encode(
                confirmed(),
                new ReportedStudy(Optional.of(header()), Optional.of(finding())),
                Map.of("sending-facility", "RADIOLOGY", "processing-id", "T"));
        assertThat(message.split("\r"))
                .containsExactly(
                        "MSH|^~\\&|RIGATINO|RADIOLOGY|||20260203040506+0000||ORU^R01^ORU_R01|A56145270CE6B3BEBD1D|T|2.5.1|"
                                + "|||||UNICODE UTF-8",
                        "PID|1||4711^^^SITE||Müller-Lüdenscheidt^Jörg^Ørsted^Jr.^Dr.||19581231|M",
                        "PV1||U",
                        "OBR|1||A-1|RESTORATION^Comparison with the restored healthy image^99RIGATINO|||"
                                + "20260102101500+0100|||||||||||A-1||||20260203040506+0000|||R",
                        "OBX|1|ST|113014^DICOM Study^DCM||" + STUDY + "||||||O",
                        "OBX|2|CWE|OUTCOME^What the study came to^99RIGATINO||"
                                + "CONFIRMED^Every archive is proved to have what it takes of the results^99RIGATINO||||||R",
                        "OBX|3|NM|PERCENTILE^Share of normal images that score lower^99RIGATINO||97.25|%^%^UCUM|||||R",
                        "OBX|4|CWE|PRIORITY^Order of the study in the worklist^99RIGATINO||HIGH^high^99RIGATINO||||||R",
                        "OBX|5|NM|IMAGES_SEEN^Images of the study^99RIGATINO||5|{image}^images^UCUM|||||R",
                        "OBX|6|NM|IMAGES_RESTORED^Images that were restored^99RIGATINO||4|{image}^images^UCUM|||||R",
                        "OBX|7|NM|SCORE^Score of the model release^99RIGATINO||3.142|1^no units^UCUM|||||R",
                        "OBX|8|ST|111001^Algorithm Name^DCM||brain-flair||||||R",
                        "OBX|9|ST|111003^Algorithm Version^DCM||2||||||R",
                        "OBX|10|ST|111002^Algorithm Parameters^DCM||" + "ab".repeat(32) + "||||||R",
                        "OBX|11|ST|WARNING^Not a diagnostic device^99RIGATINO||NOT FOR DIAGNOSTIC USE||||||R");
        assertThat(parse(message).get("/.PID-5-1")).isEqualTo("Müller-Lüdenscheidt");
        assertThat(Path.of("docs/operations.md")).content().contains(message.replace('\r', '\n'));
    }

    private static StudyEvent among(AgainstNormalStudies normals) {
        StudyEvent known = confirmed();
        return new StudyEvent(
                known.studyInstanceUid(),
                known.revision(),
                known.outcome(),
                known.imagesSeen(),
                known.imagesRestored(),
                known.percentile(),
                known.priority(),
                known.reason(),
                known.at(),
                normals);
    }

    @Test
    void aStudyThatNormalOnesDecidedIsToldWithItsPValue() throws Exception {
        Terser message = terser(
                among(new AgainstNormalStudies(0.05, 19, 1.25, 0.05, 2.5, 12.34, "1.2", "brain-flair/3", "ab")),
                header());
        assertThat(observation(message, "P_VALUE", "-5")).isEqualTo("0.05");
        assertThat(observation(message, "NORMAL_STUDIES", "-5")).isEqualTo("19");
        assertThat(observation(message, "BEYOND", "-5")).isEqualTo("1.25");
        assertThat(observation(message, "FALSE_ALARMS", "-5")).isEqualTo("5");
        assertThat(observation(message, "MARKED", "-5")).isEqualTo("12.34");
        assertThat(observation(message, "MARKED", "-6-1")).isEqualTo("mL");
    }

    /** A release that knows no normal studies may have raised the study, beside one that does and finds it normal. */
    @Test
    void aPValueNamesTheReleaseThatItIsFromBesideTheOneThatRankedAnImageHighest() throws Exception {
        String message = encode(
                among(new AgainstNormalStudies(0.3, 39, 0.0, 0.05, 0.7, 4.5, "1.2", "brain-t2/7", "cd".repeat(32))),
                new ReportedStudy(Optional.of(header()), Optional.of(finding())),
                Map.of());
        assertThat(message.split("\r"))
                .containsSubsequence(
                        "OBX|4|CWE|PRIORITY^Order of the study in the worklist^99RIGATINO||HIGH^high^99RIGATINO||||||R",
                        "OBX|5|ST|NORMALS_RELEASE^Release whose normal studies these are^99RIGATINO||brain-t2/7||||||R",
                        "OBX|6|ST|NORMALS_DIGEST^SHA-256 of that release^99RIGATINO||" + "cd".repeat(32) + "||||||R",
                        "OBX|7|NM|P_VALUE^P-value of the study among normal studies^99RIGATINO||0.3|1^no units^UCUM|||||R",
                        "OBX|11|NM|MARKED^Volume of what is marked^99RIGATINO||4.5|mL^milliliter^UCUM|||||R",
                        "OBX|15|ST|111001^Algorithm Name^DCM||brain-flair||||||R");
    }

    /** Of thousands of normal studies the least p-value has more than three places. */
    @ParameterizedTest
    @CsvSource({
        "1999, 0.0005",
        "2346, 0.000426",
        "99999, 0.00001",
        "38, 0.0256",
        "6, 0.143",
    })
    void aPValueIsNeverNothing(int normals, String said) throws Exception {
        Terser message = terser(
                among(new AgainstNormalStudies(
                        1.0 / (normals + 1), normals, 1.25, 0.05, 2.5, 12.34, "1.2", "brain-flair/3", "ab")),
                header());
        assertThat(observation(message, "P_VALUE", "-5")).isEqualTo(said);
    }

    @Test
    void delimitersOfHl7AreText() throws Exception {
        String odd = "A&B|C~D#E";
        Dataset header = header().put(Tag.PatientName, odd + "^X^^^").put(Tag.PatientID, "1|2&3~4^5");
        Terser message = terser(confirmed(), header);
        assertThat(message.get("/.PID-5-1")).isEqualTo(odd);
        assertThat(message.get("/.PID-5-2")).isEqualTo("X");
        assertThat(message.get("/.PID-3-1")).isEqualTo("1|2&3~4^5");
        assertThat(message.getSegment("/.PID").getField(5)).hasSize(1);
    }

    /** A backslash separates values in DICOM, except in text (PS3.5 6.2); it also escapes in HL7. */
    @Test
    void whatWouldEscapeOrEndASegmentIsText() throws Exception {
        Dataset header = header();
        Dataset issuer =
                new Dataset().put(Tag.UniversalEntityID, "1\r2\u000b3\u001c4").put(Tag.UniversalEntityIDType, "X");
        header.putItems(Tag.IssuerOfPatientIDQualifiersSequence, List.of(issuer));
        String message = encode(
                confirmed(),
                new ReportedStudy(Optional.of(header), Optional.empty()),
                Map.of("receiving-application", "A\\.br\\B"));
        assertThat(message).doesNotContain("\u000b", "\u001c");
        Terser read = parse(message);
        assertThat(read.get("/MSH-5")).isEqualTo("A\\.br\\B");
        assertThat(read.get("/.PID-3-4-2")).isEqualTo("1 2 3 4");
    }

    @Test
    void aNameInSeveralScriptsIsARepetitionEach() throws Exception {
        Terser message = terser(confirmed(), header().put(Tag.PatientName, "Yamada^Tarou=山田^太郎=やまだ^たろう"));
        assertThat(message.get("/.PID-5(0)-1")).isEqualTo("Yamada");
        assertThat(message.get("/.PID-5(0)-8")).isEqualTo("A");
        assertThat(message.get("/.PID-5(1)-2")).isEqualTo("太郎");
        assertThat(message.get("/.PID-5(1)-8")).isEqualTo("I");
        assertThat(message.get("/.PID-5(2)-1")).isEqualTo("やまだ");
        assertThat(message.get("/.PID-5(2)-8")).isEqualTo("P");
    }

    /** PS3.5 I.2, and a group that lacks the escape sequence of its second component. */
    @Test
    void aNameWithCodeExtensionsIsDecodedOrItsRepetitionLeftOut(@TempDir Path folder) throws Exception {
        String korean = "\u001b$)C\u00fb\u00f3^\u001b$)C\u00d1\u00ce\u00d4\u00d7";
        String broken = "\u001b$)C\u00c8\u00ab^\u00b1\u00e6";
        Terser message = terser(confirmed(), read(folder, "Hong^Gildong=" + korean + "=" + broken));
        assertThat(message.get("/.PID-5(0)-1")).isEqualTo("Hong");
        assertThat(message.get("/.PID-5(1)-1")).isEqualTo("洪");
        assertThat(message.get("/.PID-5(1)-2")).isEqualTo("吉洞");
        assertThat(message.get("/.PID-5(1)-8")).isEqualTo("I");
        assertThat(message.getSegment("/.PID").getField(5)).hasSize(2);
    }

    /** @param name of bytes as characters, in a file of Explicit VR Little Endian */
    private static Dataset read(Path folder, String name) throws Exception {
        byte[] bytes = (name + (name.length() % 2 == 0 ? "" : " ")).getBytes(StandardCharsets.ISO_8859_1);
        String place = "N".repeat(bytes.length);
        byte[] file = header().put(Tag.SpecificCharacterSet, "", "ISO 2022 IR 149")
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.SOPInstanceUID, "2.25.1")
                .put(Tag.PatientName, place)
                .encode("1.2.840.10008.1.2.1", "TEST");
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(place);
        System.arraycopy(bytes, 0, file, at, bytes.length);
        return Dataset.readHeader(Files.write(folder.resolve("name.dcm"), file));
    }

    @Test
    void whatTheHeaderLacksIsEmptyAndNotInvented() throws Exception {
        Dataset bare = new Dataset().put(Tag.PatientBirthDate, "1958").put(Tag.PatientSex, "X");
        Terser message = terser(confirmed(), bare);
        for (String field : List.of("3-1", "3-4", "5-1", "7", "8")) {
            assertThat(message.get("/.PID-" + field)).as(field).isNull();
        }
        assertThat(message.get("/.OBR-3-1")).isEqualTo(STUDY);
        assertThat(message.get("/.OBR-3-2")).isEqualTo("RIGATINO");
        assertThat(message.get("/.OBR-7")).isNull();
        assertThat(message.get("/.OBR-18")).isNull();
    }

    /** Odd values of each attribute that a message is made of; what its field then is, and whether it was left out. */
    static Stream<Arguments> oddValues() {
        return Stream.of(
                Arguments.of(Tag.PatientBirthDate, "00000000", "/.PID-7", null),
                Arguments.of(Tag.PatientBirthDate, "20230229", "/.PID-7", null),
                Arguments.of(Tag.PatientBirthDate, "20231301", "/.PID-7", null),
                Arguments.of(Tag.PatientBirthDate, "1958", "/.PID-7", null),
                Arguments.of(Tag.PatientBirthDate, "1958.12.31", "/.PID-7", null),
                Arguments.of(Tag.PatientBirthDate, "unknown", "/.PID-7", null),
                Arguments.of(Tag.PatientBirthDate, "99991231", "/.PID-7", "99991231"),
                Arguments.of(Tag.PatientBirthDate, "20240229", "/.PID-7", "20240229"),
                Arguments.of(Tag.PatientSex, "W", "/.PID-8", null),
                Arguments.of(Tag.PatientSex, "male", "/.PID-8", null),
                Arguments.of(Tag.PatientSex, "O", "/.PID-8", "O"),
                Arguments.of(Tag.StudyDate, "20260231", "/.OBR-7", null),
                Arguments.of(Tag.StudyDate, "00010000", "/.OBR-7", null),
                Arguments.of(Tag.StudyDate, "2026-01-02", "/.OBR-7", null),
                Arguments.of(Tag.StudyTime, "235960", "/.OBR-7", "20260102"),
                Arguments.of(Tag.StudyTime, "235960.5", "/.OBR-7", "20260102"),
                Arguments.of(Tag.StudyTime, "235959.999999", "/.OBR-7", "20260102235959+0100"),
                Arguments.of(Tag.StudyTime, "240000", "/.OBR-7", "20260102"),
                Arguments.of(Tag.StudyTime, "106100", "/.OBR-7", "20260102"),
                Arguments.of(Tag.StudyTime, "2500", "/.OBR-7", "20260102"),
                Arguments.of(Tag.StudyTime, "10:15:00", "/.OBR-7", "20260102"),
                Arguments.of(Tag.StudyTime, "101500.1234567", "/.OBR-7", "20260102"),
                Arguments.of(Tag.StudyTime, "101", "/.OBR-7", "20260102"),
                Arguments.of(Tag.StudyTime, "10", "/.OBR-7", "2026010210+0100"),
                Arguments.of(Tag.StudyTime, "1015", "/.OBR-7", "202601021015+0100"),
                Arguments.of(Tag.TimezoneOffsetFromUTC, "+2500", "/.OBR-7", "20260102101500"),
                Arguments.of(Tag.TimezoneOffsetFromUTC, "+0160", "/.OBR-7", "20260102101500"),
                Arguments.of(Tag.TimezoneOffsetFromUTC, "-0000", "/.OBR-7", "20260102101500"),
                Arguments.of(Tag.TimezoneOffsetFromUTC, "+1500", "/.OBR-7", "20260102101500"),
                Arguments.of(Tag.TimezoneOffsetFromUTC, "CET", "/.OBR-7", "20260102101500"),
                Arguments.of(Tag.TimezoneOffsetFromUTC, "-1200", "/.OBR-7", "20260102101500-1200"),
                Arguments.of(Tag.PatientID, "4".repeat(300), "/.PID-3-1", "4".repeat(300)),
                Arguments.of(Tag.IssuerOfPatientID, "S".repeat(300), "/.PID-3-4-1", null),
                Arguments.of(Tag.AccessionNumber, "A".repeat(300), "/.OBR-3-1", "A".repeat(300)));
    }

    @ParameterizedTest
    @MethodSource("oddValues")
    void anOddValueIsLeftOutAndNotedAndTheMessageIsSent(int tag, String value, String field, String expected)
            throws Exception {
        SourceFields fields = new SourceFields();
        String message = ResultMessage.encode(
                ResultMessage.controlId("id"),
                confirmed(),
                new ReportedStudy(Optional.of(header().put(tag, value)), Optional.empty()),
                TestSettings.of(Map.of("host", "ris.example")),
                fields);
        Terser read = parse(message);
        assertThat(read.get(field)).isEqualTo(expected);
        assertThat(read.get("/.PID-5-1")).isEqualTo("Müller-Lüdenscheidt");
        boolean whole = expected != null && expected.startsWith(value.replaceFirst("\\..*", ""))
                || expected != null && expected.contains(value.replaceFirst("\\..*", ""));
        assertThat(fields.told())
                .isEqualTo(whole ? "" : "; left out, because HL7 has no place for its value: " + Tag.text(tag));
    }

    /** The first of them may be another's. */
    @ParameterizedTest
    @CsvSource({"PatientID,/.PID-3-1", "PatientName,/.PID-5-1", "AccessionNumber,/.OBR-18"})
    void whereThereAreSeveralValuesNoneIsTold(String attribute, String field) throws Exception {
        int tag = Tag.class.getField(attribute).getInt(null);
        SourceFields fields = new SourceFields();
        String message = ResultMessage.encode(
                ResultMessage.controlId("id"),
                confirmed(),
                new ReportedStudy(Optional.of(header().put(tag, "A", "B")), Optional.empty()),
                TestSettings.of(Map.of("host", "ris.example")),
                fields);
        assertThat(parse(message).get(field)).isNull();
        assertThat(fields.told()).contains(Tag.text(tag));
    }

    /** Of Unicode, and not those of ASCII alone. */
    @Test
    void noControlCharacterGoesOut() {
        assertThat(Text.of("M\u0085ller\u009b\t\u007f")).isEqualTo("M ller");
    }

    @Test
    void theSitesAuthorityCountsWhereTheImagesNameNone() throws Exception {
        Map<String, String> site = Map.of("assigning-authority", "KIS");
        Dataset unnamed = header().putEmpty(Tag.IssuerOfPatientID);
        assertThat(parse(encode(confirmed(), new ReportedStudy(Optional.of(unnamed), Optional.empty()), site))
                        .get("/.PID-3-4"))
                .isEqualTo("KIS");
        assertThat(parse(encode(confirmed(), new ReportedStudy(Optional.of(header()), Optional.empty()), site))
                        .get("/.PID-3-4"))
                .isEqualTo("SITE");
    }

    /** Who issued the ID is said, and not told which, or in bytes that are no text. */
    @ParameterizedTest
    @ValueSource(strings = {"A\\B", "M\u00fcller"})
    void theSitesAuthorityIsNotThatOfAnIdThatTheImagesSayAnotherIssued(String issuers) throws Exception {
        SourceFields fields = new SourceFields();
        Dataset header = header().put(Tag.SpecificCharacterSet, "ISO_IR 6").put(Tag.PatientName, "Doe");
        header = header.put(Tag.IssuerOfPatientID, issuers.split("\\\\"));
        String message = ResultMessage.encode(
                ResultMessage.controlId("id"),
                confirmed(),
                new ReportedStudy(Optional.of(readBack(header)), Optional.empty()),
                TestSettings.of(Map.of("host", "ris.example", "assigning-authority", "KIS")),
                fields);
        assertThat(parse(message).get("/.PID-3-1")).isEqualTo("4711");
        assertThat(parse(message).get("/.PID-3-4")).isNull();
        assertThat(fields.told()).contains(Tag.text(Tag.IssuerOfPatientID));
    }

    private Dataset readBack(Dataset header) throws Exception {
        byte[] file = header.put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.SOPInstanceUID, "2.25.1")
                .encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST");
        return Dataset.readHeader(Files.write(folder.resolve("back.dcm"), file));
    }

    @Test
    void aValueWithASeparatorAtItsEndIsOne() throws Exception {
        Dataset header = header().put(Tag.PatientID, "4711", "");
        assertThat(terser(confirmed(), header).get("/.PID-3-1")).isEqualTo("4711");
    }

    @Test
    void aStudyOfUnknownPatientNamesNone() throws Exception {
        String message = encode(
                event(Outcome.REFUSED, null, null, "patient-identity"),
                new ReportedStudy(Optional.empty(), Optional.empty()),
                Map.of());
        assertThat(message).doesNotContain("\rPID", "\rPV1");
        Terser read = parse(message);
        assertThat(read.get("/.OBR-25")).isEqualTo("X");
        assertThat(observation(read, "REFUSAL_RULE", "-5")).isEqualTo("patient-identity");
        assertThat(observation(read, "PERCENTILE", "-5")).isNull();
        assertThat(observation(read, "PERCENTILE", "-11")).isEqualTo("X");
    }

    @Test
    void aFailedStudyIsIncompleteAndSaysWhere() throws Exception {
        Terser message = terser(event(Outcome.FAILED, null, null, "restore"), header());
        assertThat(message.get("/.OBR-25")).isEqualTo("I");
        assertThat(observation(message, "OUTCOME", "-5-1")).isEqualTo("FAILED");
        assertThat(observation(message, "FAILED_STAGE", "-5")).isEqualTo("restore");
    }

    @Test
    void controlIdsAreOfTheEventAlone() {
        assertThat(ResultMessage.controlId("1.2/1/CONFIRMED/t"))
                .matches("[0-9A-F]{20}")
                .isEqualTo(ResultMessage.controlId("1.2/1/CONFIRMED/t"))
                .isNotEqualTo(ResultMessage.controlId("1.2/1/CONFIRMED/u"));
    }
}
