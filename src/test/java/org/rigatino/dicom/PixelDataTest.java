package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelDataTest {
    @TempDir
    Path folder;

    private static int[] frame(Path file, int number) throws DicomException {
        try (PixelData pixels = PixelData.open(file)) {
            return pixels.frame(number);
        }
    }

    @Test
    void extendsTheSignOfBitsStoredAndDropsTheBitsAround() throws IOException {
        Dataset dataset = PixelFiles.header(1, 4)
                .put(Tag.BitsStored, 12)
                .put(Tag.HighBit, 11)
                .put(Tag.PixelRepresentation, 1)
                .putPixels(PixelFiles.words(0x07FF, 0x0800, 0x0FFF, 0xF001));

        assertThat(frame(PixelFiles.write(folder, dataset), 1)).containsExactly(2047, -2048, -1, 1);
    }

    @Test
    void readsBitsStoredThatDoNotBeginAtTheLowestBit() throws IOException {
        Dataset dataset = PixelFiles.header(1, 2)
                .put(Tag.BitsStored, 12)
                .put(Tag.HighBit, 15)
                .putPixels(PixelFiles.words(0x1230, 0xFFFF));

        assertThat(frame(PixelFiles.write(folder, dataset), 1)).containsExactly(0x123, 0xFFF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
                TransferSyntax.EXPLICIT_VR_BIG_ENDIAN
            })
    void readsEachFrameOfSeveral(String transferSyntaxUid) throws IOException {
        Dataset dataset =
                PixelFiles.header(1, 2).put(Tag.NumberOfFrames, 3).putPixels(PixelFiles.words(1, 2, 3, 4, 500, 65535));
        Path file = PixelFiles.write(folder, dataset, transferSyntaxUid);

        assertThat(frame(file, 1)).containsExactly(1, 2);
        assertThat(frame(file, 3)).containsExactly(500, 65535);
    }

    @Test
    void readsOddlyLong8BitFrames() throws IOException {
        Dataset dataset = PixelFiles.header(1, 3)
                .put(Tag.BitsAllocated, 8)
                .put(Tag.BitsStored, 8)
                .put(Tag.HighBit, 7)
                .put(Tag.NumberOfFrames, 2)
                .putPixels(new byte[] {1, 2, 3, 4, 5, (byte) 200});

        assertThat(frame(PixelFiles.write(folder, dataset), 2)).containsExactly(4, 5, 200);
    }

    @Test
    void reads1BitFramesThatDoNotBeginOnBytes() throws IOException {
        Dataset dataset = PixelFiles.header(1, 5)
                .put(Tag.BitsAllocated, 1)
                .put(Tag.BitsStored, 1)
                .put(Tag.HighBit, 0)
                .put(Tag.NumberOfFrames, 2)
                .putPixels(new byte[] {(byte) 0b110_10011, 0b01});

        Path file = PixelFiles.write(folder, dataset);
        assertThat(frame(file, 1)).containsExactly(1, 1, 0, 0, 1);
        assertThat(frame(file, 2)).containsExactly(0, 1, 1, 1, 0);
    }

    @Test
    void takesTheMemoryOfOneFrameHoweverManyThereAre() throws IOException {
        int frames = 7_000;
        long length = frames * 512L * 512 * 2;
        byte[] head = PixelFiles.header(512, 512)
                .put(Tag.NumberOfFrames, frames)
                .encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST");
        Path file = folder.resolve("long.dcm");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(head);
            out.write(new byte[] {(byte) 0xE0, 0x7F, 0x10, 0, 'O', 'W', 0, 0});
            out.writeInt(Integer.reverseBytes((int) length));
            out.seek(out.getFilePointer() + length - 2);
            out.write(new byte[] {42, 0});
        }
        var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();

        assertThat(frame(file, frames)).endsWith(42);
        assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(16 << 20);
    }

    @Test
    void refusesFramesThatAreNotThereWhole() throws IOException {
        Dataset dataset = PixelFiles.header(2, 2).putPixels(PixelFiles.words(1, 2, 3));
        Path file = PixelFiles.write(folder, dataset);

        assertThatThrownBy(() -> PixelData.open(file))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("6 bytes where 1 frames of 2x2 need 8");
    }

    @Test
    void refusesFramesTooLargeToHold() throws IOException {
        Dataset dataset = PixelFiles.header(65535, 65535).putPixels(PixelFiles.words(1));
        Path file = PixelFiles.write(folder, dataset);

        assertThatThrownBy(() -> PixelData.open(file)).hasMessageContaining("is larger than");
    }

    @Test
    void refusesAnImpossibleFormat() throws IOException {
        Dataset dataset = PixelFiles.header(1, 1).put(Tag.BitsStored, 17).putPixels(PixelFiles.words(1));
        Path file = PixelFiles.write(folder, dataset);

        assertThatThrownBy(() -> PixelData.open(file)).hasMessageContaining("Bits Stored");
    }

    @Test
    void namesTheTransferSyntaxThatItDoesNotDecode() throws IOException {
        Path file = encapsulated("1.2.840.10008.1.2.4.102", PixelFiles.header(8, 8), new byte[16]);

        assertThatThrownBy(() -> PixelData.open(file)).hasMessageContaining("1.2.840.10008.1.2.4.102 is not decoded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.840.10008.1.2.4.50",
                "1.2.840.10008.1.2.4.51",
                "1.2.840.10008.1.2.4.70",
                "1.2.840.10008.1.2.4.80",
                "1.2.840.10008.1.2.4.90",
                "1.2.840.10008.1.2.4.201",
                "1.2.840.10008.1.2.5"
            })
    @Timeout(150)
    void refusesABitstreamOfNoise(String transferSyntaxUid) throws IOException {
        Tool.assumeInstalled("gdcmconv", "dcmdjpls");
        byte[] noise = new byte[4096];
        new Random(7).nextBytes(noise);
        Path file = encapsulated(transferSyntaxUid, PixelFiles.header(64, 64), noise);

        assertThatThrownBy(() -> frame(file, 1))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining(transferSyntaxUid);
    }

    @Test
    @Timeout(150)
    void refusesACodestreamThatAsksForMoreMemoryThanThereIs() throws IOException {
        Tool.assumeInstalled("gdcmconv");
        Path sample = SampleDicom.file("wg04/J2KR/MR4_J2KR.dcm");
        byte[] bytes = Files.readAllBytes(sample);
        int size = indexOf(bytes, new byte[] {(byte) 0xFF, 0x4F, (byte) 0xFF, 0x51});
        for (int field : new int[] {8, 12, 24, 28}) {
            Arrays.fill(bytes, size + field, size + field + 4, (byte) 0x7F);
        }
        Path file = Files.write(folder.resolve("huge.dcm"), bytes);

        assertThatThrownBy(() -> frame(file, 1)).isInstanceOf(DicomException.class);
    }

    private Path encapsulated(String transferSyntaxUid, Dataset header, byte[] bitstream) throws IOException {
        byte[] head = header.encode(transferSyntaxUid, "TEST");
        Path file = Files.createTempFile(folder, "encapsulated", ".dcm");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(head);
            out.write(new byte[] {(byte) 0xE0, 0x7F, 0x10, 0, 'O', 'B', 0, 0, -1, -1, -1, -1});
            out.write(new byte[] {(byte) 0xFE, (byte) 0xFF, 0, (byte) 0xE0, 0, 0, 0, 0});
            out.write(new byte[] {(byte) 0xFE, (byte) 0xFF, 0, (byte) 0xE0});
            out.writeInt(Integer.reverseBytes(bitstream.length));
            out.write(bitstream);
            out.write(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xDD, (byte) 0xE0, 0, 0, 0, 0});
        }
        return file;
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError("no codestream");
    }

    /** A directory is opened and not read, as where a disk fails. */
    @Test
    void pixelsThatTheFileSystemDoesNotGiveAreNotTakenForDamaged() throws Exception {
        try (FileChannel channel = FileChannel.open(folder)) {
            assertThatThrownBy(() -> NativeFrames.read(channel, 0, 1))
                    .isInstanceOfSatisfying(UnavailableFileException.class, unavailable -> assertThat(
                                    unavailable.in(folder.resolve("7.dcm")))
                            .hasMessage("the file system does not give 7.dcm: Is a directory"));
        }
    }
}
