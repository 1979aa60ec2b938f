package org.rigatino.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;
import org.rigatino.Slow;
import org.rigatino.dicom.Pydicom;
import org.rigatino.dicom.SampleDicom;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;

/** Frames of real instances against what pydicom and DCMTK make of them. */
@Timeout(Patience.SECONDS)
@Slow
class FrameComparisonTest {
    private static final String SCRIPT = "src/test/resources/org/rigatino/image/modality_values.py";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wg04/REF/CT1_UNC.dcm",
                "wg04/REF/MR4_UNC.dcm",
                "wg04/RLE/CT2_RLE.dcm",
                "single/rtdose.dcm",
                "single/rtdose_expb.dcm",
                "single/emri_small_RLE.dcm",
                "single/NM-MONO2-16-13x-heart.dcm",
                "single/liver.dcm"
            })
    void valuesAreThoseOfPydicom(String name) throws Exception {
        Pydicom.assumeInstalled();
        Path expected = folder.resolve("values");
        Path source = SampleDicom.file(name);
        Pydicom.runSuccessfully("default", SCRIPT, source, expected);
        DoubleBuffer values = ByteBuffer.wrap(Files.readAllBytes(expected))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer();

        try (InstanceFrames frames = InstanceFrames.open(source)) {
            for (int number = 1; number <= frames.count(); number++) {
                for (float value : frames.frame(number).values()) {
                    assertThat(value).isEqualTo((float) values.get());
                }
            }
        }
        assertThat(values.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wg04/REF/CT2_UNC.dcm",
                "wg04/REF/MR1_UNC.dcm",
                "wg04/REF/MR4_UNC.dcm",
                "wg04/REF/NM1_UNC.dcm",
                "single/gdcm-CR-MONO1-10-chest.dcm",
                "single/dx_image.dcm",
                "single/CR-ModalitySequenceLUT.dcm"
            })
    void displayIsThatOfDcmtk(String name) throws Exception {
        Tool.assumeInstalled("dcmj2pnm");
        Path picture = folder.resolve("shown.pgm");
        Path source = SampleDicom.file(name);
        try (InstanceFrames frames = InstanceFrames.open(source)) {
            boolean table = !frames.header().items(Tag.VOILUTSequence).isEmpty();
            boolean window = frames.header().contains(Tag.WindowCenter);
            List<String> shown = table ? List.of("+Wl", "1") : window ? List.of("+Wi", "1") : List.of("+Wm");
            List<String> command = new ArrayList<>(shown);
            command.add(0, "dcmj2pnm");
            command.addAll(List.of(source.toString(), picture.toString()));
            Tool.runSuccessfully(command.toArray(String[]::new));
            byte[] display = frames.frame(1).display();
            byte[] pgm = Files.readAllBytes(picture);
            for (int i = 0; i < display.length; i++) {
                int expected = pgm[pgm.length - display.length + i] & 0xFF;
                assertThat(display[i] & 0xFF).as("pixel %d", i).isCloseTo(expected, within(1));
            }
        }
    }
}
