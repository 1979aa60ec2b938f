package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.ImagePlane;

/** No object without sides where its source has them. */
class SidesTest {
    private static final int SIDE = 16;
    private static final FrameReference REFERENCE =
            new FrameReference("2.25.2", "2.25.3", "2.25.5", "1.2.840.10008.5.1.4.1.1.4", 1);
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));
    private static final ImageFinding FINDING =
            new ImageFinding(REFERENCE, ALGORITHM.digest(), 1, 50, false, new float[SIDE * SIDE]);

    private static Dataset source() {
        return PixelFiles.flair("2.25.5", SIDE, new short[SIDE * SIDE]);
    }

    private static Frame frame(Optional<ImagePlane> plane) {
        return new Frame(REFERENCE, SIDE, SIDE, new float[SIDE * SIDE], new byte[SIDE * SIDE], plane, Optional.empty());
    }

    private interface Encoding {
        EncodedObject encode(Dataset source, Frame frame) throws DicomException;
    }

    private static final Encoding[] ENCODINGS = {
        (source, frame) -> SecondaryCapture.encode(source, frame, FINDING, ALGORITHM, Configurations.of()),
        (source, frame) -> RestoredImage.encode(source, frame, frame.values(), FINDING, ALGORITHM, Configurations.of()),
        (source, frame) ->
                TriptychCapture.encode(source, frame, frame.values(), FINDING, ALGORITHM, Configurations.of())
    };

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void noObjectIsEncodedOfAFrameThatHasLostThem(int encoding) throws IOException {
        Encoding object = ENCODINGS[encoding];
        Dataset source = source();
        assertThat(object.encode(source, frame(ImagePlane.of(source, 1)))).isNotNull();

        assertThatThrownBy(() -> object.encode(source, frame(Optional.empty())))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("no object without its sides");
    }

    @Test
    void aSourceWithoutPlaneHasThemByPatientOrientation() throws IOException {
        Dataset source = PixelFiles.header(SIDE, SIDE).put(Tag.PatientOrientation, "L", "F");

        assertThat(Overlay.sides(source, frame(Optional.empty()))).isEmpty();
        assertThat(OrientationMarkers.of(source, frame(Optional.empty()))).contains(new OrientationMarkers("L", "F"));
    }

    /** An object of a side that is doubted would be one of the wrong side. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void noObjectIsEncodedOfAFrameOfTwoSides(int encoding) {
        Dataset source = source().put(Tag.ImageLaterality, "L").put(Tag.Laterality, "R");

        assertThatThrownBy(() -> ENCODINGS[encoding].encode(source, frame(ImagePlane.of(source, 1))))
                .isInstanceOf(DicomException.class)
                .hasMessage(
                        "Image Laterality (0020,0062) L beside Laterality (0020,0060) R: nobody knows which side the image"
                                + " is of");
    }

    @Test
    void whereNobodyKnowsThemTheLegendSaysSo() throws IOException {
        Dataset source = PixelFiles.header(SIDE, SIDE).put(Tag.Laterality, "L");

        assertThat(Overlay.sides(source, frame(Optional.empty())))
                .containsExactly("LATERALITY L", "ORIENTATION NOT GIVEN");
        assertThat(ENCODINGS[0].encode(source, frame(Optional.empty()))).isNotNull();
    }
}
