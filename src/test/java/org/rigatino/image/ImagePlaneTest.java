package org.rigatino.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;

class ImagePlaneTest {
    private static Dataset header(String orientation) {
        return PixelFiles.header(1, 1).put(Tag.ImageOrientationPatient, orientation.split("\\\\"));
    }

    private static ImagePlane read(String orientation) throws DicomException {
        return ImagePlane.of(header(orientation), 1).orElseThrow();
    }

    private static double product(double[] o, int one, int other) {
        return o[one] * o[other] + o[one + 1] * o[other + 1] + o[one + 2] * o[other + 2];
    }

    private static void assertOrthonormal(double[] orientation) {
        assertThat(product(orientation, 0, 0)).isCloseTo(1, within(1e-3));
        assertThat(product(orientation, 3, 3)).isCloseTo(1, within(1e-3));
        assertThat(product(orientation, 0, 3)).isCloseTo(0, within(1e-3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0.98\\0.17\\0\\-0.17\\-0.98\\0",
                "0.98\\0.17\\0\\-0.17\\0.98\\0",
                "1.006\\0\\0\\0\\1.006\\0",
                "0.994\\0\\0\\0\\0.994\\0",
                "0.71\\0.71\\0\\0\\0\\-1",
                "0.58\\0.58\\0.58\\-0.71\\0.71\\0",
                "0.986\\0.171\\0\\-0.171\\0.986\\0"
            })
    void roundedAndSlightlyLongCosinesAreMadeExact(String orientation) throws DicomException {
        assertOrthonormal(read(orientation).orientation());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\\0\\0\\0\\1\\0", "-1\\0\\0\\0\\-1\\0", "0.984808\\0.173648\\0\\-0.173648\\0.984808\\0"})
    void exactCosinesAreTakenAsTheyAre(String orientation) throws DicomException {
        double[] read = read(orientation).orientation();
        String[] written = orientation.split("\\\\");
        for (int i = 0; i < 6; i++) {
            assertThat(read[i]).isEqualTo(Double.parseDouble(written[i]));
        }
    }

    /** Whatever way the head lies: two decimals lose no side. */
    @Test
    void anyDirectionRoundedToTwoDecimalsIsReadWithinADegree() throws DicomException {
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            double[] exact = direction(random);
            StringBuilder rounded = new StringBuilder();
            for (double cosine : exact) {
                rounded.append(rounded.isEmpty() ? "" : "\\").append(String.format(Locale.ROOT, "%.2f", cosine));
            }
            double[] read = read(rounded.toString()).orientation();
            assertOrthonormal(read);
            for (int from : new int[] {0, 3}) {
                double cosine =
                        read[from] * exact[from] + read[from + 1] * exact[from + 1] + read[from + 2] * exact[from + 2];
                assertThat(cosine).as(rounded.toString()).isGreaterThan(Math.cos(Math.toRadians(1)));
            }
        }
    }

    private static double[] direction(Random random) {
        double[] o = random.doubles(6, -1, 1).toArray();
        double row = Math.sqrt(product(o, 0, 0));
        for (int axis = 0; axis < 3; axis++) {
            o[axis] /= row;
        }
        double along = product(o, 0, 3);
        for (int axis = 0; axis < 3; axis++) {
            o[3 + axis] -= along * o[axis];
        }
        double column = Math.sqrt(product(o, 3, 3));
        for (int axis = 0; axis < 3; axis++) {
            o[3 + axis] /= column;
        }
        return o;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1\\0\\0\\0\\1",
                "1\\0\\0\\0\\1\\0\\0",
                "1\\0\\0",
                "0\\0\\0\\0\\0\\0",
                "1\\0\\0\\0\\0\\0",
                "1\\0\\0\\1\\0\\0",
                "1\\0\\0\\0.1\\0.995\\0",
                "0.9\\0.1\\0\\-0.1\\0.9\\0",
                "1.05\\0\\0\\0\\1.05\\0",
                "0.95\\0\\0\\0\\1\\0",
                "2\\0\\0\\0\\2\\0",
                "1000\\0\\0\\0\\1000\\0"
            })
    void whatIsNoDirectionIsRefusedByItsValue(String orientation) {
        assertThatThrownBy(() -> read(orientation))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("Image Orientation (Patient) (0020,0037)")
                .hasMessageContaining(
                        Double.toString(Double.parseDouble(orientation.split("\\\\")[0])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN\\0\\0\\0\\1\\0", "Infinity\\0\\0\\0\\1\\0", "eins\\0\\0\\0\\1\\0", "1\\\\0\\0\\1\\0"})
    void whatIsNoNumberIsRefused(String orientation) {
        assertThatThrownBy(() -> read(orientation)).isInstanceOf(DicomException.class);
    }

    @Test
    void aDirectionNeedsNoPlace() throws DicomException {
        assertThat(read("1\\0\\0\\0\\1\\0").isPlaced()).isFalse();
        assertThat(ImagePlane.of(header("1\\0\\0\\0\\1\\0").put(Tag.ImagePositionPatient, "1", "2", "3"), 1)
                        .orElseThrow()
                        .position())
                .containsExactly(1, 2, 3);
        assertThat(ImagePlane.of(PixelFiles.header(1, 1), 1)).isEmpty();
        assertThat(ImagePlane.of(PixelFiles.header(1, 1).putEmpty(Tag.ImageOrientationPatient), 1))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\\2", "1\\2\\3\\4", "a\\b\\c", "NaN\\0\\0"})
    void aPlaceThatIsNoneIsRefused(String position) {
        for (Dataset header : List.of(header("1\\0\\0\\0\\1\\0"), PixelFiles.header(1, 1))) {
            header.put(Tag.ImagePositionPatient, position.split("\\\\"));
            assertThatThrownBy(() -> ImagePlane.of(header, 1))
                    .isInstanceOf(DicomException.class)
                    .hasMessageContaining("(0020,0032)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1,0,0,0,1,0,L,P",
        "-1,0,0,0,-1,0,R,A",
        "0,1,0,0,0,-1,P,F",
        "0.98,0.17,0,-0.17,0.98,0,L,P",
        "0.8,0.6,0,0,0,-1,LP,F"
    })
    void lettersFollowFromDirectionsAlone(
            String rx, String ry, String rz, String cx, String cy, String cz, String row, String column)
            throws DicomException {
        Dataset header = header(String.join("\\", rx, ry, rz, cx, cy, cz));

        assertThat(PatientOrientation.of(header, ImagePlane.of(header, 1)))
                .contains(new PatientOrientation(row, column));
    }

    @ParameterizedTest
    @CsvSource({"L,P", "LA,P", "LPH,PF", "l,p"})
    void patientOrientationMayRepeatThem(String row, String column) throws DicomException {
        Dataset header = header("1\\0\\0\\0\\1\\0").put(Tag.PatientOrientation, row, column);

        assertThat(PatientOrientation.of(header, ImagePlane.of(header, 1))).contains(new PatientOrientation("L", "P"));
    }

    @ParameterizedTest
    @CsvSource({"R,P", "L,A", "P,L", "L,F", "H,P"})
    void patientOrientationThatContradictsThemIsRefused(String row, String column) throws DicomException {
        Dataset header = header("1\\0\\0\\0\\1\\0").put(Tag.PatientOrientation, row, column);

        assertThatThrownBy(() -> PatientOrientation.of(header, ImagePlane.of(header, 1)))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining(row + "\\" + column + " contradicts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"L", "L\\F\\A", "LEFT\\FOOT", "L\\R", "LR\\F", "L\\ ", "X\\F", "RT\\D"})
    void patientOrientationThatMeansNothingIsRefused(String value) {
        Dataset header = PixelFiles.header(1, 1).put(Tag.PatientOrientation, value.split("\\\\"));

        assertThatThrownBy(() -> PatientOrientation.of(header, java.util.Optional.empty()))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("(0020,0020)");
    }
}
