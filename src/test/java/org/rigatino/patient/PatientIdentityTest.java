package org.rigatino.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.FileMeta;
import org.rigatino.dicom.TransferSyntax;

/** Values, not spellings (PS3.5 6.2, 6.2.1, 7.4.3); the bytes of each element are written as the case has them. */
class PatientIdentityTest {
    private static final String STUDY = "1.2.3";
    private static final PatientIdentity.Known NOTHING = new PatientIdentity.Known(List.of(), Set.of());

    @TempDir
    Path folder;

    private int files;

    /** Bytes of one instance's elements by name; absent where null. */
    private static final class Patient {
        private final Map<String, byte[]> elements = new LinkedHashMap<>();

        Patient() {
            text("charset", "ISO_IR 100");
            text("name", "DOE^JANE");
            text("id", "4711");
            text("birth", "19700101");
            text("sex", "F");
        }

        Patient text(String element, String value) {
            return bytes(element, value == null ? null : value.getBytes(StandardCharsets.ISO_8859_1));
        }

        Patient bytes(String element, byte[] value) {
            elements.put(element, value);
            return this;
        }

        Patient name(String charset, Charset encoding, String name) {
            return text("charset", charset).bytes("name", name.getBytes(encoding));
        }
    }

    private static final Map<String, int[]> TAGS = new LinkedHashMap<>(Map.of());

    static {
        TAGS.put("charset", new int[] {0x0008, 0x0005, 'C', 'S'});
        TAGS.put("name", new int[] {0x0010, 0x0010, 'P', 'N'});
        TAGS.put("id", new int[] {0x0010, 0x0020, 'L', 'O'});
        TAGS.put("issuer", new int[] {0x0010, 0x0021, 'L', 'O'});
        TAGS.put("birth", new int[] {0x0010, 0x0030, 'D', 'A'});
        TAGS.put("sex", new int[] {0x0010, 0x0040, 'C', 'S'});
        TAGS.put("other", new int[] {0x0010, 0x1000, 'L', 'O'});
    }

    private Path file(Patient patient) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        out.write(new FileMeta("1.2.840.10008.5.1.4.1.1.4", "1.2." + ++files, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)
                .encode());
        for (Map.Entry<String, int[]> tag : TAGS.entrySet()) {
            byte[] value = patient.elements.get(tag.getKey());
            if (value != null) {
                int[] head = tag.getValue();
                int even = value.length + value.length % 2;
                out.write(new byte[] {
                    (byte) head[0], 0, (byte) head[1], (byte) (head[1] >> 8), (byte) head[2], (byte) head[3]
                });
                out.write(even & 0xFF);
                out.write(even >> 8);
                out.write(value);
                out.write(new byte[] {' '}, 0, even - value.length);
            }
        }
        return Files.write(folder.resolve(files + ".dcm"), out.toByteArray());
    }

    private Optional<String> check(UnknownPatientValues unknown, PatientIdentity.Known known, Patient... patients)
            throws Exception {
        List<Path> paths = new ArrayList<>();
        for (Patient patient : patients) {
            paths.add(file(patient));
        }
        return PatientIdentity.check(STUDY, PatientIdentity.said(paths), known, unknown);
    }

    private Optional<String> check(Patient... patients) throws Exception {
        return check(UnknownPatientValues.REFUSE, NOTHING, patients);
    }

    static Stream<Arguments> spellings() {
        Charset utf8 = StandardCharsets.UTF_8;
        Charset latin1 = StandardCharsets.ISO_8859_1;
        return Stream.of(
                pair("trailing carets", patient(), patient().text("name", "DOE^JANE^^^")),
                pair("an empty group behind", patient(), patient().text("name", "DOE^JANE==")),
                pair("padding within a name", patient(), patient().text("name", "DOE ^ JANE  ")),
                pair("NUL as padding", patient().text("id", "471"), patient().text("id", "471\0")),
                pair("NULs as padding", patient(), patient().text("name", "DOE^JANE\0\0")),
                pair("an ID with spaces around", patient(), patient().text("id", "  4711 ")),
                pair("a sex padded", patient(), patient().text("sex", "F ")),
                pair("an issuer of no length", patient(), patient().text("issuer", "")),
                pair("a date of ACR-NEMA", patient(), patient().text("birth", "1970.01.01")),
                pair("other IDs", patient(), patient().text("other", "X")),
                pair("no character set", patient(), patient().text("charset", null)),
                pair(
                        "Latin-1 and UTF-8",
                        patient().name("ISO_IR 100", latin1, "MÜLLER^JÖRG"),
                        patient().name("ISO_IR 192", utf8, "MÜLLER^JÖRG")),
                pair(
                        "composed and decomposed",
                        patient().name("ISO_IR 192", utf8, "M\u00dcLLER"),
                        patient().name("ISO_IR 192", utf8, "MU\u0308LLER")),
                pair(
                        "Cyrillic and UTF-8",
                        patient().name("ISO_IR 144", Charset.forName("ISO-8859-5"), "Люкceмбypг"),
                        patient().name("ISO_IR 192", utf8, "Люкceмбypг")),
                pair(
                        "GB18030 and UTF-8, three groups",
                        patient().name("GB18030", Charset.forName("GB18030"), "Wang^XiaoDong=王^小东"),
                        patient().name("ISO_IR 192", utf8, "Wang^XiaoDong=王^小东^^=")),
                pair(
                        "both undecodable and the same",
                        patient().name("ISO_IR 999", latin1, "MÜLLER"),
                        patient().name("ISO_IR 999", latin1, "MÜLLER")));
    }

    static Stream<Arguments> differences() {
        Charset utf8 = StandardCharsets.UTF_8;
        Charset latin1 = StandardCharsets.ISO_8859_1;
        return Stream.of(
                pair("(0010,0020)", patient(), patient().text("id", "4712")),
                pair("(0010,0020)", patient(), patient().text("id", "04711")),
                pair("(0010,0020)", patient(), patient().text("id", "")),
                pair("(0010,0020)", patient(), patient().text("id", null)),
                pair("(0010,0021)", patient(), patient().text("issuer", "SITE")),
                pair("(0010,0021)", patient().text("issuer", "HERE"), patient().text("issuer", "THERE")),
                pair("(0010,0010)", patient(), patient().text("name", "Doe^Jane")),
                pair("(0010,0010)", patient(), patient().text("name", "DOE^^JANE")),
                pair("(0010,0010)", patient(), patient().text("name", "^DOE^JANE")),
                pair("(0010,0010)", patient(), patient().text("name", "=DOE^JANE")),
                pair("(0010,0010)", patient(), patient().text("name", "DOE^JANE=X")),
                pair("(0010,0010)", patient(), patient().text("name", "DOEJANE")),
                pair("(0010,0030)", patient(), patient().text("birth", "19700102")),
                pair("(0010,0040)", patient(), patient().text("sex", "M")),
                pair(
                        "(0010,0010)",
                        patient().name("ISO_IR 100", latin1, "MÜLLER"),
                        patient().name("ISO_IR 144", latin1, "MÜLLER")),
                pair(
                        "(0010,0010)",
                        patient().name("ISO_IR 999", latin1, "MÜLLER"),
                        patient().name("ISO_IR 100", latin1, "MÜLLER")),
                pair(
                        "(0010,0010)",
                        patient().name("ISO_IR 192", latin1, "MÜLLER"),
                        patient().name("ISO_IR 100", latin1, "MÜLLER")),
                pair(
                        "(0010,0010)",
                        patient().name("ISO_IR 192", utf8, "MÜLLER"),
                        patient().name("ISO_IR 100", utf8, "MÜLLER")));
    }

    private static Patient patient() {
        return new Patient();
    }

    private static Arguments pair(String what, Patient one, Patient other) {
        return Arguments.of(what, one, other);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings")
    void oneValueHasManySpellings(String what, Patient one, Patient other) throws Exception {
        assertThat(check(one, other)).isPresent().isEqualTo(check(other, one)).isEqualTo(check(one));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differences")
    void anotherValueIsRefusedAndNotTold(String attribute, Patient one, Patient other) {
        for (UnknownPatientValues unknown : UnknownPatientValues.values()) {
            assertThatThrownBy(() -> check(unknown, NOTHING, one, other))
                    .isInstanceOf(MixedPatientException.class)
                    .hasMessageContaining(attribute)
                    .hasMessageNotContainingAny("DOE", "4711", "1970");
            assertThatThrownBy(() -> check(unknown, NOTHING, other, one)).isInstanceOf(MixedPatientException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "birth", "sex"})
    void whatIsEmptyInOneIsUnknownOrRefusedByTheSetting(String element) throws Exception {
        for (String nothing : new String[] {"", null, "  ", "\0\0"}) {
            Patient unknown = patient().text(element, nothing);
            Optional<String> whole = check(patient());
            assertThat(check(UnknownPatientValues.ACCEPT, NOTHING, patient(), unknown))
                    .isEqualTo(whole);
            assertThat(check(UnknownPatientValues.ACCEPT, NOTHING, unknown, patient(), unknown))
                    .isEqualTo(whole);
            assertThatThrownBy(() -> check(UnknownPatientValues.REFUSE, NOTHING, patient(), unknown))
                    .isInstanceOf(MixedPatientException.class)
                    .hasMessageContaining("rigatino.ingest.unknown-patient-values");
        }
    }

    /** The one in the middle is as either, and they are not as one another. */
    @Test
    void theUnknownJoinsNoTwoThatDiffer() {
        Patient male = patient().text("sex", "M");
        Patient unknown = patient().text("sex", "");
        for (Patient[] order : new Patient[][] {{patient(), unknown, male}, {unknown, patient(), male}}) {
            assertThatThrownBy(() -> check(UnknownPatientValues.ACCEPT, NOTHING, order))
                    .isInstanceOf(MixedPatientException.class)
                    .hasMessageContaining("(0010,0040)");
        }
    }

    @Test
    void withoutAnIdNothingIsTakenAsUnknown() {
        Patient nobody = patient().text("id", "");
        Patient less = patient().text("id", "").text("sex", "");
        assertThatThrownBy(() -> check(UnknownPatientValues.ACCEPT, NOTHING, nobody, less))
                .isInstanceOf(MixedPatientException.class);
    }

    @Test
    void earlierRevisionsAreHeldToWhoseFilesAreGone() throws Exception {
        String whole = check(patient()).orElseThrow();
        String less = check(patient().text("birth", "")).orElseThrow();
        assertThat(check(UnknownPatientValues.REFUSE, earlier(whole), patient().text("name", "DOE^JANE^")))
                .contains(whole);
        assertThat(check(UnknownPatientValues.ACCEPT, earlier(less), patient())).contains(whole);
        for (String other : List.of(less, PatientIdentity.MIXED)) {
            assertThatThrownBy(() -> check(UnknownPatientValues.REFUSE, earlier(other), patient()))
                    .isInstanceOf(MixedPatientException.class)
                    .hasMessageContaining("earlier revision");
        }
        assertThatThrownBy(() -> check(UnknownPatientValues.ACCEPT, earlier(PatientIdentity.MIXED), patient()))
                .isInstanceOf(MixedPatientException.class);
    }

    private static PatientIdentity.Known earlier(String name) {
        return new PatientIdentity.Known(List.of(name), Set.of());
    }

    @Test
    void whoAPersonHasSaidIsRightIsRightAndNobodyElse() throws Exception {
        Patient right = patient();
        Patient married = patient().text("name", "ROE^JANE");
        Patient wrong = patient().text("id", "OTHER");
        Set<String> said = Set.of(check(right).orElseThrow(), check(married).orElseThrow());
        PatientIdentity.Known known = new PatientIdentity.Known(Set.of(), said);
        assertThat(said)
                .contains(check(UnknownPatientValues.REFUSE, known, right, married)
                        .orElseThrow());
        assertThat(check(
                        UnknownPatientValues.ACCEPT,
                        known,
                        right,
                        married,
                        patient().text("sex", "")))
                .isPresent();
        assertThat(check(UnknownPatientValues.ACCEPT, known, patient().text("name", "ROE^JANE^")))
                .isPresent();
        for (Patient[] late : new Patient[][] {{right, wrong}, {wrong}, {married, wrong, right}}) {
            assertThatThrownBy(() -> check(UnknownPatientValues.ACCEPT, known, late))
                    .isInstanceOf(MixedPatientException.class);
        }
    }

    @Test
    void theNameTellsNothingAndIsAnotherInAnotherStudy() throws Exception {
        Path file = file(patient());
        String here = PatientValues.read(file).orElseThrow().name("1.2.3");
        assertThat(here).matches("2\\.25\\.\\d+");
        assertThat(PatientValues.read(file).orElseThrow().name("1.2.4")).isNotEqualTo(here);
    }

    /** 500 names with random components; what is appended or padded is drawn too. */
    @Test
    void paddingAndEmptyComponentsNeverMatterAndEveryOtherChangeDoes() throws Exception {
        Random random = new Random(12);
        for (int run = 0; run < 500; run++) {
            String name =
                    component(random) + "^" + component(random) + (random.nextBoolean() ? "^" + component(random) : "");
            String padded = name.replace("^", " ".repeat(random.nextInt(2)) + "^" + " ".repeat(random.nextInt(2)))
                    + "^".repeat(random.nextInt(3))
                    + "=".repeat(random.nextInt(3))
                    + " ".repeat(random.nextInt(4));
            assertThat(check(patient().text("name", name), patient().text("name", padded)))
                    .isPresent();
            int at = random.nextInt(name.length());
            String changed = name.substring(0, at) + (name.charAt(at) == 'Q' ? 'X' : 'Q') + name.substring(at + 1);
            assertThatThrownBy(
                            () -> check(patient().text("name", name), patient().text("name", changed)))
                    .isInstanceOf(MixedPatientException.class);
        }
    }

    private static String component(Random random) {
        return random.ints(1 + random.nextInt(6), 'A', 'Z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @ParameterizedTest
    @CsvSource({
        "patient-name-written-otherwise, '', true, true",
        "patient-attribute-unknown-in-one, birth_missing, true, false",
        "patient-attribute-unknown-in-one, sex_missing, true, false",
        "mixed-study-has-no-way-back, 1-, false, false"
    })
    void theGivenFaults(String name, String prefix, boolean accepted, boolean cautiously) throws Exception {
        Path given = Path.of("../shared/data/faults").resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(given), "the shared faults are not here");
        List<Path> files;
        try (Stream<Path> all = Files.list(given)) {
            files = all.filter(file -> file.toString().endsWith(".dcm")
                            && file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(1);
        assertThat(isOfOne(files, UnknownPatientValues.ACCEPT)).isEqualTo(accepted);
        assertThat(isOfOne(files, UnknownPatientValues.REFUSE)).isEqualTo(cautiously);
    }

    private static boolean isOfOne(List<Path> files, UnknownPatientValues unknown) throws IOException {
        try {
            return PatientIdentity.check(STUDY, PatientIdentity.said(files), NOTHING, unknown)
                    .isPresent();
        } catch (MixedPatientException e) {
            return false;
        }
    }

    /** As one that was decided before such choices were refused. */
    @Test
    void differentPatientsThatWereTakenForOneAreStillMixed() throws Exception {
        Patient one = patient();
        for (Patient other : List.of(patient().text("id", "4712"), patient().text("issuer", "OTHER"))) {
            one.text("issuer", "SITE");
            Set<String> right = Set.of(name(one), name(other));
            assertThatThrownBy(() ->
                            check(UnknownPatientValues.ACCEPT, new PatientIdentity.Known(List.of(), right), one, other))
                    .isInstanceOf(MixedPatientException.class)
                    .hasMessageContaining("were said to be the study's");
        }
        Patient spelt = patient().text("issuer", "SITE").text("name", "DOE^JAYNE");
        assertThat(check(
                        UnknownPatientValues.ACCEPT,
                        new PatientIdentity.Known(List.of(), Set.of(name(one), name(spelt))),
                        one,
                        spelt))
                .isPresent();
    }

    private String name(Patient patient) throws Exception {
        return PatientValues.read(file(patient)).orElseThrow().name(STUDY);
    }
}
