package org.rigatino.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files beside the checkout that were once read wrongly: each as its control, or not at all. */
class SharedReadingFaultsTest {
    private static Path file(String name) {
        Path file = Path.of("..", "shared", "data", "faults").resolve(name);
        assumeTrue(Files.exists(file), "absent: " + file);
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "un-modality-lut, un_modality_lut_sequence.dcm",
        "un-functional-groups, enh_fg_under_un_orientation_on_top.dcm",
        "classic-with-functional-groups, classic_empty_fg.dcm",
        "classic-with-functional-groups, classic_fg_item.dcm",
    })
    void isReadAsItsControl(String fault, String name) throws IOException {
        try (InstanceFrames frames = InstanceFrames.open(file(fault + "/" + name));
                InstanceFrames control = InstanceFrames.open(file(fault + "/control.dcm"))) {
            assertThat(frames.count()).isEqualTo(control.count());
            for (int number = 1; number <= control.count(); number++) {
                Frame expected = control.frame(number);
                Frame frame = frames.frame(number);
                assertThat(frame.values()).isEqualTo(expected.values());
                assertThat(frame.display()).isEqualTo(expected.display());
                assertThat(frame.spacing()).isEqualTo(expected.spacing()).isPresent();
                assertThat(frame.plane()).isPresent();
                assertThat(frame.plane().get().position())
                        .isEqualTo(expected.plane().orElseThrow().position());
                assertThat(frame.plane().get().orientation())
                        .isEqualTo(expected.plane().orElseThrow().orientation());
            }
        }
    }
}
