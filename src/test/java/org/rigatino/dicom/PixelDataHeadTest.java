package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** VR and length of Pixel Data against what the header says, before a pixel is believed. */
class PixelDataHeadTest {
    private static final String IMPLICIT = TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
    private static final String LITTLE = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    private static final String BIG = TransferSyntax.EXPLICIT_VR_BIG_ENDIAN;
    private static final String RLE = "1.2.840.10008.1.2.5";
    private static final String JPEG = "1.2.840.10008.1.2.4.70";

    @TempDir
    Path folder;

    private Path file(String syntax, Dataset header, Elements pixels) throws IOException {
        return Files.write(
                Files.createTempFile(folder, "head", ".dcm"),
                Elements.implicit()
                        .raw(header.encode(syntax, "TEST"))
                        .raw(pixels.bytes())
                        .bytes());
    }

    private static Dataset header(int bits) {
        return PixelFiles.header(2, 2)
                .put(Tag.BitsAllocated, bits)
                .put(Tag.BitsStored, bits)
                .put(Tag.HighBit, bits - 1);
    }

    private void refused(String syntax, Dataset header, Elements pixels, String message) throws IOException {
        Path file = file(syntax, header, pixels);
        assertThatThrownBy(() -> PixelData.open(file).close())
                .isInstanceOf(DicomException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        IMPLICIT + ", OW, 16, 8",
        LITTLE + ", OW, 16, 8",
        LITTLE + ", OB, 16, 8",
        LITTLE + ", UN, 16, 8",
        LITTLE + ", OB, 8, 4",
        LITTLE + ", OW, 8, 4",
        BIG + ", OW, 16, 8",
        BIG + ", OB, 8, 4",
        BIG + ", OB, 16, 8",
        BIG + ", OW, 8, 4",
        LITTLE + ", OW, 32, 16",
    })
    void representationsThatSayWhatTheFrameIsAreRead(String syntax, String vr, int bits, int length)
            throws IOException {
        Path file = file(syntax, header(bits), Elements.in(syntax).put(Tag.PixelData, vr, new byte[length]));
        try (PixelData pixels = PixelData.open(file)) {
            assertThat(pixels.frame(1)).containsOnly(0).hasSize(4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        LITTLE + ", US, 8",
        LITTLE + ", SQ, 8",
        LITTLE + ", OF, 8",
        LITTLE + ", UT, 8",
        BIG + ", UN, 8",
    })
    void representationsThatDoNotAreRefused(String syntax, String vr, int length) throws IOException {
        refused(syntax, header(16), Elements.in(syntax).put(Tag.PixelData, vr, new byte[length]), "VR");
    }

    @ParameterizedTest
    @ValueSource(strings = {IMPLICIT, LITTLE, BIG})
    void lengthIsThatOfTheFrames(String syntax) throws IOException {
        for (int length : new int[] {0, 2, 6, 9, 16, 4096}) {
            refused(
                    syntax,
                    header(16),
                    Elements.in(syntax).put(Tag.PixelData, "OW", new byte[length]),
                    length + " bytes where 1 frames of 2x2 need 8");
        }
        refused(
                syntax,
                header(16),
                Elements.in(syntax).head(Tag.PixelData, "OW", 8).raw(new byte[6]),
                "6 bytes where 1 frames of 2x2 need 8");
    }

    @Test
    void paddingIsOfZerosAndShorterThanAFrame() throws IOException {
        byte[] padded = new byte[12];
        try (PixelData pixels =
                PixelData.open(file(LITTLE, header(16), Elements.in(LITTLE).put(Tag.PixelData, "OW", padded)))) {
            assertThat(pixels.frame(1)).hasSize(4);
        }
        padded[11] = 1;
        refused(LITTLE, header(16), Elements.in(LITTLE).put(Tag.PixelData, "OW", padded), "12 bytes where");
    }

    @Test
    void oneByteOfPaddingEndsAnOddLength() throws IOException {
        Dataset odd = header(8).put(Tag.Rows, 3).put(Tag.Columns, 1);
        for (int length : new int[] {3, 4}) {
            Path file = file(LITTLE, odd, Elements.in(LITTLE).put(Tag.PixelData, "OB", new byte[length]));
            try (PixelData pixels = PixelData.open(file)) {
                assertThat(pixels.frame(1)).hasSize(3);
            }
        }
        refused(
                LITTLE,
                odd,
                Elements.in(LITTLE).put(Tag.PixelData, "OB", new byte[] {1, 2, 3, 4, 5, 6}),
                "6 bytes where");
    }

    @ParameterizedTest
    @ValueSource(strings = {IMPLICIT, LITTLE, BIG})
    void fragmentsUnderANativeSyntaxAreRefused(String syntax) throws IOException {
        Elements pixels = Elements.in(syntax)
                .head(Tag.PixelData, "OB", Elements.UNDEFINED)
                .mark(0xFFFEE000, 0)
                .mark(0xFFFEE000, 8)
                .raw(new byte[8])
                .mark(0xFFFEE0DD, 0);
        refused(syntax, header(16), pixels, "has fragments");
    }

    @Test
    void pixelsWithALengthUnderAnEncapsulatedSyntaxAreRefused() throws IOException {
        refused(RLE, header(16), Elements.in(LITTLE).put(Tag.PixelData, "OW", new byte[8]), "has a length of 8");
        Elements other = Elements.in(LITTLE)
                .head(Tag.PixelData, "UT", Elements.UNDEFINED)
                .mark(0xFFFEE0DD, 0);
        refused(RLE, header(16), other, "no VR of OB");
    }

    /** The dataset is encoded otherwise than its transfer syntax says, with and without something behind the pixels. */
    @Test
    void implicitUnderExplicitAndExplicitUnderImplicitAreRefused() throws IOException {
        for (byte[] behind : new byte[][] {{}, new byte[4000]}) {
            Elements implicit =
                    Elements.implicit().put(Tag.PixelData, "OW", new byte[8]).raw(behind);
            refused(LITTLE, header(16), implicit, "no VR of OB or OW");
            Elements explicit =
                    Elements.in(LITTLE).put(Tag.PixelData, "OW", new byte[8]).raw(behind);
            refused(IMPLICIT, header(16), explicit, "bytes where");
            Path whole = Files.write(
                    folder.resolve("whole.dcm"),
                    Elements.implicit()
                            .raw(new FileMeta("1.2.840.10008.5.1.4.1.1.4", "2.25.3", IMPLICIT).encode())
                            .raw(header(16).putPixels(new short[4]).encodeWithoutFileMeta(LITTLE))
                            .raw(behind)
                            .bytes());
            assertThatThrownBy(() -> PixelData.open(whole)).isInstanceOf(DicomException.class);
        }
    }

    @Test
    void pixelsThatAreThereTwiceAreRefused() throws IOException {
        Elements twice =
                Elements.in(LITTLE).put(Tag.PixelData, "OW", new byte[8]).put(Tag.PixelData, "OW", new byte[8]);
        refused(LITTLE, header(16), twice, "followed by more of group 7FE0");
        Elements padded =
                Elements.in(LITTLE).put(Tag.PixelData, "OW", new byte[8]).put(0xFFFCFFFC, "OB", new byte[8]);
        try (PixelData pixels = PixelData.open(file(LITTLE, header(16), padded))) {
            assertThat(pixels.frame(1)).hasSize(4);
        }
    }

    /** What stands behind the pixels counts there too (PS3.5 A.5). */
    @Test
    void aDeflatedDatasetIsReadAsItIsInflated() throws IOException {
        Elements once = Elements.in(LITTLE).put(Tag.PixelData, "OW", new byte[12]);
        try (PixelData pixels = PixelData.open(deflated(once))) {
            assertThat(pixels.frame(1)).as("padded").hasSize(4);
        }
        Path twice = deflated(
                Elements.in(LITTLE).put(Tag.PixelData, "OW", new byte[8]).put(Tag.PixelData, "OW", new byte[8]));
        assertThatThrownBy(() -> PixelData.open(twice).close())
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("followed by more of group 7FE0");
    }

    private Path deflated(Elements pixels) throws IOException {
        String syntax = TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN;
        byte[] plain = Files.readAllBytes(file(LITTLE, header(16), pixels));
        int dataset =
                144 + ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN).getInt(140);
        InputStream rest = new ByteArrayInputStream(plain, dataset, plain.length - dataset);
        return Files.write(
                folder.resolve("deflated.dcm"),
                Elements.implicit()
                        .raw(new FileMeta("1.2.840.10008.5.1.4.1.1.7", "2.25.1", syntax).encode())
                        .raw(new DeflaterInputStream(rest, new Deflater(9, true)).readAllBytes())
                        .bytes());
    }

    /** Those of an icon are no pixels of the image (PS3.3 C.7.6.1.1.6). */
    @Test
    void pixelsOfAnItemAreNotThoseOfTheImage() throws IOException {
        Elements icon = Elements.in(LITTLE).put(Tag.PixelData, "OW", new byte[8]);
        Elements sequence = Elements.in(LITTLE)
                .put(0x00880200, "SQ", Elements.in(LITTLE).item(icon).bytes());
        refused(LITTLE, header(16), sequence, "holds no Pixel Data");
        try (PixelData pixels = PixelData.open(file(
                LITTLE,
                header(16),
                sequence.put(Tag.PixelData, "OW", Elements.shorts(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4))))) {
            assertThat(pixels.frame(1)).containsExactly(1, 2, 3, 4);
        }
    }

    /** Two frames in a file that says one, one in a file that says two or three; fragments, and offsets that fit none. */
    @Test
    void numberOfFragmentsIsThatOfTheFrames() throws IOException {
        byte[] start = {(byte) 0xFF, (byte) 0xD8, 1, 2};
        byte[] more = {1, 2, 3, 4};
        String[] syntaxes = {JPEG, RLE};
        for (String syntax : syntaxes) {
            refused(syntax, header(16), fragments(new byte[0], start, start), "holds 2 frames where");
            refused(syntax, header(16).put(Tag.NumberOfFrames, 2), fragments(new byte[0], start), "holds 1 frames");
        }
        byte[] segments = {1, 0, 0, 0, 64, 0, 0, 0};
        refused(RLE, header(16), fragments(new byte[0], segments, segments), "holds 2 frames where");
        PixelData.open(file(RLE, header(16), fragments(new byte[0], segments, more)))
                .close();
        Dataset two = header(16).put(Tag.NumberOfFrames, 2);
        refused(JPEG, two, fragments(new byte[0], start, more, more), "holds 1 frames where");
        refused(JPEG, two, fragments(new byte[] {0, 0, 0, 0, 7, 0, 0, 0}, start, more, more), "holds 1 frames where");
        PixelData.open(file(JPEG, header(16), fragments(new byte[0], start, more)))
                .close();
        PixelData.open(file(JPEG, two, fragments(new byte[] {0, 0, 0, 0, 24, 0, 0, 0}, start, more, start)))
                .close();
    }

    private static Elements fragments(byte[] offsets, byte[]... fragments) {
        Elements pixels = Elements.in(LITTLE)
                .head(Tag.PixelData, "OB", Elements.UNDEFINED)
                .mark(0xFFFEE000, offsets.length)
                .raw(offsets);
        for (byte[] fragment : fragments) {
            pixels.mark(0xFFFEE000, fragment.length).raw(fragment);
        }
        return pixels.mark(0xFFFEE0DD, 0);
    }
}
