package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each limit holds, and says itself by its number; what is just within it is read. */
class ReadLimitsTest {
    private static final long KIB = 1024;
    private static final ReadLimits SMALL =
            new ReadLimits(3, KIB, 4 * KIB, 100, 64, 128, 64 * KIB, Duration.ofSeconds(5), 512 * KIB * KIB);

    @TempDir
    Path folder;

    @Test
    void nesting_depth() throws Exception {
        assertThat(read(nested(3)).items(Tag.ReferencedSeriesSequence)).hasSize(1);
        assertThatThrownBy(() -> read(nested(4)))
                .isInstanceOf(DicomException.class)
                .hasMessage("sequences nested deeper than 3");
    }

    /** PS3.5 7.5: items of undefined length within one another. */
    private static byte[] nested(int depth) {
        ByteBuffer out = ByteBuffer.allocate(depth * 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < depth; i++) {
            out.putShort((short) 0x0008).putShort((short) 0x1115).putInt(8 + (depth - i - 1) * 16);
            out.putShort((short) 0xFFFE).putShort((short) 0xE000).putInt((depth - i - 1) * 16);
        }
        return out.array();
    }

    @Test
    void element_length() throws Exception {
        byte[] dataset =
                concat(element(0x0008, 0x0080, 1024), element(0x0008, 0x0081, 1026), element(0x0008, 0x1010, 2));
        Dataset read = read(dataset);
        assertThat(read.contains(0x00080080)).isTrue();
        assertThat(read.contains(0x00080081)).isTrue();
        assertThatThrownBy(() -> read.requireReadable(0x00080081))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("longer than 1024 bytes (rigatino.dicom.limits.element-length)");
        assertThat(read.contains(0x00081010)).isTrue();
    }

    @Test
    void header_length() {
        byte[] part = element(0x0008, 0x0080, 1000);
        assertThatThrownBy(() -> read(concat(part, part, part, part, part)))
                .isInstanceOf(DicomException.class)
                .hasMessage("header of more than 4096 bytes");
    }

    @Test
    void elements_and_items() {
        byte[] empty = element(0x0008, 0x0080, 0);
        byte[][] many = new byte[101][];
        Arrays.fill(many, empty);
        assertThatThrownBy(() -> read(concat(many)))
                .isInstanceOf(DicomException.class)
                .hasMessageStartingWith("dataset of more than 100 attributes and items");
    }

    /** Each becomes an object of fifty times the bytes that it came in. */
    @Test
    void values_of_one_attribute() throws Exception {
        ReadLimits limits = new ReadLimits(
                3, 16 * KIB * KIB, 64 * KIB * KIB, 100_000, 64, 128, 64 * KIB, Duration.ofSeconds(5), 512 * KIB * KIB);
        byte[] texts = "1\\".repeat(400_000).getBytes(StandardCharsets.US_ASCII);
        assertThat(read(element(Tag.WindowWidth, Arrays.copyOf(texts, 200_000)), limits)
                        .strings(Tag.WindowWidth))
                .hasSize(100_001);
        assertThatThrownBy(() -> read(element(Tag.WindowWidth, texts), limits))
                .isInstanceOf(HeaderLimitException.class)
                .hasMessageContaining("2 values of an attribute counted as one");
        assertThatThrownBy(() -> read(element(Tag.FrameIncrementPointer, texts), limits))
                .as("tags in place of texts")
                .isInstanceOf(HeaderLimitException.class);
    }

    @Test
    void rows_x_columns() {
        assertThatThrownBy(() -> PixelFormat.of(PixelFiles.header(9, 8), SMALL))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("9 rows x 8 columns")
                .hasMessageContaining("rigatino.dicom.limits.frame-samples");
    }

    @Test
    void rows_x_columns_x_frames() throws Exception {
        assertThat(PixelFormat.of(PixelFiles.header(8, 8).put(Tag.NumberOfFrames, 2), SMALL)
                        .frames())
                .isEqualTo(2);
        assertThatThrownBy(() -> PixelFormat.of(PixelFiles.header(8, 8).put(Tag.NumberOfFrames, 3), SMALL))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("3 frames")
                .hasMessageContaining("rigatino.dicom.limits.instance-samples");
        assertThatThrownBy(() -> PixelFormat.of(
                        PixelFiles.header(8, 8).put(Tag.NumberOfFrames, Integer.MAX_VALUE), ReadLimits.DEFAULT))
                .hasMessageContaining("rigatino.dicom.limits.instance-samples");
    }

    /** A few kilobytes that become a megabyte. */
    @Test
    void decompressed_size() throws Exception {
        Path bomb = folder.resolve("bomb.dcm");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(new FileMeta("1.2.840.10008.5.1.4.1.1.7", "1.2.3", TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)
                .encode());
        try (DataOutputStream deflated = new DataOutputStream(new DeflaterOutputStream(file, new Deflater(9, true)))) {
            deflated.write(new byte[] {0x08, 0, (byte) 0x80, 0, 'U', 'N', 0, 0, 0, 0, 0x10, 0});
            deflated.write(new byte[1 << 20]);
        }
        Files.write(bomb, file.toByteArray());
        assertThat(Files.size(bomb)).isLessThan(4 * KIB);
        assertThatThrownBy(() -> DatasetFile.open(bomb, Tag.PixelData, SMALL))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("more than 65536 bytes (rigatino.dicom.limits.inflated-length)");
    }

    @Test
    void more_frame_offsets_than_fragments() throws Exception {
        Path file = PixelFiles.write(folder, PixelFiles.header(4, 4).put(Tag.NumberOfFrames, 2));
        byte[] header = Files.readAllBytes(file);
        ByteBuffer pixels = ByteBuffer.allocate(12 + 8 + 4000 + 3 * 8 + 8).order(ByteOrder.LITTLE_ENDIAN);
        pixels.putInt(0x00107FE0).put(new byte[] {'O', 'B', 0, 0}).putInt(-1);
        pixels.putInt(0xE000FFFE).putInt(4000).put(new byte[4000]);
        for (int i = 0; i < 3; i++) {
            pixels.putInt(0xE000FFFE).putInt(0);
        }
        pixels.putInt(0xE0DDFFFE).putInt(0);
        String jpegBaseline = "1.2.840.10008.1.2.4.50";
        byte[] meta = new FileMeta("1.2.840.10008.5.1.4.1.1.4", "2.25.3", jpegBaseline).encode();
        byte[] body = java.util.Arrays.copyOfRange(header, metaLength(header), header.length);
        Files.write(file, concat(meta, body, pixels.array()));
        assertThatThrownBy(() -> PixelData.open(file))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("more frame offsets than fragments");
    }

    private static int metaLength(byte[] file) {
        return 132
                + 12
                + ByteBuffer.wrap(file, 140, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private static Dataset read(byte[] implicitLittleEndian) throws IOException {
        return read(implicitLittleEndian, SMALL);
    }

    private static Dataset read(byte[] implicitLittleEndian, ReadLimits limits) throws IOException {
        return new Dataset(new DatasetReader(
                        new ByteArrayInputStream(implicitLittleEndian),
                        TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
                        -1,
                        limits)
                .read());
    }

    private static byte[] element(int tag, byte[] value) {
        byte[] element = element(tag >>> 16, tag & 0xFFFF, value.length);
        System.arraycopy(value, 0, element, 8, value.length);
        return element;
    }

    private static byte[] element(int group, int element, int length) {
        return ByteBuffer.allocate(8 + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) group)
                .putShort((short) element)
                .putInt(length)
                .array();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
