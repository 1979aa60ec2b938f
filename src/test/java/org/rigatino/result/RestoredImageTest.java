package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.SampleDicom;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
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
    @ValueSource(
            strings = {
                "wg04/REF/CT1_UNC.dcm",
                "wg04/REF/MR1_UNC.dcm",
                "wg04/J2KI/CT2_J2KI.dcm",
                "single/gdcm-CR-MONO1-10-chest.dcm",
                "single/dx_image.dcm",
                "single/emri_small_RLE.dcm",
                "single/NM-MONO2-16-13x-heart.dcm",
                "edge/chrArab.dcm",
                "edge/chrH31.dcm",
                "edge/chrX1.dcm"
            })
    void isValidAndShownAsItsSource(String name) throws Exception {
        Path source = SampleDicom.file(name);
        try (InstanceFrames frames = InstanceFrames.open(source)) {
            Frame frame = frames.frame(1);
            EncodedObject object = encode(frames.header(), frame, frame.values());
            Path file = Files.write(folder.resolve("restored.dcm"), object.bytes());
            try (InstanceFrames restored = InstanceFrames.open(file)) {
                assertThat(restored.frame(1).display()).isEqualTo(frame.display());
                assertThat(restored.frame(1).plane()).usingRecursiveComparison().isEqualTo(frame.plane());
                assertThat(restored.frame(1).spacing()).isEqualTo(frame.spacing());
                assertThat(restored.header().string(Tag.Modality))
                        .isEqualTo(frames.header().string(Tag.Modality));
            }
            assertThat(errors(file)).isEmpty();
            readByPydicom(file);
        }
    }

    private static void readByPydicom(Path file) throws Exception {
        Tool.Result pydicom = Tool.run("/usr/bin/python3", "-c", "import numpy, pydicom");
        assumeTrue(pydicom.exitCode() == 0, "absent: python3-pydicom, python3-numpy");
        Tool.Result read = Tool.run("/usr/bin/python3", "-W", "ignore", CHECK, file.toString());
        assertThat(read.output().strip()).isEqualTo("RESTORED NOT FOR DIAGNOSTIC USE");
    }

    private static List<String> errors(Path file) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        String said = Tool.run("dciodvfy", "-new", file.toString()).output();
        return said.lines().filter(line -> line.startsWith("Error")).toList();
    }

    private static EncodedObject encode(Dataset header, Frame frame, float[] values) throws IOException {
        return RestoredImage.encode(header, frame, values, ALGORITHM, Configurations.of());
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
        assertThat(without.sopClassUid()).isEqualTo(SecondaryCapture.SOP_CLASS_UID);
        assertThat(Dataset.readHeader(Files.write(folder.resolve("sc.dcm"), without.bytes()))
                        .string(Tag.Modality))
                .contains("MR");
    }

    @Test
    void whatTheFormatCannotHoldIsCutOffAndNotWrappedAround() throws IOException {
        for (float add : new float[] {-5000, 5000}) {
            Path file =
                    Files.write(folder.resolve("cut.dcm"), encode(flair(), add).bytes());
            try (InstanceFrames frames = InstanceFrames.open(file)) {
                assertThat(frames.frame(1).values()).containsOnly(add < 0 ? 0f : 4095f);
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
            for (int i = 0; i < was.length; i++) {
                assertThat(is[i]).isEqualTo(was[i] + 7);
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
