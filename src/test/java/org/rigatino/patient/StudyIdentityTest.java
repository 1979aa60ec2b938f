package org.rigatino.patient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.FileMeta;
import org.rigatino.dicom.TransferSyntax;

/** What people read of a header; the bytes of each element are written as the case has them. */
class StudyIdentityTest {
    private static final Map<IdentityAttribute, String> HEADS = Map.of(
            IdentityAttribute.PATIENT_NAME, "00100010PN",
            IdentityAttribute.PATIENT_ID, "00100020LO",
            IdentityAttribute.PATIENT_BIRTH_DATE, "00100030DA",
            IdentityAttribute.ACCESSION_NUMBER, "00080050SH",
            IdentityAttribute.STUDY_DATE, "00080020DA",
            IdentityAttribute.STUDY_DESCRIPTION, "00081030LO",
            IdentityAttribute.REFERRING_PHYSICIAN, "00080090PN",
            IdentityAttribute.INSTITUTION_NAME, "00080080LO",
            IdentityAttribute.STATION_NAME, "00081010SH",
            IdentityAttribute.BODY_PART, "00180015CS");

    private static final String JAPANESE =
            "Yamada^Tarou=\u001b$B;3ED\u001b(B^\u001b$BB@O:\u001b(B=\u001b$B$d$^$@\u001b(B^\u001b$B$?$m$&\u001b(B";

    @TempDir
    Path folder;

    private final TreeMap<String, byte[]> elements = new TreeMap<>();

    private StudyIdentityTest with(IdentityAttribute attribute, String value, Charset charset) {
        elements.put(HEADS.get(attribute), value.getBytes(charset));
        return this;
    }

    private StudyIdentityTest in(String characterSets) {
        elements.put("00080005CS", characterSets.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private Optional<StudyIdentity> read() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(
                new FileMeta("1.2.840.10008.5.1.4.1.1.4", "1.2.3", TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN).encode());
        for (Map.Entry<String, byte[]> element : elements.entrySet()) {
            long tag = Long.parseLong(element.getKey().substring(0, 8), 16);
            byte[] value = element.getValue();
            int even = value.length + value.length % 2;
            out.write(new byte[] {(byte) (tag >> 16), (byte) (tag >> 24), (byte) tag, (byte) (tag >> 8)});
            out.write(element.getKey().substring(8).getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[] {(byte) even, (byte) (even >> 8)});
            out.write(value);
            out.write(new byte[] {' '}, 0, even - value.length);
        }
        Path file = Files.write(folder.resolve("header.dcm"), out.toByteArray());
        return StudyIdentity.of("1.2.3", Dataset.readHeader(file));
    }

    private String value(IdentityAttribute attribute) throws IOException {
        return read().orElseThrow().value(attribute);
    }

    @ParameterizedTest
    @CsvSource({
        "ISO_IR 126, ISO-8859-7, Διονυσιος",
        "ISO_IR 100, ISO-8859-1, Müller^Jürgen",
        "ISO_IR 144, ISO-8859-5, Люкceмбypг",
        "ISO_IR 127, ISO-8859-6, قباني^لنزار",
        "ISO_IR 138, ISO-8859-8, שרון^דבורה",
        "ISO_IR 166, TIS-620, สมชาย^ใจดี",
        "ISO_IR 192, UTF-8, Wang^XiaoDong=王^小東",
        "GB18030, GB18030, Wang^XiaoDong=王^小东",
        "GBK, GBK, Wang^XiaoDong=王^小东"
    })
    void readsNamesOfAnyScript(String characterSet, String charset, String name) throws Exception {
        in(characterSet).with(IdentityAttribute.PATIENT_NAME, name, Charset.forName(charset));
        with(IdentityAttribute.STUDY_DESCRIPTION, name.replace("^", " ").replace("=", " "), Charset.forName(charset));
        assertThat(value(IdentityAttribute.PATIENT_NAME)).isEqualTo(name);
        assertThat(value(IdentityAttribute.STUDY_DESCRIPTION))
                .isEqualTo(name.replace("^", " ").replace("=", " "));
    }

    /** PS3.5 H.3.1. */
    @Test
    void readsEveryComponentGroupOfAJapaneseName() throws Exception {
        in("\\ISO 2022 IR 87").with(IdentityAttribute.PATIENT_NAME, JAPANESE, StandardCharsets.ISO_8859_1);
        with(IdentityAttribute.REFERRING_PHYSICIAN, JAPANESE, StandardCharsets.ISO_8859_1);
        assertThat(value(IdentityAttribute.PATIENT_NAME)).isEqualTo("Yamada^Tarou=山田^太郎=やまだ^たろう");
        assertThat(value(IdentityAttribute.REFERRING_PHYSICIAN)).isEqualTo("Yamada^Tarou=山田^太郎=やまだ^たろう");
    }

    @Test
    void aGroupThatIsNoTextOfItsCharacterSetLeavesTheOthersLegible() throws Exception {
        in("ISO_IR 192")
                .with(IdentityAttribute.PATIENT_NAME, "Wang^Xiao=\u00e4\u00ff^\u00fe", StandardCharsets.ISO_8859_1);
        assertThat(value(IdentityAttribute.PATIENT_NAME)).isEqualTo("Wang^Xiao=\uFFFD");
        elements.clear();
        with(IdentityAttribute.PATIENT_NAME, "M\u00fcller^Eva", StandardCharsets.ISO_8859_1);
        assertThat(value(IdentityAttribute.PATIENT_NAME)).isEqualTo("M\uFFFDller^Eva");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202E", "\u2066", "\u200F", "\u0000", "\u0007", "\u0085", "\u2028"})
    void whatWouldChangeHowTheRestReadsIsShownAsUnknown(String character) throws Exception {
        in("ISO_IR 192")
                .with(IdentityAttribute.STUDY_DESCRIPTION, "HEAD" + character + "TSEHC", StandardCharsets.UTF_8);
        with(IdentityAttribute.PATIENT_NAME, "DOE" + character + "^JANE", StandardCharsets.UTF_8);
        assertThat(value(IdentityAttribute.STUDY_DESCRIPTION))
                .doesNotContain(character)
                .startsWith("HEAD")
                .endsWith("TSEHC");
        assertThat(value(IdentityAttribute.PATIENT_NAME))
                .doesNotContain(character)
                .startsWith("DOE")
                .endsWith("JANE");
    }

    @Test
    void aValueOfAnyLengthIsCut() throws Exception {
        in("ISO_IR 192").with(IdentityAttribute.PATIENT_NAME, "𠮷".repeat(4000), StandardCharsets.UTF_8);
        String name = value(IdentityAttribute.PATIENT_NAME);
        assertThat(name.codePointCount(0, name.length())).isEqualTo(StudyIdentity.MOST);
        assertThat(name).endsWith("𠮷…");
    }

    @Test
    void whatIsAbsentIsEmptyAndOldDatesAreDates() throws Exception {
        with(IdentityAttribute.PATIENT_ID, "4711", StandardCharsets.US_ASCII);
        with(IdentityAttribute.PATIENT_BIRTH_DATE, "1970.01.02", StandardCharsets.US_ASCII);
        assertThat(value(IdentityAttribute.PATIENT_ID)).isEqualTo("4711");
        assertThat(value(IdentityAttribute.PATIENT_BIRTH_DATE)).isEqualTo("19700102");
        assertThat(value(IdentityAttribute.PATIENT_NAME)).isEmpty();
        assertThat(value(IdentityAttribute.ACCESSION_NUMBER)).isEmpty();
    }

    /** Names the patient in the way in which the study's revisions are compared. */
    @Test
    void namesThePatientAsTheWorkerDoes() throws Exception {
        with(IdentityAttribute.PATIENT_ID, "4711", StandardCharsets.US_ASCII);
        String name = read().orElseThrow().patient();
        assertThat(PatientValues.read(folder.resolve("header.dcm"))
                        .orElseThrow()
                        .name("1.2.3"))
                .isEqualTo(name);
    }
}
