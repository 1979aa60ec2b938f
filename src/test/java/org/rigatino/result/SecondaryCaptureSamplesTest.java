package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Slow;
import org.rigatino.dicom.Pydicom;
import org.rigatino.dicom.SampleDicom;
import org.rigatino.dicom.Tool;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;

/** Overlays of real sources, read by programs that nobody here wrote. */
@Slow
class SecondaryCaptureSamplesTest {
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));

    private static final String SCRIPT = "src/test/resources/org/rigatino/result/compare_patient.py";

    @TempDir
    Path folder;

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
                "edge/chrFren.dcm",
                "edge/chrFrenMulti.dcm",
                "edge/chrH31.dcm",
                "edge/chrH32.dcm",
                "edge/chrRuss.dcm",
                "edge/chrX1.dcm"
            })
    void isValid(String name) throws Exception {
        Path source = SampleDicom.file(name);
        assertThat(errors(source)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wg04/REF/CT1_UNC.dcm",
                "wg04/JLSL/MR4_JLSL.dcm",
                "single/rtdose_expb.dcm",
                "single/emri_small_RLE.dcm",
                "edge/chrArab.dcm",
                "edge/chrFren.dcm",
                "edge/chrFrenMulti.dcm",
                "edge/chrH31.dcm",
                "edge/chrH32.dcm",
                "edge/chrRuss.dcm",
                "edge/chrX1.dcm"
            })
    void keepsPatientAndStudyByteForByte(String name) throws Exception {
        Pydicom.assumeInstalled();
        Path source = SampleDicom.file(name);
        Path capture =
                Files.write(folder.resolve("capture.dcm"), encode(source, 1).bytes());

        Tool.Result compared = Pydicom.run("ignore", SCRIPT, List.of(source, capture));
        assertThat(compared.output()).isEmpty();
        assertThat(compared.exitCode()).isZero();
    }

    private List<String> errors(Path source) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        Path file = Files.write(folder.resolve("capture.dcm"), encode(source, 1).bytes());
        String said = Tool.run("dciodvfy", "-new", file.toString()).output();
        assertThat(said).contains("SCImage");
        return said.lines().filter(line -> line.startsWith("Error")).toList();
    }

    static EncodedObject encode(Path source, int number) throws IOException {
        try (InstanceFrames frames = InstanceFrames.open(source)) {
            Frame frame = frames.frame(number);
            return SecondaryCapture.encode(frames.header(), frame, finding(frame), ALGORITHM, Configurations.of());
        }
    }

    /** A departure in the middle of the frame, of 12 normal spreads at its peak. */
    static ImageFinding finding(Frame frame) {
        float[] map = new float[frame.rows() * frame.columns()];
        for (int i = 0; i < map.length; i++) {
            double y = (i / frame.columns() - frame.rows() * 0.5) / (frame.rows() * 0.15);
            double x = (i % frame.columns() - frame.columns() * 0.4) / (frame.columns() * 0.15);
            map[i] = (float) (12 / (1 + 2 * (x * x + y * y)) - 2);
        }
        return new ImageFinding(frame.reference(), ALGORITHM.digest(), 4.25, 98.7, true, map);
    }
}
