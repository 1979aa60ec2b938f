package org.rigatino.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

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

    /** A head turned half round, its directions written in other ways than its control's: turned back all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"rot180_two_decimals.dcm", "rot180_long_cosines.dcm", "rot180_no_position.dcm"})
    void isTurnedAsItsControl(String name) throws IOException {
        try (InstanceFrames frames = InstanceFrames.open(file("orientation-dropped/" + name));
                InstanceFrames control = InstanceFrames.open(file("orientation-dropped/control.dcm"))) {
            Frame frame = frames.frame(1);
            Frame expected = control.frame(1);
            assertThat(ModelGrid.of(frame, Framing.HEAD, 32).toGrid(frame.values()))
                    .isEqualTo(ModelGrid.of(expected, Framing.HEAD, 32).toGrid(expected.values()));
            assertThat(PatientOrientation.of(frames.header(), frame.plane()))
                    .isEqualTo(PatientOrientation.of(control.header(), expected.plane()))
                    .contains(new PatientOrientation("R", "A"));
            assertThat(frame.place().isPresent()).isEqualTo(!name.contains("no_position"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "encapsulated_under_native_syntax.dcm, has fragments",
        "implicit_under_explicit_padded.dcm, no VR of OB or OW"
    })
    void pixelDataWhoseHeadIsWrongIsRefused(String name, String cause) {
        Path file = file("pixel-data-head-not-checked/" + name);
        assertThatThrownBy(() -> InstanceFrames.open(file))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining(cause);
    }

    /** As reception writes it: File Meta Information of the presentation context, then the dataset as it came. */
    @Test
    void groupTwoInsideTheDatasetSaysNothingOfItsEncoding() throws IOException {
        try (InstanceFrames frames = InstanceFrames.open(file("group-0002-in-dataset/meta_in_dataset_jpeg.dcm"))) {
            assertThat(frames.frame(1).values()).isNotEmpty();
            assertThat(frames.header().string(Tag.TransferSyntaxUID)).contains("1.2.840.10008.1.2.1");
        }
    }
}
