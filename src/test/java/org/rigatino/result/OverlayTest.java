package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
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
import org.rigatino.image.GrayFrames;
import org.rigatino.image.ImagePlane;

class OverlayTest {
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));
    private static final FrameReference REFERENCE = new FrameReference("1", "2", "3", "4", 1);

    private static Frame gray(int side, int value) {
        byte[] gray = new byte[side * side];
        Arrays.fill(gray, (byte) value);
        return GrayFrames.of8Bit(REFERENCE, side, side, gray);
    }

    private static RgbImage draw(Frame frame, Dataset source, float[] map) throws DicomException {
        ImageFinding finding = new ImageFinding(REFERENCE, ALGORITHM.digest(), 1, 50, false, map);
        return Overlay.draw(source, frame, finding, ALGORITHM, Configurations.of());
    }

    private static int at(RgbImage image, int row, int column) {
        int pixel = (row * image.columns() + column) * 3;
        return (image.rgb()[pixel] & 0xFF) << 16 | (image.rgb()[pixel + 1] & 0xFF) << 8 | image.rgb()[pixel + 2] & 0xFF;
    }

    private static Frame gray(int rows, int columns, int value) {
        byte[] gray = new byte[rows * columns];
        Arrays.fill(gray, (byte) value);
        return GrayFrames.of8Bit(REFERENCE, rows, columns, gray);
    }

    /** Rows and columns of what differs from the picture without a legend: first row, last row, first and last column. */
    private static int[] legend(RgbImage image, Frame frame, float[] map) {
        RgbImage without = new RgbImage(frame.rows(), frame.columns());
        new DifferencePicture(without, 0, 0, frame).draw(map, Configurations.of());
        int[] box = {frame.rows(), -1, frame.columns(), -1};
        for (int pixel = 0; pixel < map.length; pixel++) {
            if (image.colour(pixel) != without.colour(pixel)) {
                int row = pixel / frame.columns();
                int column = pixel % frame.columns();
                box = new int[] {
                    Math.min(box[0], row), Math.max(box[1], row), Math.min(box[2], column), Math.max(box[3], column)
                };
            }
        }
        return box;
    }

    private static int amber(RgbImage image) {
        int amber = 0;
        for (int pixel = 0; pixel < image.rows() * image.columns(); pixel++) {
            amber += image.colour(pixel) == 0xFFB000 ? 1 : 0;
        }
        return amber;
    }

    /** In a viewer that fits both, the anatomy of overlay and source is of one size. */
    @ParameterizedTest
    @CsvSource({
        "64,64",
        "64,96",
        "96,64",
        "128,128",
        "192,256",
        "256,192",
        "256,256",
        "320,320",
        "448,448",
        "512,512",
        "700,700",
        "1024,1024",
        "950,988",
        "2500,2048",
        "2048,600",
        "600,2048"
    })
    void hasTheSourcesOwnGridAndShowsItAsItIsBesideTheLegend(int rows, int columns) throws DicomException {
        float[] map = new float[rows * columns];
        Arrays.fill(map, 2.99f);
        map[5] = Float.NaN;
        Frame frame = gray(rows, columns, 90);
        RgbImage image = draw(frame, new Dataset(), map);

        assertThat(image.rows()).isEqualTo(rows);
        assertThat(image.columns()).isEqualTo(columns);
        int[] box = legend(image, frame, map);
        boolean small = Math.min(rows, columns) < 128;
        assertThat(box[0]).as("first row").isGreaterThanOrEqualTo(small ? rows / 4 : rows * 5 / 8);
        assertThat(Math.abs(box[2] + box[3] - columns)).as("in the middle").isLessThan(columns / 16);
        assertThat((box[1] - box[0]) * (box[3] - box[2])).isLessThan(rows * columns * (small ? 3 : 1) / 4);
        assertThat(amber(image)).as("letters of the warning").isGreaterThan(150);
        if (columns >= 448 && rows <= 2 * columns) {
            assertThat(box[2]).as("corners are the viewer's").isGreaterThan(columns / 10);
        }
    }

    @Test
    void theLegendDoesNotJumpFromSliceToSlice() throws DicomException {
        Frame frame = gray(256, 90);
        float[] lesion = new float[256 * 256];
        lesion[100 * 256 + 128] = 9;
        int[] first = legend(draw(frame, new Dataset(), new float[256 * 256]), frame, new float[256 * 256]);

        assertThat(legend(draw(frame, new Dataset(), lesion), frame, lesion)).isEqualTo(first);
    }

    /** Whatever is found, wherever: colour, line and letters of the sides stay, as long as there is room. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theLegendNeverCoversWhatIsFound(long seed) throws DicomException {
        Random random = new Random(seed);
        int rows = 128 + random.nextInt(500);
        int columns = 128 + random.nextInt(500);
        float[] map = new float[rows * columns];
        for (int blob = random.nextInt(14); blob >= 0; blob--) {
            double y = blob % 3 == 0 ? rows - 12 : random.nextInt(rows);
            double x = random.nextInt(columns);
            double radius = 4 + random.nextInt(Math.min(rows, columns) / 8);
            for (int i = 0; i < map.length; i++) {
                map[i] += Math.hypot(i / columns - y, i % columns - x) < radius ? 5 : 0;
            }
        }
        Frame frame = gray(rows, columns, 90);
        Dataset source = new Dataset().put(Tag.PatientOrientation, "L", "F");
        RgbImage image = draw(frame, source, map);
        RgbImage without = new RgbImage(rows, columns);
        new DifferencePicture(without, 0, 0, frame).draw(map, Configurations.of());
        OrientationMarkers.of(source, frame).orElseThrow().draw(without, 0, 0, frame, 1);
        for (int pixel = 0; pixel < map.length; pixel++) {
            assertThat(without.colour(pixel) == 0x5A5A5A || without.colour(pixel) == image.colour(pixel))
                    .as("pixel %d of %d columns", pixel, columns)
                    .isTrue();
        }
        assertThat(amber(image)).isGreaterThan(150);
    }

    @Test
    void theWarningIsThereThoughEverythingIsFound() throws DicomException {
        float[] map = new float[256 * 256];
        Arrays.fill(map, 9);

        assertThat(amber(draw(gray(256, 90), new Dataset(), map))).isGreaterThan(150);
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
            if (pixel / 100 > 60) {
                continue;
            }
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
    void colourGrowsLighterStepByStep() throws DicomException {
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

    /** Nothing that small is eligible; nothing fails on it either. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16, 48})
    void aTinySourceKeepsItsGrid(int side) throws DicomException {
        assertThat(draw(gray(side, 0), new Dataset(), new float[side * side]).rows())
                .isEqualTo(side);
    }

    @Test
    void refusesAMapOfAnotherSize() throws DicomException {
        assertThatThrownBy(() -> draw(gray(16, 0), new Dataset(), new float[255]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
