package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String COLUMNS = "file,split,label,mask,patient";

    @TempDir
    Path folder;

    private void write(String... lines) throws IOException {
        Files.write(folder.resolve("manifest.csv"), List.of(lines));
    }

    private String refusal(String... rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of(COLUMNS));
        lines.addAll(List.of(rows));
        write(lines.toArray(String[]::new));
        IOException refused = catchThrowableOfType(IOException.class, () -> Manifest.read(folder));
        assertThat(refused).hasMessageStartingWith(folder.resolve("manifest.csv") + " line ");
        assertThat(refused.getMessage()).hasLineCount(1);
        return refused.getMessage();
    }

    @Test
    void columnsAreFoundByNameAndQuotesUndone() throws IOException {
        write("patient,file,label,mask,split,note", "p1,\"a, \"\"b\"\".png\",abnormal,m.png,dev_test,\"x, \"\"y\"\"\"");
        Manifest.Entry entry = Manifest.read(folder).entries().get(0);
        assertThat(entry.file()).isEqualTo("a, \"b\".png");
        assertThat(entry.split()).isEqualTo("dev_test");
        assertThat(entry.abnormal()).isTrue();
        assertThat(entry.mask()).contains("m.png");
        assertThat(entry.patient()).isEqualTo("p1");
        assertThat(entry.line()).isEqualTo(2);
    }

    /** A slice with a lesion that is called normal would stand in a series without one. */
    @Test
    void aLineThatContradictsItselfIsRefused() throws IOException {
        String columns = COLUMNS + ",slice,slices_to_lesion";
        for (String contradiction : List.of("a.png,dev_test,normal,,p1,3,0", "a.png,dev_test,abnormal,,p1,3,2")) {
            write(columns, "b.png,dev_test,normal,,p1,1,1", contradiction);
            assertThatIOException()
                    .isThrownBy(() -> Manifest.read(folder))
                    .withMessageContainingAll("manifest.csv line 3 ", "slices_to_lesion", "0");
        }
        write(
                columns,
                "b.png,dev_test,normal,,p1,1,1",
                "a.png,dev_test,abnormal,,p1,2,0",
                "c.png,dev_test,abnormal,,p2,,");
        assertThat(Manifest.read(folder).entries()).hasSize(3);
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() throws IOException {
        write("file,split,label,patient", "a.png,dev_test,normal,p1");
        assertThatIOException().isThrownBy(() -> Manifest.read(folder)).withMessageContaining("no column mask");
        write("file,split,label,mask,patient,split", "a.png,dev_test,normal,,p1,dev_test");
        assertThatIOException().isThrownBy(() -> Manifest.read(folder)).withMessageContaining("two columns split");
        assertThat(refusal("a.png,dev_test,healthy,,p1")).contains("line 2", "healthy");
        assertThat(refusal("a.png,dev_test,normal,,p1", "", "b.png")).contains("line 4", "1 field instead of 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev-test", "train", "Unlabeled", "test", ""})
    void aSplitThatIsNotKnownIsRefusedWithItsLine(String split) throws IOException {
        assertThat(refusal("a.png,dev_test,normal,,p1", "b.png," + split + ",normal,,p2"))
                .contains("line 3", "has the split \"" + split + "\"", "train_normal, unlabeled or dev_test");
    }

    @Test
    void aPatientIsInOneSplitOnly() throws IOException {
        assertThat(refusal(
                        "a.png,train_normal,normal,,ANNA",
                        "b.png,unlabeled,normal,,BERT",
                        "c.png,dev_test,normal,,ANNA",
                        "d.png,dev_test,normal,,ANNA",
                        "e.png,dev_test,normal,,BERT"))
                .contains("line 4", "the patient of line 2", "dev_test", "train_normal", "so do 2 lines more")
                .doesNotContain("ANNA", "BERT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "./a.png", "x/../a.png"})
    void aFileIsNamedOnce(String again) throws IOException {
        assertThat(refusal("b.png,dev_test,normal,,p0", "a.png,dev_test,normal,,p1", again + ",dev_test,normal,,p1"))
                .contains("line 4", "the file of line 3", "counted twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void anEmptyPatientIsRefused(String patient) throws IOException {
        assertThat(refusal("a.png,dev_test,normal,,p1", "b.png,dev_test,normal,," + patient))
                .contains("line 3", "no patient", "all of them would count as one");
    }

    @ParameterizedTest
    @CsvSource({"../site/a.png", "/etc/passwd", "x/../../a.png", "''"})
    void filesLieInTheFolder(String file) throws IOException {
        assertThat(refusal("a.png,dev_test,normal,,p1", file + ",dev_test,normal,,p2"))
                .contains("line 3", file.isEmpty() ? "names no file" : file);
        if (!file.isEmpty()) {
            assertThat(refusal("a.png,dev_test,abnormal," + file + ",p1"))
                    .contains("line 2", file, "in the folder of the manifest");
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstColumnsName() throws IOException {
        write("\uFEFF" + COLUMNS, "a.png,dev_test,normal,,M\u00fcller");
        assertThat(Manifest.read(folder).entries())
                .extracting(Manifest.Entry::patient)
                .containsExactly("M\u00fcller");
    }

    @Test
    void linesEndAsTheyDoElsewhereAndEmptyOnesSayNothing() throws IOException {
        Files.writeString(
                folder.resolve("manifest.csv"),
                COLUMNS + "\r\na.png,dev_test,normal,,p1\r\n,,,,\r\n \r\nb.png,dev_test,normal,,p2");
        assertThat(Manifest.read(folder).entries())
                .extracting(Manifest.Entry::line)
                .containsExactly(2, 5);
    }

    @ParameterizedTest
    @CsvSource({"';', semicolons", "'\t', tabs"})
    void otherSeparatorsAreNamed(String separator, String name) throws IOException {
        write(COLUMNS.replace(",", separator), "a.png,dev_test,normal,,p1".replace(",", separator));
        assertThatIOException()
                .isThrownBy(() -> Manifest.read(folder))
                .withMessageContainingAll("is separated by " + name, "save it with commas");
    }

    @Test
    void whatIsNotUtf8IsNamedWithItsLine() throws IOException {
        String text = COLUMNS + "\na.png,dev_test,normal,,p1\nb.png,dev_test,normal,,M\u00fcller\n";
        Files.write(folder.resolve("manifest.csv"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertThatIOException()
                .isThrownBy(() -> Manifest.read(folder))
                .withMessageContainingAll("manifest.csv line 3 is not UTF-8", "CSV UTF-8");
        Files.write(folder.resolve("manifest.csv"), text.getBytes(StandardCharsets.UTF_16));
        assertThatIOException().isThrownBy(() -> Manifest.read(folder)).withMessageContaining("line 1 is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"p2", "\"p2\"x", "\"p2\"\"", "\""})
    void aQuoteThatIsNotClosedIsRefused(String patient) throws IOException {
        assertThat(refusal(
                        "a.png,dev_test,normal,,p1", "b.png,dev_test,normal,," + patient, "c.png,dev_test,normal,,p3"))
                .contains("line 3", "quote");
    }

    private static String sha256(String content) {
        return DigestUtils.sha256Hex(content);
    }

    @Test
    void filesAreHeldAgainstTheColumnSha256WhereThereIsOne() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(folder.resolve(name), name);
        }
        write(
                COLUMNS + ",sha256",
                "a,dev_test,normal,,p1," + sha256("a").toUpperCase(),
                "b,dev_test,normal,,p2,",
                "absent,train_normal,normal,,p3," + sha256("x"),
                "c,unlabeled,normal,,p4," + sha256("c"));
        assertThat(sameBytes(Manifest.read(folder))).isEmpty();
        Files.writeString(folder.resolve("c"), "other");
        Files.writeString(folder.resolve("a"), "other too");
        assertThatIOException()
                .isThrownBy(() -> sameBytes(Manifest.read(folder)))
                .withMessageContainingAll("line 2", "sha256", "is not that of a", "nor are those of 1 file more");
        assertThat(catchThrowableOfType(IOException.class, () -> {
                    write(COLUMNS + ",sha256", "a,dev_test,normal,,p1,12ab");
                    Manifest.read(folder);
                }))
                .hasMessageContainingAll("line 2", "12ab", "64 hexadecimal digits");
    }

    private static List<String> sameBytes(Manifest manifest) throws IOException {
        return manifest.sameBytes(manifest.entries());
    }

    /** What else the manifest names is read only where it may be a copy, whatever digest is recorded of it. */
    @Test
    void ofFilesThatAreNotUsedOnlyCopiesCount() throws IOException {
        for (String file : List.of("used same", "copy same", "other more", "longer longer", "longest longer")) {
            Files.writeString(folder.resolve(file.split(" ")[0]), file.split(" ")[1]);
        }
        write(
                COLUMNS + ",sha256",
                "used,dev_test,normal,,p1," + sha256("same"),
                "copy,train_normal,normal,,p2," + sha256("what it was"),
                "other,train_normal,normal,,p3," + sha256("what it was"),
                "longer,unlabeled,normal,,p4," + sha256("what it was"),
                "longest,unlabeled,normal,,p5," + sha256("longer"));
        Manifest manifest = Manifest.read(folder);
        assertThat(manifest.sameBytes(manifest.split("dev_test")))
                .singleElement()
                .asString()
                .startsWith("1 file of manifest.csv has the same bytes as a file of another split, line 3 as line 2");
        assertThatIOException()
                .isThrownBy(() -> manifest.sameBytes(manifest.split(Manifest.UNLABELED)))
                .withMessageContainingAll("line 5", "sha256", "is not that of longer");
        assertThatIOException()
                .isThrownBy(() -> manifest.sameBytes(manifest.normals()))
                .withMessageContainingAll("line 3", "nor are those of 1 file more");
    }

    @Test
    void theSameBytesTwiceAreToldWithHowManyAndWhere() throws IOException {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            Files.writeString(folder.resolve(name), name.equals("e") ? "another" : "alike");
        }
        write(
                COLUMNS,
                "e,train_normal,normal,,p5",
                "a,train_normal,normal,,p1",
                "b,train_normal,normal,,p2",
                "c,dev_test,normal,,p3",
                "d,dev_test,normal,,p4",
                "absent,unlabeled,normal,,p6");
        assertThat(sameBytes(Manifest.read(folder)))
                .containsExactly(
                        "2 files of manifest.csv have the same bytes as a file of another split, line 5 as line 3 for one:"
                                + " what is measured on them may have been learnt",
                        "1 file of manifest.csv has the same bytes as another of its split, line 4 as line 3 for one:"
                                + " it counts twice");
        write(COLUMNS, "a,train_normal,normal,,p1", "e,dev_test,normal,,p2");
        assertThat(sameBytes(Manifest.read(folder))).isEmpty();
    }
}
