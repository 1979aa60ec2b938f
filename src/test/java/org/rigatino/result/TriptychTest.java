package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.ImagePlane;
import org.rigatino.image.PixelSpacing;

/** A phantom whose lesion lies off every middle: in the upper half, at the right of the image. */
class TriptychTest {
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));
    private static final FrameReference REFERENCE =
            new FrameReference("2.25.1", "2.25.2", "2.25.3", "1.2.840.10008.5.1.4.1.1.4", 1);
    private static final int BRAIN = 60;
    private static final int LESION = 200;

    @TempDir
    Path folder;

    private static Dataset source(int rows, int columns) {
        return PixelFiles.header(rows, columns)
                .put(Tag.PatientID, "ID 1")
                .put(Tag.StudyDate, "20200102")
                .put(Tag.InstanceNumber, 12)
                .put(Tag.SeriesNumber, 7)
                .put(Tag.FrameOfReferenceUID, "2.25.77")
                .put(Tag.ImagePositionPatient, "-80", "-80", "12.5")
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
                .put(Tag.PixelSpacing, "0.5", "0.8")
                .put(Tag.SliceThickness, "5")
                .put(Tag.WindowCenter, "127.5")
                .put(Tag.WindowWidth, "255")
                .put(Tag.VOILUTFunction, "LINEAR_EXACT");
    }

    private static boolean lesion(int rows, int columns, int pixel) {
        int row = pixel / columns;
        int column = pixel % columns;
        return row >= rows / 4 && row < rows / 4 + 6 && column >= columns - 14 && column < columns - 4;
    }

    private static Frame frame(int rows, int columns) {
        float[] values = new float[rows * columns];
        byte[] display = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = lesion(rows, columns, i) ? LESION : BRAIN;
            display[i] = (byte) values[i];
        }
        ImagePlane plane = new ImagePlane(new double[] {1, 0, 0, 0, 1, 0}, new double[] {-80, -80, 12.5}, "2.25.77");
        return new Frame(
                REFERENCE, rows, columns, values, display, Optional.of(plane), Optional.of(new PixelSpacing(0.5, 0.8)));
    }

    private static float[] healthy(Frame frame) {
        float[] healthy = new float[frame.values().length];
        java.util.Arrays.fill(healthy, BRAIN);
        return healthy;
    }

    private static ImageFinding finding(Frame frame) {
        float[] map = new float[frame.values().length];
        for (int i = 0; i < map.length; i++) {
            map[i] = lesion(frame.rows(), frame.columns(), i) ? 8 : 0;
        }
        return new ImageFinding(REFERENCE, ALGORITHM.digest(), 2.5, 99.9, true, map);
    }

    private static RgbImage draw(Frame frame) throws IOException {
        return Triptych.draw(
                source(frame.rows(), frame.columns()),
                frame,
                healthy(frame),
                finding(frame),
                ALGORITHM,
                Configurations.of());
    }

    private static EncodedObject encode(AlgorithmIdentification algorithm, String... configuration) throws IOException {
        Frame frame = frame(90, 90);
        return TriptychCapture.encode(
                source(90, 90), frame, healthy(frame), finding(frame), algorithm, Configurations.of(configuration));
    }

    private Dataset read(EncodedObject object) throws IOException {
        return Dataset.readHeader(Files.write(folder.resolve("object.dcm"), object.bytes()));
    }

    private static int at(RgbImage image, int row, int column) {
        int pixel = (row * image.columns() + column) * 3;
        return (image.rgb()[pixel] & 0xFF) << 16 | (image.rgb()[pixel + 1] & 0xFF) << 8 | image.rgb()[pixel + 2] & 0xFF;
    }

    /** Panes begin below the names, at multiples of their width and the gap. */
    @ParameterizedTest
    @ValueSource(ints = {30, 64, 90, 256, 300})
    void theLesionIsAtItsPlaceInEachPane(int columns) throws IOException {
        Frame frame = frame(70, columns);
        RgbImage image = draw(frame);
        int scale = Math.max(1, columns / 128);
        int pitch = (image.columns() + 2 * scale) / 3;
        int gray = BRAIN * 0x010101;
        int wrong = 0;
        for (int i = 0; i < frame.values().length; i++) {
            boolean lesion = lesion(70, columns, i);
            int row = 13 * scale + i / columns;
            int column = i % columns;
            if (!lesion && isNearAMarker(i / columns, column, 70, columns)) {
                continue;
            }
            wrong += at(image, row, column) == (lesion ? LESION * 0x010101 : gray) ? 0 : 1;
            wrong += at(image, row, pitch + column) == gray ? 0 : 1;
            int beside = touchesTheLesion(70, columns, i) ? DifferencePicture.LINE : gray;
            int difference = lesion ? new ColourScale(3, 5).over(LESION, 8) : beside;
            wrong += at(image, row, 2 * pitch + column) == difference ? 0 : 1;
        }
        assertThat(wrong).isZero();
    }

    private static boolean touchesTheLesion(int rows, int columns, int pixel) {
        return IntStream.of(-columns, -1, 1, columns).anyMatch(step -> lesion(rows, columns, pixel + step));
    }

    /** Markers lie at the middles of the edges, which the lesion keeps away from. */
    private static boolean isNearAMarker(int row, int column, int rows, int columns) {
        return Math.abs(row - rows / 2) < 14 || Math.abs(column - columns / 2) < 14;
    }

    @Test
    void eachPaneHasTheMarkersOfTheSourceAndNoneIsMirrored() throws IOException {
        RgbImage image = draw(frame(90, 90));
        int pitch = (image.columns() + 2) / 3;
        RgbImage letters = new RgbImage(90, 90);
        new OrientationMarkers("L", "P").draw(letters, 0, 0, frame(90, 90), 1);
        for (int pane = 0; pane < 3; pane++) {
            int white = 0;
            for (int i = 0; i < 90 * 90; i++) {
                if (at(letters, i / 90, i % 90) == 0xFFFFFF) {
                    white++;
                    assertThat(at(image, 13 + i / 90, pane * pitch + i % 90)).isEqualTo(0xFFFFFF);
                }
            }
            assertThat(white).isGreaterThan(40);
        }
    }

    @Test
    void saysWhereItComesFromAndClaimsNoPlace() throws IOException {
        Dataset object = read(encode(ALGORITHM));

        assertThat(object.string(Tag.SOPClassUID)).contains(SecondaryCapture.SOP_CLASS_UID);
        assertThat(object.string(Tag.PatientID)).contains("ID 1");
        assertThat(object.string(Tag.Modality)).contains("OT");
        assertThat(object.string(Tag.SeriesNumber)).contains("150007");
        assertThat(object.string(Tag.InstanceNumber)).contains("12");
        assertThat(object.string(Tag.SeriesDescription)).contains("Triptych brain-flair 1, not for diagnosis");
        assertThat(object.strings(Tag.PatientOrientation)).containsExactly("L", "P");
        assertThat(object.strings(Tag.PixelSpacing)).containsExactly("0.5", "0.8");
        for (int tag : new int[] {
            Tag.ImagePositionPatient,
            Tag.ImageOrientationPatient,
            Tag.FrameOfReferenceUID,
            Tag.SliceThickness,
            Tag.SliceLocation
        }) {
            assertThat(object.contains(tag)).as(Tag.text(tag)).isFalse();
        }
        Dataset image = object.items(Tag.SourceImageSequence).get(0);
        assertThat(image.string(Tag.ReferencedSOPInstanceUID)).contains("2.25.3");
        assertThat(image.string(Tag.SpatialLocationsPreserved)).contains("NO");
    }

    /** Fails where the same input gives other bytes than before: then raise the form in ConfigurationDigest. */
    @Test
    void bytesAreTheSameOnEveryMachine() throws Exception {
        assertThat(encode(ALGORITHM)).usingRecursiveComparison().isEqualTo(encode(ALGORITHM));
        assertThat(DigestUtils.sha256Hex(encode(ALGORITHM).bytes()))
                .isEqualTo("bde73ede69112154fec342244365cb5e88b08bdf0e8ff2f835096bca73bb663b");
    }

    @Test
    void uidsChangeWithModelAndConfiguration() throws IOException {
        AlgorithmIdentification next = new AlgorithmIdentification("brain-flair", "2", "cd".repeat(32));
        List<EncodedObject> objects = List.of(encode(ALGORITHM), encode(next), encode(ALGORITHM, "level", "4"));

        assertThat(objects).extracting(EncodedObject::sopInstanceUid).doesNotHaveDuplicates();
        assertThat(objects).extracting(EncodedObject::seriesInstanceUid).doesNotHaveDuplicates();
    }

    @Test
    void refusesARestoredImageOfAnotherSize() {
        Frame frame = frame(20, 20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Triptych.draw(
                        source(20, 20), frame, new float[399], finding(frame), ALGORITHM, Configurations.of()));
    }
}
