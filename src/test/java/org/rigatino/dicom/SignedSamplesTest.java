package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two's complement of 12 bits in 16 (PS3.5 8.1.1), as other people's encoders compress it. */
class SignedSamplesTest {
    private static final int SIDE = 16;

    /** All the way from -2048 to 2032. */
    private static final int[] VALUES =
            IntStream.range(0, SIDE * SIDE).map(i -> 16 * i - 2048).toArray();

    @TempDir
    Path folder;

    @BeforeEach
    void needTools() {
        Tool.assumeInstalled("gdcmconv", "dcmcjpeg", "dcmcjpls", "dcmdjpls", "dcmodify");
    }

    /** @param bits that hold a value; what lies above them is 0 */
    private Path compressed(String tool, int bitsStored, int bits) throws Exception {
        int mask = (1 << bits) - 1;
        Path plain = PixelFiles.write(
                folder,
                PixelFiles.header(SIDE, SIDE)
                        .put(Tag.PixelRepresentation, 1)
                        .put(Tag.BitsStored, bitsStored)
                        .put(Tag.HighBit, bitsStored - 1)
                        .putPixels(PixelFiles.words(
                                Arrays.stream(VALUES).map(value -> value & mask).toArray())));
        Path compressed = folder.resolve("compressed.dcm");
        String[] command = tool.split(" ");
        if (command.length > 1) {
            Tool.runSuccessfully(command[0], command[1], plain.toString(), compressed.toString());
        } else {
            Tool.runSuccessfully(command[0], plain.toString(), compressed.toString());
        }
        return compressed;
    }

    private static int[] samples(Path file) throws IOException {
        try (PixelData pixels = PixelData.open(file)) {
            return pixels.frame(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gdcmconv --jpeg",
                "gdcmconv --jpegls",
                "gdcmconv --j2k",
                "gdcmconv --rle",
                "dcmcjpeg +e1",
                "dcmcjpls"
            })
    void negativeValuesAreNegativeHoweverTheyWereStored(String tool) throws Exception {
        for (int bits : new int[] {12, 16}) {
            assertThat(samples(compressed(tool, 12, bits))).as("%d bits", bits).containsExactly(VALUES);
        }
    }

    /** The codestream has 16 bits, of which the header says that 12 are the value: is 4095 that, or -1? */
    @Test
    void aBitstreamWithValuesThatTheHeaderHasNoBitsForIsRefused() throws Exception {
        Path file = compressed("gdcmconv --j2k", 16, 12);
        Tool.runSuccessfully("dcmodify", "-nb", "-m", "0028,0101=12", "-m", "0028,0102=11", file.toString());
        assertThat(Files.exists(file)).isTrue();

        assertThatThrownBy(() -> samples(file))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("Bits Stored 12");
    }

    /** As an old overlay lies in unused bits; the codestream keeps them. */
    @ParameterizedTest
    @ValueSource(strings = {"gdcmconv --jpeg", "gdcmconv --jpegls", "gdcmconv --j2k", "gdcmconv --rle"})
    void bitsAboveThoseStoredAreNoPartOfAValueWithoutSign(String tool) throws Exception {
        int[] values = IntStream.range(0, SIDE * SIDE).map(i -> 16 * i).toArray();
        int[] marked = Arrays.stream(values)
                .map(value -> value % 64 == 0 ? value | 0x1000 : value)
                .toArray();
        Path plain = PixelFiles.write(
                folder,
                PixelFiles.header(SIDE, SIDE)
                        .put(Tag.BitsStored, 16)
                        .put(Tag.HighBit, 15)
                        .putPixels(PixelFiles.words(marked)));
        Path compressed = folder.resolve("marked.dcm");
        String[] command = tool.split(" ");
        Tool.runSuccessfully(command[0], command[1], plain.toString(), compressed.toString());
        Tool.runSuccessfully("dcmodify", "-nb", "-m", "0028,0101=12", "-m", "0028,0102=11", compressed.toString());

        assertThat(samples(compressed)).containsExactly(values);
    }
}
