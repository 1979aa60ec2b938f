package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Pydicom;
import org.rigatino.dicom.SampleDicom;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;

/** Restored images of real sources, read back by our own reader and by programs that nobody here wrote. */
class RestoredImageTest {
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));
    private static final String CHECK = "src/test/resources/org/rigatino/result/read_gray.py";

    @TempDir
    Path folder;

    /** With nothing changed, the restored image is shown as its source is, pixel by pixel. */
    @ParameterizedTest
    @MethodSource("org.rigatino.dicom.SampleDicom#ofManyKinds")
    void isValidAndShownAsItsSource(String name) throws Exception {
        Path source = SampleDicom.file(name);
        try (InstanceFrames frames = InstanceFrames.open(source)) {
            Frame frame = frames.frame(1);
            EncodedObject object = encode(frames.header(), frame, frame.values());
            Path file = Files.write(folder.resolve("restored.dcm"), object.bytes());
            try (InstanceFrames restored = InstanceFrames.open(file)) {
                assertThat(unmarked(restored.frame(1).display(), frame)).isEqualTo(unmarked(frame.display(), frame));
                assertThat(restored.frame(1).plane()).usingRecursiveComparison().isEqualTo(frame.plane());
                double[] written = restored.header().doubles(Tag.PixelSpacing);
                frame.spacing().ifPresent(spacing -> assertThat(written)
                        .containsExactly(spacing.betweenRows(), spacing.betweenColumns()));
                assertThat(restored.header().string(Tag.Modality))
                        .isEqualTo(frames.header().string(Tag.Modality));
            }
            assertThat(errors(file)).isEmpty();
            readByPydicom(file);
        }
    }

    /** Zero where the mark lies. */
    private static byte[] unmarked(byte[] display, Frame frame) {
        RestoredMark mark = RestoredMark.of(frame.rows(), frame.columns());
        byte[] unmarked = display.clone();
        for (int i = 0; i < unmarked.length; i++) {
            unmarked[i] = mark.covers(i) ? 0 : unmarked[i];
        }
        return unmarked;
    }

    private static void readByPydicom(Path file) throws Exception {
        Pydicom.assumeInstalled();
        Tool.Result read = Pydicom.run("ignore", CHECK, List.of(file));
        assertThat(read.output().strip()).isEqualTo("no overlay plane");
    }

    private static List<String> errors(Path file) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        String said = Tool.run("dciodvfy", "-new", file.toString()).output();
        return said.lines().filter(line -> line.startsWith("Error")).toList();
    }

    private static EncodedObject encode(Dataset header, Frame frame, float[] values) throws IOException {
        ImageFinding finding = new ImageFinding(frame.reference(), ALGORITHM.digest(), 1, 50, false, new float[0]);
        return RestoredImage.encode(header, frame, values, finding, ALGORITHM, Configurations.of());
    }

    private EncodedObject encode(Dataset instance, float add) throws IOException {
        try (InstanceFrames frames = InstanceFrames.open(PixelFiles.write(folder, instance))) {
            Frame frame = frames.frame(1);
            float[] values = frame.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] += add;
            }
            return encode(frames.header(), frame, values);
        }
    }

    private static Dataset flair() {
        short[] pixels = new short[64 * 64];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) (i % 4000);
        }
        return PixelFiles.flair("2.25.9", 64, pixels);
    }

    @Test
    void keepsTheSopClassWhereTheSourceHasWhatItsIodAsksFor() throws IOException {
        Dataset whole = flair().put(Tag.ScanningSequence, "SE", "IR").put(Tag.SequenceVariant, "SK");
        EncodedObject image = encode(whole, 0);
        assertThat(image.sopClassUid()).isEqualTo("1.2.840.10008.5.1.4.1.1.4");
        Path file = Files.write(folder.resolve("mr.dcm"), image.bytes());
        assertThat(Dataset.readHeader(file).strings(Tag.ImageType)).containsExactly("DERIVED", "SECONDARY", "OTHER");
        EncodedObject without = encode(flair(), 0);
        assertThat(Dataset.readHeader(file).string(Tag.SeriesDescription))
                .contains("RESTORED brain-flair 1, not for diagnosis");
        assertThat(without.sopClassUid()).isEqualTo(SecondaryCapture.SOP_CLASS_UID);
        assertThat(Dataset.readHeader(Files.write(folder.resolve("sc.dcm"), without.bytes()))
                        .string(Tag.Modality))
                .contains("MR");
    }

    /** What the model drew is no difference of two images. */
    @Test
    void isNotCodedAsASubtraction() throws IOException {
        Path file = Files.write(folder.resolve("sc.dcm"), encode(flair(), 0).bytes());
        assertThat(Dataset.readHeader(file).contains(Tag.DerivationCodeSequence))
                .isFalse();
        assertThat(Dataset.readHeader(file).items(Tag.SourceImageSequence)).hasSize(1);
    }

    /** Pixel Spacing is Type 1 of an MR Image, and a CT Image has 12 bits or more (PS3.3 C.7.6.2, C.8.2.1). */
    @Test
    void whatItsIodDoesNotTakeIsASecondaryCapture() throws Exception {
        Dataset whole = flair().put(Tag.ScanningSequence, "SE").put(Tag.SequenceVariant, "SK");
        whole.put(Tag.ImagerPixelSpacing, "1", "1").put(Tag.PixelSpacing, new String[0]);
        Dataset few = flair().put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2")
                .put(Tag.Modality, "CT")
                .put(Tag.RescaleIntercept, "0")
                .put(Tag.RescaleSlope, "1")
                .put(Tag.BitsStored, 11)
                .put(Tag.HighBit, 10);
        for (Dataset source : List.of(whole, few)) {
            EncodedObject image = encode(source, 0);
            assertThat(image.sopClassUid()).isEqualTo(SecondaryCapture.SOP_CLASS_UID);
            assertThat(errors(Files.write(folder.resolve("sc.dcm"), image.bytes())))
                    .isEmpty();
        }
        assertThat(encode(few.put(Tag.BitsStored, 12).put(Tag.HighBit, 11), 0).sopClassUid())
                .isEqualTo("1.2.840.10008.5.1.4.1.1.2");
    }

    @Test
    void whatTheFormatCannotHoldIsCutOffAndNotWrappedAround() throws IOException {
        for (float add : new float[] {-5000, 5000}) {
            Path file =
                    Files.write(folder.resolve("cut.dcm"), encode(flair(), add).bytes());
            try (InstanceFrames frames = InstanceFrames.open(file)) {
                float[] values = frames.frame(1).values();
                RestoredMark mark = RestoredMark.of(64, 64);
                for (int i = 0; i < values.length; i++) {
                    assertThat(mark.covers(i) || values[i] == (add < 0 ? 0 : 4095))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void anInvertedRescaledSignedSourceComesBackWithItsValues() throws IOException {
        Dataset source = flair().put(Tag.PhotometricInterpretation, "MONOCHROME1")
                .put(Tag.PixelRepresentation, 1)
                .put(Tag.BitsStored, 16)
                .put(Tag.HighBit, 15)
                .put(Tag.RescaleSlope, "0.5")
                .put(Tag.RescaleIntercept, "-100");
        Path written = PixelFiles.write(folder, source);
        Path file =
                Files.write(folder.resolve("restored.dcm"), encode(source, 7).bytes());
        try (InstanceFrames before = InstanceFrames.open(written);
                InstanceFrames after = InstanceFrames.open(file)) {
            float[] was = before.frame(1).values();
            float[] is = after.frame(1).values();
            RestoredMark mark = RestoredMark.of(64, 64);
            for (int i = 0; i < was.length; i++) {
                assertThat(mark.covers(i) || is[i] == was[i] + 7).isTrue();
            }
        }
    }

    /** Letters white, their box black, whatever the format, the rescale and the window. */
    @ParameterizedTest
    @CsvSource({
        "MONOCHROME2, 16, 12, 0, 1, 0, 300, 200",
        "MONOCHROME2, 16, 12, 0, 1, 0, 3800, 10",
        "MONOCHROME2, 16, 12, 0, 1, 0, 5, 1",
        "MONOCHROME2, 16, 16, 1, 1, 0, 300, 600",
        "MONOCHROME2, 16, 16, 1, 2.5, -1024, 40, 80",
        "MONOCHROME2, 16, 10, 1, -3, 7, 100, 300",
        "MONOCHROME2, 8, 8, 0, 1, 0, 128, 256",
        "MONOCHROME1, 8, 8, 0, 1, 0, 40, 20",
        "MONOCHROME1, 16, 12, 0, 1, 0, 2000, 300",
        "MONOCHROME1, 16, 16, 1, 0.5, -100, -100, 30",
        "MONOCHROME1, 16, 14, 0, -2, 0, -900, 50",
    })
    void theMarkStandsOutInEveryWindow(
            String photometric,
            int allocated,
            int bits,
            int signed,
            String slope,
            String intercept,
            String center,
            String width)
            throws IOException {
        Dataset source = PixelFiles.header(128, 128)
                .put(Tag.PhotometricInterpretation, photometric)
                .put(Tag.BitsAllocated, allocated)
                .put(Tag.BitsStored, bits)
                .put(Tag.HighBit, bits - 1)
                .put(Tag.PixelRepresentation, signed)
                .put(Tag.RescaleSlope, slope)
                .put(Tag.RescaleIntercept, intercept)
                .put(Tag.WindowCenter, center)
                .put(Tag.WindowWidth, width);
        source = allocated == 8 ? source.putPixels(new byte[128 * 128]) : source.putPixels(new short[128 * 128]);
        Path file = Files.write(folder.resolve("marked.dcm"), encode(source, 0).bytes());
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            byte[] display = frames.frame(1).display();
            short[] mark = new short[128 * 128];
            RestoredMark.of(128, 128).burn(mark, (short) 1, (short) 2);
            for (int i = 0; i < mark.length; i++) {
                assertThat(mark[i] == 0 || (display[i] & 0xFF) == (mark[i] == 2 ? 255 : 0))
                        .as("pixel %d is %d where the mark is %d", i, display[i], mark[i])
                        .isTrue();
            }
        }
    }

    /** What stretches the values that occur, as previews do, shows the picture still. */
    @Test
    void theMarkReachesNoFurtherThanThePictureAndItsWindow() throws IOException {
        Dataset source = flair().put(Tag.BitsStored, 16)
                .put(Tag.HighBit, 15)
                .put(Tag.PixelRepresentation, 1)
                .put(Tag.WindowCenter, "600")
                .put(Tag.WindowWidth, "1000");
        Path file = Files.write(folder.resolve("marked.dcm"), encode(source, 0).bytes());
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            for (float value : frames.frame(1).values()) {
                assertThat(value).isBetween(0f, 3999f);
            }
        }
    }

    @Test
    void sameInputSameBytesAndOwnUids() throws IOException {
        EncodedObject once = encode(flair(), 1);
        assertThat(encode(flair(), 1)).usingRecursiveComparison().isEqualTo(once);
        assertThat(once.kind()).isEqualTo(ObjectKind.RESTORED_IMAGE);
        assertThat(once.sopInstanceUid()).startsWith("2.25.").isNotEqualTo("2.25.9");
    }
}
