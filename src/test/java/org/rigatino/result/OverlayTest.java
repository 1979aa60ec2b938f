package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.ImagePlane;

class OverlayTest {
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));
    private static final FrameReference REFERENCE = new FrameReference("1", "2", "3", "4", 1);

    private static Frame gray(int side, int value) {
        byte[] gray = new byte[side * side];
        Arrays.fill(gray, (byte) value);
        return Frame.of8Bit(REFERENCE, side, side, gray);
    }

    private static RgbImage draw(Frame frame, Dataset source, float[] map) throws DicomException {
        ImageFinding finding = new ImageFinding(REFERENCE, ALGORITHM.digest(), 1, 50, false, map);
        return Overlay.draw(source, frame, finding, ALGORITHM, Configurations.of());
    }

    private static int at(RgbImage image, int row, int column) {
        int pixel = (row * image.columns() + column) * 3;
        return (image.rgb()[pixel] & 0xFF) << 16 | (image.rgb()[pixel + 1] & 0xFF) << 8 | image.rgb()[pixel + 2] & 0xFF;
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 256, 700})
    void showsTheSourceAsItIsWhereNothingIsFound(int side) throws DicomException {
        float[] map = new float[side * side];
        Arrays.fill(map, 2.99f);
        map[5] = Float.NaN;
        RgbImage image = draw(gray(side, 90), new Dataset(), map);

        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                assertThat(at(image, row, column)).isEqualTo(0x5A5A5A);
            }
        }
        assertThat(image.rows()).isGreaterThan(side);
    }

    @Test
    void coloursExactlyWhatIsFound() throws DicomException {
        float[] map = new float[100 * 100];
        map[20 * 100 + 30] = 3;
        map[20 * 100 + 31] = 8;
        map[20 * 100 + 32] = 1000;
        RgbImage image = draw(gray(100, 0), new Dataset(), map);

        // 0.35 of the darkest stop 6C1BB9, 0.65 of the lightest F9EA0B, over black
        assertThat(at(image, 20, 30)).isEqualTo(0x260941);
        assertThat(at(image, 20, 31)).isEqualTo(0xA29807);
        assertThat(at(image, 20, 32)).isEqualTo(0xA29807);
    }

    @Test
    void aLineEnclosesWhatIsFoundAndCoversNoneOfIt() throws DicomException {
        float[] map = new float[100 * 100];
        for (int row = 20; row < 25; row++) {
            for (int column = 30; column < 35; column++) {
                map[row * 100 + column] = row == 22 && column == 32 ? 2 : 5;
            }
        }
        map[50 * 100] = 4;
        RgbImage image = draw(gray(100, 77), new Dataset(), map);

        Set<String> line = new TreeSet<>();
        for (int pixel = 0; pixel < 100 * 100; pixel++) {
            if (at(image, pixel / 100, pixel % 100) == DifferencePicture.LINE) {
                assertThat(map[pixel]).isZero();
                line.add(pixel / 100 + " " + pixel % 100);
            } else if (map[pixel] < 3) {
                assertThat(at(image, pixel / 100, pixel % 100)).isEqualTo(0x4D4D4D);
            }
        }
        assertThat(line)
                .containsExactlyInAnyOrder(
                        "19 30", "19 31", "19 32", "19 33", "19 34", "20 29", "21 29", "22 29", "23 29", "24 29",
                        "25 30", "25 31", "25 32", "25 33", "25 34", "20 35", "21 35", "22 35", "23 35", "24 35",
                        "49 0", "50 1", "51 0");
    }

    @ParameterizedTest
    @CsvSource({"512,1", "1024,2", "2048,4"})
    void theLineOfALargeImageIsSeenWhenItIsMadeSmaller(int side, int width) throws DicomException {
        float[] map = new float[side * side];
        map[side * side / 2 + side / 2] = 5;
        RgbImage image = draw(gray(side, 0), new Dataset(), map);

        for (int away = 1; away <= width; away++) {
            assertThat(at(image, side / 2, side / 2 + away)).isEqualTo(DifferencePicture.LINE);
        }
        assertThat(at(image, side / 2, side / 2 + width + 1)).isZero();
    }

    @Test
    void colourGrowsLighterStepByStep() {
        ColourScale scale = new ColourScale(3, 5);
        double last = -1;
        for (int step = 0; step <= 100; step++) {
            int colour = scale.over(60, 3 + step * 0.05);
            double luminance =
                    0.2126 * (colour >> 16 & 0xFF) + 0.7152 * (colour >> 8 & 0xFF) + 0.0722 * (colour & 0xFF);
            assertThat(luminance).isGreaterThanOrEqualTo(last - 1);
            last = luminance;
        }
    }

    @ParameterizedTest
    @CsvSource({"1,0,0,0,1,0,L,P", "0,1,0,0,0,-1,P,F", "1,0,0,0,0,-1,L,F", "-1,0,0,0,-1,0,R,A", "0.8,0.6,0,0,0,-1,LP,F"
    })
    void namesTheDirectionsOfThePlane(
            double rx, double ry, double rz, double cx, double cy, double cz, String row, String column)
            throws DicomException {
        Frame flat = gray(8, 0);
        ImagePlane plane = new ImagePlane(new double[] {rx, ry, rz, cx, cy, cz}, new double[3], "");
        Frame frame = new Frame(REFERENCE, 8, 8, flat.values(), flat.display(), Optional.of(plane), Optional.empty());

        assertThat(OrientationMarkers.of(new Dataset(), frame)).contains(new OrientationMarkers(row, column));
    }

    @Test
    void marksTheSidesOfAProjection() throws DicomException {
        Dataset source = new Dataset().put(Tag.PatientOrientation, "L", "F");
        RgbImage image = draw(gray(64, 0), source, new float[64 * 64]);

        // the stem of L at the right edge, that of R at the left
        assertThat(at(image, 31, 64 - 2 - 6)).isEqualTo(0xFFFFFF);
        assertThat(at(image, 31, 2)).isEqualTo(0xFFFFFF);
        assertThat(at(draw(gray(64, 0), new Dataset(), new float[64 * 64]), 31, 2))
                .isZero();
    }

    @Test
    void aSmallSourceGetsAReadableLegend() throws DicomException {
        RgbImage image = draw(gray(16, 0), new Dataset(), new float[256]);

        assertThat(image.columns()).isGreaterThanOrEqualTo(Glyphs.width(Legend.WARNING, 1));
        assertThat(image.toBufferedImage().getWidth()).isEqualTo(image.columns());
    }

    @Test
    void refusesAMapOfAnotherSize() throws DicomException {
        assertThatThrownBy(() -> draw(gray(16, 0), new Dataset(), new float[255]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
