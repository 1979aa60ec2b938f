package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileMetaTest {
    @TempDir
    Path folder;

    private static final int PREAMBLE_AND_PREFIX = 132;

    @Test
    void groupLengthReachesExactlyToTheDataset() throws DicomException {
        Dataset dataset = new Dataset()
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7")
                .put(Tag.SOPInstanceUID, "2.25.1")
                .put(Tag.Modality, "OT");

        ByteBuffer file = ByteBuffer.wrap(dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "ANY"))
                .order(ByteOrder.LITTLE_ENDIAN);

        int groupLength = file.getInt(PREAMBLE_AND_PREFIX + 8);
        int dataSet = PREAMBLE_AND_PREFIX + 12 + groupLength;
        assertThat(file.getShort(dataSet))
                .as("group of the first element of the dataset")
                .isEqualTo((short) 0x0008);
        assertThat(file.getShort(dataSet + 2)).isEqualTo((short) 0x0016);
    }

    /** PS3.5 7.1, PS3.10 7.1: whatever group 0002 says inside a dataset, the file's own says how that is encoded. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
                TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
                TransferSyntax.EXPLICIT_VR_BIG_ENDIAN,
                TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN
            })
    void groupTwoOfADatasetSaysNothing(String syntax) throws IOException {
        ByteOrder order =
                syntax.equals(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        for (String stale : new String[] {"1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2", "1.2.840.10008.1.2.2", ""}) {
            Elements dataset = Elements.in(syntax)
                    .put(0x00000002, "UI", "1.2.840.10008.1.1\0")
                    .put(0x00020000, "UL", new byte[] {90, 0, 0, 0})
                    .put(Tag.MediaStorageSOPClassUID, "UI", "1.2.9\0")
                    .put(0x00020003, "UI", "1.2.8\0")
                    .put(Tag.TransferSyntaxUID, "UI", stale + (stale.length() % 2 == 0 ? "" : "\0"))
                    .put(Tag.SOPClassUID, "UI", "1.2.840.10008.5.1.4.1.1.7\0")
                    .put(Tag.SOPInstanceUID, "UI", "2.25.1")
                    .put(Tag.Rows, "US", Elements.shorts(order, 7));
            byte[] body = dataset.bytes();
            if (syntax.equals(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)) {
                body = deflated(body);
            }
            byte[] meta = new FileMeta("1.2.840.10008.5.1.4.1.1.7", "2.25.1", syntax).encode();
            Path file = folder.resolve("stale.dcm");
            Files.write(file, Elements.implicit().raw(meta).raw(body).bytes());
            Dataset header = Dataset.readHeader(file);
            assertThat(header.string(Tag.TransferSyntaxUID)).contains(syntax);
            assertThat(header.string(Tag.MediaStorageSOPClassUID)).contains("1.2.840.10008.5.1.4.1.1.7");
            assertThat(header.string(Tag.SOPInstanceUID)).contains("2.25.1");
            assertThat(header.integer(Tag.Rows, 0)).isEqualTo(7);
            assertThat(FileMeta.read(file).transferSyntaxUid()).isEqualTo(syntax);
        }
    }

    /** Of Source Presentation Address a length of 32 bits is read (PS3.5 7.1.2): the dataset begins behind it. */
    @Test
    void presentationAddressesAreOfTheLongForm() throws IOException {
        byte[] meta =
                new FileMeta("1.2.840.10008.5.1.4.1.1.7", "2.25.1", TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN).encode();
        byte[] address = Elements.in(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)
                .put(0x00020026, "UR", "https://archive.example/dicom-web ")
                .bytes();
        meta[PREAMBLE_AND_PREFIX + 8] += (byte) address.length;
        byte[] file = Elements.implicit()
                .raw(meta)
                .raw(address)
                .raw(new byte[] {8, 0, 22, 0})
                .bytes();
        try (PushbackInputStream in = new PushbackInputStream(new ByteArrayInputStream(file), 4)) {
            assertThat(FileMeta.read(in).sopInstanceUid()).isEqualTo("2.25.1");
            assertThat(in.readAllBytes()).containsExactly(8, 0, 22, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {140, 150, 160, 170})
    void whatEndsWithinItIsNoFile(int length) {
        byte[] meta =
                new FileMeta("1.2.840.10008.5.1.4.1.1.7", "2.25.1", TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN).encode();
        assertThatThrownBy(() -> FileMeta.read(
                        new PushbackInputStream(new ByteArrayInputStream(Arrays.copyOf(meta, length)), 4)))
                .isInstanceOf(DicomException.class);
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(9, true))) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    /** Group lengths that are too short, too long or absent are usual. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 90, 5000, -1})
    void wrongGroupLengthHarmsNothing(int length) throws IOException {
        byte[] meta = new FileMeta("1.2.840.10008.5.1.4.1.1.7", "2.25.1", "1.2.840.10008.1.2").encode();
        ByteBuffer.wrap(meta).order(ByteOrder.LITTLE_ENDIAN).putInt(PREAMBLE_AND_PREFIX + 8, length);
        byte[] body = Elements.implicit().put(Tag.Modality, "CS", "OT").bytes();
        Path file = Files.write(
                folder.resolve("length.dcm"),
                Elements.implicit().raw(meta).raw(body).bytes());
        assertThat(Dataset.readHeader(file).string(Tag.Modality)).contains("OT");
        assertThat(FileMeta.read(file).transferSyntaxUid()).isEqualTo("1.2.840.10008.1.2");
    }
}
