package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeTag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patient text is copied byte for byte in its own character set: Debian's python3-pydicom has a file of each kind. */
class CharacterSetTest {
    private static final Path PYDICOM = Path.of("/usr/lib/python3/dist-packages/pydicom/data/charset_files");
    private static final int[] COPIED = {
        Tag.SpecificCharacterSet, Tag.PatientName, Tag.PatientID, Tag.ReferringPhysicianName, Tag.StudyDescription
    };

    @TempDir
    Path folder;

    @Test
    void pydicomsFilesAreCopiedByteForByte() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(PYDICOM), "python3-pydicom is not installed");
        assertThat(copyAll(PYDICOM)).isGreaterThan(15);
    }

    @Test
    void sharedFilesAreCopiedByteForByte() throws Exception {
        Path edge = Samples.FOLDER.resolve("edge");
        Assumptions.assumeTrue(Files.isDirectory(edge), edge + " is absent");
        assertThat(copyAll(edge)).isGreaterThanOrEqualTo(12);
    }

    /** pydicom is the witness: it names the raw bytes of both files. */
    @Test
    void pydicomFindsTheSameBytesInSourceAndCopy() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(PYDICOM), "python3-pydicom is not installed");
        for (Path file : charsetFiles(PYDICOM)) {
            Pydicom.runSuccessfully("default", "src/test/resources/org/rigatino/dicom/same_bytes.py", file, copy(file));
        }
    }

    /** Bytes that no character set explains (none is named) are kept too. */
    @Test
    void undeclaredBytesAreKept() throws Exception {
        byte[] name = {'X', '^', (byte) 0xe4, (byte) 0xff, (byte) 0x81, ' '};
        Path file = folder.resolve("undeclared.dcm");
        byte[] encoded = new Dataset()
                .put(Tag.SOPClassUID, SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE)
                .put(Tag.SOPInstanceUID, "1.2.3")
                .put(Tag.PatientName, "X^abcd")
                .encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST");
        int at = new String(encoded, StandardCharsets.ISO_8859_1).indexOf("X^abcd");
        System.arraycopy(name, 0, encoded, at, name.length);
        Files.write(file, encoded);
        copy(file);
        assertThat(raw(copy(file), Tag.PatientName)).isEqualTo(name);
    }

    private int copyAll(Path directory) throws IOException {
        int count = 0;
        for (Path file : charsetFiles(directory)) {
            Dataset source = Dataset.readHeader(file);
            Dataset copy = Dataset.readHeader(copy(file));
            for (int tag : COPIED) {
                assertThat(copy.contains(tag)).as(file + " " + Tag.text(tag)).isEqualTo(source.contains(tag));
                assertThat(bytes(copy, tag)).as(file + " " + Tag.text(tag)).isEqualTo(bytes(source, tag));
                assertThat(copy.strings(tag)).as(file + " " + Tag.text(tag)).isEqualTo(source.strings(tag));
            }
            count++;
        }
        return count;
    }

    private static List<Path> charsetFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.getFileName().toString().startsWith("chr"))
                    .sorted()
                    .toList();
        }
    }

    private Path copy(Path file) throws IOException {
        Dataset copy = new Dataset()
                .put(Tag.SOPClassUID, SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE)
                .put(Tag.SOPInstanceUID, "1.2.3")
                .copy(Dataset.readHeader(file), COPIED);
        Path target = folder.resolve("copy-" + file.getFileName());
        return Files.write(target, copy.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
    }

    private static byte[] raw(Path file, int tag) throws IOException {
        return bytes(Dataset.readHeader(file), tag);
    }

    private static byte[] bytes(Dataset dataset, int tag) {
        Attribute attribute = dataset.attributes().get(new AttributeTag(tag >>> 16, tag & 0xffff));
        return attribute instanceof VerbatimText text ? text.getByteValues() : new byte[0];
    }
}
