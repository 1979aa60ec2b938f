package org.rigatino.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Slow;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;

/** Luminance of ITU-R BT.601 worked out by hand: 0.299 R + 0.587 G + 0.114 B. */
@Slow
class ColourFramesTest {
    private static final Path SAMPLES = Path.of("../shared/data/dicom");
    private static final int SIDE = 16;
    private static final int[][] COLOURS = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {200, 100, 50}};
    private static final float[] GRAYS = {76.245f, 149.685f, 29.07f, 124.2f};

    @TempDir
    Path folder;

    private static Frame frame(Path file) throws IOException {
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            return frames.frame(1);
        }
    }

    private Frame frame(Dataset dataset) throws IOException {
        return frame(PixelFiles.write(folder, dataset));
    }

    /** One row. */
    private static Dataset row(String photometric, int planar, int... samples) {
        byte[] bytes = new byte[samples.length + samples.length % 2];
        for (int i = 0; i < samples.length; i++) {
            bytes[i] = (byte) samples[i];
        }
        int columns = photometric.equals("YBR_FULL_422") ? samples.length / 2 : samples.length / 3;
        return PixelFiles.fundus("2.25.3", 1, bytes)
                .put(Tag.Columns, columns)
                .put(Tag.PhotometricInterpretation, photometric)
                .put(Tag.PlanarConfiguration, planar);
    }

    @Test
    void colourIsReadAsItsLuminanceHoweverItLies() throws IOException {
        float[] two = {76.245f, 124.2f};
        assertThat(frame(row("RGB", 0, 255, 0, 0, 200, 100, 50)).values()).containsExactly(two, within(1e-3f));
        assertThat(frame(row("RGB", 1, 255, 200, 0, 100, 0, 50)).values()).containsExactly(two, within(1e-3f));
        assertThat(frame(row("YBR_FULL", 0, 76, 85, 255, 124, 86, 182)).values())
                .containsExactly(76, 124);
        assertThat(frame(row("YBR_FULL", 1, 76, 124, 85, 86, 255, 182)).values())
                .containsExactly(76, 124);
        assertThat(frame(row("YBR_FULL_422", 0, 76, 124, 85, 200)).values()).containsExactly(76, 124);
    }

    @Test
    void grayInColourStaysWhatItIsAndIsShownAsItIs() throws IOException {
        Frame frame = frame(row("RGB", 0, 77, 77, 77, 255, 255, 255, 255, 0, 0));
        assertThat(frame.values()).startsWith(77, 255);
        assertThat(frame.display()).containsExactly(77, (byte) 255, 76);
    }

    /** PS3.3 C.11.1, C.11.2, C.7.5.1.1.2: of gray images. */
    @Test
    void rescaleWindowPaddingAndShapeAreNotOfColour() throws IOException {
        Dataset dataset = row("RGB", 0, 10, 10, 10, 200, 200, 200)
                .put(Tag.RescaleSlope, "2")
                .put(Tag.RescaleIntercept, "-7")
                .put(Tag.WindowCenter, "10")
                .put(Tag.WindowWidth, "2")
                .put(Tag.PixelPaddingValue, 200)
                .put(Tag.PresentationLUTShape, "INVERSE");
        Frame frame = frame(dataset);
        assertThat(frame.values()).containsExactly(10, 200);
        assertThat(frame.display()).containsExactly(10, (byte) 200);
        assertThat(SharedDisplay.of(dataset, frame, new float[] {30, 300})).containsExactly(30, (byte) 255);
        StoredValues stored = StoredValues.of(dataset, 1, new float[] {30.4f, 300});
        assertThat(stored.samples()).containsExactly((short) 30, (short) 255);
        assertThat(stored.slope()).isEqualTo(1);
        assertThat(stored.intercept()).isZero();
        assertThat(VoiAttributes.of(dataset, dataset, 1, frame.values()).doubles(Tag.WindowWidth))
                .containsExactly(256);
    }

    @ParameterizedTest
    @CsvSource({
        "PALETTE COLOR, 1, 8",
        "YBR_PARTIAL_420, 3, 8",
        "ARGB, 3, 8",
        "RGB, 3, 16",
        "RGB, 1, 8",
        "MONOCHROME2, 3, 8",
        "YBR_ICT, 3, 8",
        "YBR_RCT, 3, 8"
    })
    void whatLuminanceIsNotKnownOfIsRefusedByName(String photometric, int samples, int bits) {
        Dataset dataset = PixelFiles.fundus("2.25.3", 2, new byte[4 * samples * bits / 8])
                .put(Tag.PhotometricInterpretation, photometric)
                .put(Tag.SamplesPerPixel, samples)
                .put(Tag.BitsAllocated, bits)
                .put(Tag.BitsStored, bits)
                .put(Tag.HighBit, bits - 1);
        assertThatThrownBy(() -> frame(dataset)).hasMessageContaining("photometric-interpretation: " + photometric);
    }

    @Test
    void subsampledColourInPlanesIsRefused() {
        assertThatThrownBy(() -> frame(row("YBR_FULL_422", 1, 76, 124, 85, 200)))
                .hasMessageContaining("photometric-interpretation: YBR_FULL_422 with Planar Configuration 1");
    }

    /** Pairs of pixels share their chrominance; JPEG fills up what is no pair. */
    @Test
    void anOddNumberOfColumnsIsReadWhereItIsCompressedAndRefusedWhereItIsNot() throws Exception {
        Tool.assumeInstalled("dcmcjpeg", "gdcmconv");
        byte[] rgb = new byte[15 * 15 * 3 + 1];
        Arrays.fill(rgb, (byte) 90);
        Path plain = PixelFiles.write(folder, PixelFiles.fundus("2.25.3", 15, rgb));
        Path jpeg = folder.resolve("odd.dcm");
        Tool.runSuccessfully("dcmcjpeg", "+eb", plain.toString(), jpeg.toString());
        assertThat(Dataset.readHeader(jpeg).require(Tag.PhotometricInterpretation))
                .isEqualTo("YBR_FULL_422");
        assertThat(frame(jpeg).values()).hasSize(225).containsOnly(90);
        assertThatThrownBy(() -> frame(row("YBR_FULL_422", 0, 1, 2, 3, 4, 5, 6)))
                .hasMessageContaining("chrominance subsampling");
    }

    /** Four bars. */
    private Path bars() throws IOException {
        byte[] rgb = new byte[SIDE * SIDE * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) COLOURS[i / 3 % SIDE / 4][i % 3];
        }
        return PixelFiles.write(folder, PixelFiles.fundus("2.25.3", SIDE, rgb));
    }

    private Path encoded(String command) throws Exception {
        Path out = folder.resolve("encoded.dcm");
        String[] words = (command + " " + bars() + " " + out).split(" ");
        Tool.assumeInstalled(words[0], "gdcmconv", "dcmdjpls", "dcmodify");
        Tool.runSuccessfully(words);
        return out;
    }

    private static void assertBars(Path file, float difference) throws IOException {
        float[] values = frame(file).values();
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo(GRAYS[i % SIDE / 4], within(difference));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dcmcrle, RGB, 0.001",
        "dcmcjpls, RGB, 0.001",
        "dcmcjpeg +e1, RGB, 0.001",
        "dcmcjpeg +eb +cr, RGB, 6",
        "dcmcjpeg +eb, YBR_FULL_422, 6",
        "dcmcjpeg +eb +s4, YBR_FULL, 6",
        "gdcmconv --j2k, RGB, 0.001",
        "gdcmconv --jpegls, RGB, 0.001",
        "gdcmconv --rle, RGB, 0.001"
    })
    void everyEncodingGivesTheLuminanceOfItsColours(String command, String photometric, float difference)
            throws Exception {
        Path file = encoded(command);
        assertThat(Dataset.readHeader(file).require(Tag.PhotometricInterpretation))
                .isEqualTo(photometric);
        assertBars(file, difference);
    }

    /** Many encoders leave RGB where they transform, and the decoder undoes it all the same (PS3.5 8.2.4). */
    @Test
    void transformedJpeg2000IsRgbWhateverOfTheTwoItsHeaderSaysAndNothingElse() throws Exception {
        Path transformed = SAMPLES.resolve("wg04/J2KR/US1_J2KR.dcm");
        assumeTrue(Files.isRegularFile(transformed), "absent: " + transformed);
        Tool.assumeInstalled("gdcmconv", "dcmodify");
        Path original = folder.resolve("original.dcm");
        Tool.runSuccessfully("gdcmconv", "-w", transformed.toString(), original.toString());
        float[] expected = frame(original).values();
        assertThat(Dataset.readHeader(original).require(Tag.PhotometricInterpretation))
                .isEqualTo("RGB");
        assertThat(frame(transformed).values()).isEqualTo(expected);
        Path copy = Files.copy(transformed, folder.resolve("copy.dcm"));
        relabel(copy, "RGB");
        assertThat(frame(copy).values()).isEqualTo(expected);
        relabel(copy, "YBR_FULL");
        assertThatThrownBy(() -> frame(copy)).hasMessageContaining("has a multiple component transformation");
    }

    /** The decoder believes the header, and would give the wrong gray. */
    @ParameterizedTest
    @CsvSource({
        "dcmcjpeg +eb, RGB",
        "dcmcjpeg +eb +s4, RGB",
        "dcmcjpeg +eb, YBR_ICT",
        "dcmcjpeg +eb +cr, YBR_FULL",
        "dcmcjpeg +eb +cr, YBR_FULL_422",
        "gdcmconv --j2k, YBR_RCT",
        "gdcmconv --j2k, YBR_ICT",
        "dcmcrle, YBR_RCT",
        "dcmcjpls, YBR_ICT"
    })
    void aBitstreamOfOtherColoursThanTheHeaderSaysIsRefused(String command, String photometric) throws Exception {
        Path file = encoded(command);
        relabel(file, photometric);
        assertThatThrownBy(() -> frame(file))
                .hasMessageContaining("photometric-interpretation: the header says " + photometric);
    }

    private static void relabel(Path file, String photometric) throws Exception {
        Tool.runSuccessfully("dcmodify", "-nb", "-m", "0028,0004=" + photometric, file.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SC_rgb_jpeg_gdcm",
                "SC_rgb_gdcm_KY",
                "SC_rgb_dcmtk_+eb+cy+n1",
                "SC_rgb_dcmtk_+eb+cy+n2",
                "SC_rgb_dcmtk_+eb+cy+s4",
                "SC_ybr_full_uncompressed",
                "SC_ybr_full_422_uncompressed",
                "SC_rgb_jpeg_dcmtk",
                "SC_rgb_rle",
                "SC_rgb_dcmtk_+eb+cr",
                "SC_rgb_jpeg_lossy_gdcm",
                "SC_rgb_expb"
            })
    void foreignEncodersOfOneImageAgree(String name) throws IOException {
        Path samples = SAMPLES.resolve("single");
        assumeTrue(Files.isDirectory(samples), "absent: " + samples);
        Tool.assumeInstalled("gdcmconv", "dcmdjpls");
        float[] expected = frame(samples.resolve("SC_rgb.dcm")).values();
        float[] found = frame(samples.resolve(name + ".dcm")).values();
        for (int row = 5; row < 100; row += 10) {
            assertThat(found[row * 100 + 50]).isCloseTo(expected[row * 100 + 50], within(1f));
        }
    }
}
