package org.rigatino.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;

/** Values worked out by hand from PS3.3 C.11. */
class InstanceFramesTest {
    @TempDir
    Path folder;

    private Frame frame(Dataset dataset, int number) throws IOException {
        try (InstanceFrames frames = InstanceFrames.open(PixelFiles.write(folder, dataset))) {
            return frames.frame(number);
        }
    }

    private Frame frame(Dataset dataset) throws IOException {
        return frame(dataset, 1);
    }

    private static Dataset row(int... stored) {
        return PixelFiles.header(1, stored.length).putPixels(PixelFiles.words(stored));
    }

    private static int[] gray(Frame frame) {
        int[] gray = new int[frame.display().length];
        for (int i = 0; i < gray.length; i++) {
            gray[i] = frame.display()[i] & 0xFF;
        }
        return gray;
    }

    private static Dataset table(int tag, int entries, int first, int bits, int... data) {
        Dataset item =
                new Dataset().put(Tag.LUTDescriptor, entries, first, bits).put(Tag.LUTData, data);
        return new Dataset().putItems(tag, List.of(item));
    }

    @Test
    void rescalesToModalityUnits() throws IOException {
        Dataset dataset = row(0, 1, 3000).put(Tag.RescaleSlope, "0.5").put(Tag.RescaleIntercept, "-1024");

        assertThat(frame(dataset).values()).containsExactly(-1024, -1023.5f, 476);
    }

    @Test
    void refusesARescaleSlopeOfZero() throws IOException {
        Dataset dataset = row(0, 1).put(Tag.RescaleSlope, "0").put(Tag.RescaleIntercept, "0");

        assertThatThrownBy(() -> frame(dataset))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("Rescale");
    }

    @Test
    void looksModalityValuesUpWithTheEndsHeld() throws IOException {
        Dataset dataset = row(0, 10, 11, 12, 500)
                .copy(table(Tag.ModalityLUTSequence, 3, 10, 16, 100, 300, 700), Tag.ModalityLUTSequence);

        assertThat(frame(dataset).values()).containsExactly(100, 100, 300, 700, 700);
    }

    @Test
    void readsTheFirstValueOfATableAsSignedForSignedPixels() throws IOException {
        Dataset dataset = row(-2, -1, 0)
                .put(Tag.PixelRepresentation, 1)
                .copy(table(Tag.ModalityLUTSequence, 3, 0xFFFE, 16, 7, 8, 9), Tag.ModalityLUTSequence);

        assertThat(frame(dataset).values()).containsExactly(7, 8, 9);
    }

    @Test
    void mirrorsMonochrome1WithinTheRangeThatCanBeStored() throws IOException {
        Dataset dataset = row(0, 1, 1023)
                .put(Tag.PhotometricInterpretation, "MONOCHROME1")
                .put(Tag.BitsStored, 10)
                .put(Tag.HighBit, 9)
                .put(Tag.WindowCenter, "512")
                .put(Tag.WindowWidth, "1024");

        assertThat(frame(dataset).values()).containsExactly(1023, 1022, 0);
        assertThat(gray(frame(dataset))).containsExactly(255, 255, 0);
    }

    @Test
    void windowsLinearly() throws IOException {
        Dataset dataset =
                row(0, 49, 50, 99, 100, 200).put(Tag.WindowCenter, "50", "7").put(Tag.WindowWidth, "101", "1");

        // C.11.2.1.2.1: ((x - 49.5) / 100 + 0.5) * 255
        assertThat(gray(frame(dataset))).containsExactly(1, 126, 129, 254, 255, 255);
    }

    @Test
    void namesTheWindowOfTheHeaderOverTheValues() throws IOException {
        Dataset windowed = row(0, 1, 1023)
                .put(Tag.BitsStored, 10)
                .put(Tag.HighBit, 9)
                .put(Tag.WindowCenter, "300", "7")
                .put(Tag.WindowWidth, "100", "1");

        assertThat(window(windowed)).contains(new double[] {300, 100});
        assertThat(window(windowed.put(Tag.PhotometricInterpretation, "MONOCHROME1")))
                .contains(new double[] {723, 100});
        assertThat(window(row(0, 1))).isEmpty();
        assertThat(window(windowed.putItems(
                        Tag.VOILUTSequence,
                        table(Tag.VOILUTSequence, 2, 0, 8, 0, 255).items(Tag.VOILUTSequence))))
                .isEmpty();
    }

    private Optional<double[]> window(Dataset dataset) throws IOException {
        try (InstanceFrames frames = InstanceFrames.open(PixelFiles.write(folder, dataset))) {
            return frames.window(1);
        }
    }

    @Test
    void treatsAWindowOfWidth1AsAThreshold() throws IOException {
        Dataset dataset = row(9, 10).put(Tag.WindowCenter, "10").put(Tag.WindowWidth, "1");

        assertThat(gray(frame(dataset))).containsExactly(0, 255);
    }

    @Test
    void windowsExactly() throws IOException {
        Dataset dataset = row(0, 25, 50, 100)
                .put(Tag.WindowCenter, "50")
                .put(Tag.WindowWidth, "100")
                .put(Tag.VOILUTFunction, "LINEAR_EXACT");

        // C.11.2.1.3.2: ((x - 50) / 100 + 0.5) * 255
        assertThat(gray(frame(dataset))).containsExactly(0, 64, 128, 255);
    }

    @Test
    void windowsBySigmoid() throws IOException {
        Dataset dataset = row(0, 50, 75, 1000)
                .put(Tag.WindowCenter, "50")
                .put(Tag.WindowWidth, "100")
                .put(Tag.VOILUTFunction, "SIGMOID");

        // C.11.2.1.3.1: 255 / (1 + exp(-4 (x - 50) / 100)): e^2 = 7.389, e^-1 = 0.3679
        assertThat(gray(frame(dataset))).containsExactly(30, 128, 186, 255);
    }

    @Test
    void showsFromSmallestToLargestWhereThereIsNoWindow() throws IOException {
        assertThat(gray(frame(row(100, 150, 300)))).containsExactly(0, 64, 255);
        assertThat(gray(frame(row(7, 7)))).containsExactly(0, 0);
    }

    @Test
    void ignoresAWindowThatTheStandardForbids() throws IOException {
        Dataset dataset = row(100, 300).put(Tag.WindowCenter, "10").put(Tag.WindowWidth, "0");

        assertThat(gray(frame(dataset))).containsExactly(0, 255);
    }

    @Test
    void prefersAVoiTableToAWindow() throws IOException {
        Dataset dataset = row(0, 1, 2, 3)
                .put(Tag.WindowCenter, "1")
                .put(Tag.WindowWidth, "2")
                .copy(table(Tag.VOILUTSequence, 3, 1, 8, 0, 51, 255), Tag.VOILUTSequence);

        assertThat(gray(frame(dataset))).containsExactly(0, 0, 51, 255);
    }

    /**
     * PS3.3 C.11.2.1.1: the first value mapped is SS where values may be negative, whatever these pixels are. The table
     * maps -100 to 0 and 100 to 200.
     */
    @ParameterizedTest
    @CsvSource({
        // pixel representation, intercept, VR of the first value, stored values of -100, 0 and 100 HU
        "0, -1024, US, 924, 1024, 1124",
        "0, -1024, SS, 924, 1024, 1124",
        "1, 0, US, -100, 0, 100",
        "1, 0, SS, -100, 0, 100",
        "1, -1024, SS, 924, 1024, 1124",
        "0, -100, US, 0, 100, 200",
    })
    void readsTheFirstValueOfAVoiTableByTheAttributesAlone(
            int representation, String intercept, String vr, int low, int middle, int high) throws IOException {
        int[] entries = IntStream.rangeClosed(0, 200).toArray();
        int first = vr.equals("SS") ? -100 : 65436;
        Dataset voi = table(Tag.VOILUTSequence, entries.length, first, 8, entries);
        for (int[] stored : new int[][] {{middle, high}, {low, middle}, {high, high}}) {
            Dataset dataset = row(stored)
                    .put(Tag.PixelRepresentation, representation)
                    .put(Tag.RescaleSlope, "1")
                    .put(Tag.RescaleIntercept, intercept)
                    .copy(voi, Tag.VOILUTSequence);
            int offset = low;

            assertThat(gray(frame(dataset)))
                    .containsExactly(
                            IntStream.of(stored).map(value -> value - offset).toArray());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false, 40000", "0, true, 40000"})
    void aVoiTableOfValuesThatAreNeverNegativeBeginsWhereItSays(int representation, boolean tables, int first)
            throws IOException {
        Dataset dataset = row(40_000, 40_001)
                .put(Tag.PixelRepresentation, representation)
                .copy(table(Tag.VOILUTSequence, 2, first, 8, 7, 9), Tag.VOILUTSequence);
        if (tables) {
            dataset = row(0, 1)
                    .copy(dataset, Tag.VOILUTSequence)
                    .copy(table(Tag.ModalityLUTSequence, 2, 0, 16, 40_000, 40_001), Tag.ModalityLUTSequence);
        }
        assertThat(gray(frame(dataset))).containsExactly(7, 9);
    }

    @ParameterizedTest
    @CsvSource({
        "0, LINEAR, false",
        "-1000, LINEAR, false",
        "0.5, LINEAR, false",
        "0.5, '', false",
        "1, LINEAR, true",
        "0, LINEAR_EXACT, false",
        "-1, SIGMOID, false",
        "0, SIGMOID, false",
        "0.5, LINEAR_EXACT, true",
        "0.5, sigmoid, true",
        "'', LINEAR, false",
    })
    void aWindowThatTheStandardForbidsSaysNothing(String width, String function, boolean valid) throws IOException {
        Dataset dataset = row(100, 200, 300)
                .put(Tag.WindowCenter, "10")
                .put(Tag.WindowWidth, width)
                .put(Tag.VOILUTFunction, function);

        assertThat(VoiAttributes.of(dataset).contains(Tag.WindowWidth)).isEqualTo(valid);
        if (!valid) {
            assertThat(gray(frame(dataset))).containsExactly(0, 128, 255);
        }
    }

    static Stream<Dataset> unreadable() {
        return Stream.of(
                row(1).put(Tag.RescaleSlope, "NaN"),
                row(1).put(Tag.RescaleSlope, "Infinity"),
                row(1).put(Tag.RescaleSlope, "1", "2"),
                row(1).put(Tag.RescaleSlope, "steep"),
                row(1).put(Tag.RescaleIntercept, "NaN"),
                row(1).put(Tag.WindowCenter, "mid").put(Tag.WindowWidth, "100"),
                row(1).put(Tag.WindowCenter, "1").put(Tag.WindowWidth, "100").put(Tag.VOILUTFunction, "CUBIC"),
                row(1).put(Tag.PixelRepresentation, 2),
                row(1).put(Tag.PixelSpacing, "1"),
                row(1).put(Tag.PixelSpacing, "0", "0"),
                row(1).put(Tag.PixelSpacing, "1", "NaN"),
                row(1).put(Tag.PixelSpacing, "-1", "1"),
                row(1).put(Tag.ImagerPixelSpacing, "wide", "1"),
                row(1).put(Tag.PresentationLUTShape, "INVERSE"),
                row(1).put(Tag.PresentationLUTShape, "ROUND"),
                row(1).put(Tag.PhotometricInterpretation, "MONOCHROME1").put(Tag.PresentationLUTShape, "IDENTITY"),
                row(1).put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "0.9", "0"),
                row(1).put(Tag.ImagePositionPatient, "1", "2"),
                row(1).copy(table(Tag.VOILUTSequence, 5, 0, 8, 1, 2), Tag.VOILUTSequence),
                row(1).copy(table(Tag.ModalityLUTSequence, 1, 0, 40, 1), Tag.ModalityLUTSequence),
                row(1).copy(table(Tag.ModalityLUTSequence, 4, 0, 16, 1, 2), Tag.ModalityLUTSequence),
                row(1).copy(table(Tag.ModalityLUTSequence, 4, 0, 16, 1, 2, 3), Tag.ModalityLUTSequence),
                row(1).copy(table(Tag.ModalityLUTSequence, 2, 0, 16, 1, 2, 3), Tag.ModalityLUTSequence),
                row(1).copy(table(Tag.ModalityLUTSequence, 2, 0, 8, 1, 256), Tag.ModalityLUTSequence),
                row(1).copy(table(Tag.VOILUTSequence, 4, 0, 16, 1, 2), Tag.VOILUTSequence),
                row(1).copy(table(Tag.VOILUTSequence, 2, 0, 12, 1, 4096), Tag.VOILUTSequence),
                row(1).put(Tag.RescaleSlope, "-1")
                        .put(Tag.RescaleIntercept, "100")
                        .copy(table(Tag.ModalityLUTSequence, 2, 0, 16, 1, 2), Tag.ModalityLUTSequence),
                row(1).put(Tag.RescaleSlope, "1e-300"),
                row(1).put(Tag.RescaleSlope, "1e300"),
                row(1).put(Tag.RescaleIntercept, "-1e300"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatIsThereAndMeansNothingIsNotTakenForAbsent(Dataset dataset) {
        assertThatThrownBy(() -> frame(dataset)).isInstanceOf(DicomException.class);
    }

    /** PS3.3 C.11.1.1.1: entries of 8 bits lie two in a word, by old writers one. Both are written as two. */
    @ParameterizedTest
    @ValueSource(ints = {Tag.ModalityLUTSequence, Tag.VOILUTSequence})
    void bytesOfATableMayLieOneOrTwoInAWord(int sequence) throws IOException {
        for (int[] words : new int[][] {{0, 51, 255}, {51 << 8, 255}}) {
            Dataset table = table(sequence, 3, 0, 8, words);

            Frame frame = frame(row(0, 1, 2).copy(table, sequence));

            assertThat(gray(frame)).containsExactly(0, 51, 255);
            assertThat(VoiAttributes.tables(table, sequence)
                            .items(sequence)
                            .get(0)
                            .words(Tag.LUTData))
                    .containsExactly(51 << 8, 255);
        }
    }

    /** What lies outside of the functional groups is no part of an enhanced instance, and is not overlooked. */
    @Test
    void anEnhancedInstanceHasItsModalityUnitsFromItsGroups() throws IOException {
        Dataset table = table(Tag.ModalityLUTSequence, 2, 0, 16, 9, 1);
        for (Dataset group : List.of(
                perFrame("2", "5", "0"),
                new Dataset()
                        .putItems(
                                Tag.PlanePositionSequence,
                                List.of(new Dataset().put(Tag.ImagePositionPatient, "0", "0", "0"))))) {
            boolean rescaled = group.contains(Tag.PixelValueTransformationSequence);
            Dataset enhanced = row(1).put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4.1")
                    .putItems(Tag.PerFrameFunctionalGroupsSequence, List.of(group));
            assertThat(frame(enhanced).values()).containsExactly(rescaled ? 7 : 1);

            enhanced.put(Tag.RescaleSlope, "-1").put(Tag.RescaleIntercept, "100");
            if (rescaled) {
                assertThat(frame(enhanced).values()).containsExactly(7);
            } else {
                assertThatThrownBy(() -> frame(enhanced)).hasMessageContaining("outside of the functional groups");
            }
            enhanced.put(Tag.RescaleSlope, "1").put(Tag.RescaleIntercept, "0").copy(table, Tag.ModalityLUTSequence);
            assertThatThrownBy(() -> frame(enhanced)).hasMessageContaining("beside functional groups");
        }
    }

    /** A width or centre that no float holds, as viewers and validators have them. */
    @Test
    void aWindowBeyondAllNumbersSaysNothing() throws IOException {
        for (String[] window : new String[][] {{"10", "1e300"}, {"1e300", "100"}}) {
            Dataset dataset = row(100, 300).put(Tag.WindowCenter, window[0]).put(Tag.WindowWidth, window[1]);

            assertThat(gray(frame(dataset))).containsExactly(0, 255);
            assertThat(VoiAttributes.of(dataset).contains(Tag.WindowWidth)).isFalse();
        }
    }

    @Test
    void keepsPaddingOutOfValuesAndShowsItBlack() throws IOException {
        Dataset dataset =
                row(-2000, -10, 90).put(Tag.PixelRepresentation, 1).put(Tag.PixelPaddingValue, -2000 & 0xFFFF);

        assertThat(frame(dataset).values()).containsExactly(-10, -10, 90);
        assertThat(gray(frame(dataset))).containsExactly(0, 0, 255);
    }

    @Test
    void keepsARangeOfPaddingOut() throws IOException {
        Dataset dataset = row(0, 3, 5, 6, 16)
                .put(Tag.PhotometricInterpretation, "MONOCHROME1")
                .put(Tag.PixelPaddingValue, 5)
                .put(Tag.PixelPaddingRangeLimit, 0);

        assertThat(frame(dataset).values()).containsExactly(65519, 65519, 65519, 65529, 65519);
        assertThat(gray(frame(dataset))).containsExactly(0, 0, 0, 255, 0);
    }

    @Test
    void takesWhatHoldsForAFrameFromFunctionalGroups() throws IOException {
        Dataset dataset = PixelFiles.header(1, 1)
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4.1")
                .put(Tag.NumberOfFrames, 2)
                .put(Tag.FrameOfReferenceUID, "2.25.9")
                .putItems(
                        Tag.SharedFunctionalGroupsSequence,
                        List.of(new Dataset()
                                .putItems(
                                        Tag.PixelMeasuresSequence,
                                        List.of(new Dataset().put(Tag.PixelSpacing, "0.5", "0.25")))
                                .putItems(
                                        Tag.PlaneOrientationSequence,
                                        List.of(new Dataset()
                                                .put(Tag.ImageOrientationPatient, "0", "1", "0", "0", "0", "-1")))))
                .putItems(
                        Tag.PerFrameFunctionalGroupsSequence,
                        List.of(perFrame("1", "0", "-4.5"), perFrame("2", "1", "7.5")))
                .putPixels(PixelFiles.words(10, 10));

        assertThat(frame(dataset, 1).values()).containsExactly(10);
        Frame second = frame(dataset, 2);
        assertThat(second.values()).containsExactly(21);
        assertThat(second.spacing()).contains(new PixelSpacing(0.5, 0.25));
        ImagePlane plane = second.plane().orElseThrow();
        assertThat(plane.position()).containsExactly(0, 0, 7.5);
        assertThat(plane.orientation()).containsExactly(0, 1, 0, 0, 0, -1);
        assertThat(plane.frameOfReferenceUid()).isEqualTo("2.25.9");
        assertThat(second.reference().frameNumber()).isEqualTo(2);
    }

    private static Dataset perFrame(String slope, String intercept, String z) {
        return new Dataset()
                .putItems(
                        Tag.PixelValueTransformationSequence,
                        List.of(new Dataset().put(Tag.RescaleSlope, slope).put(Tag.RescaleIntercept, intercept)))
                .putItems(Tag.PlanePositionSequence, List.of(new Dataset().put(Tag.ImagePositionPatient, "0", "0", z)));
    }

    @Test
    void aClassicMultiFrameInstanceHasOneDirectionForAllAndAPlaceForNone() throws IOException {
        Dataset dataset = PixelFiles.header(1, 1)
                .put(Tag.NumberOfFrames, 2)
                .put(Tag.ImagePositionPatient, "0", "0", "0")
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
                .putPixels(PixelFiles.words(1, 2));

        assertThat(frame(dataset, 2).plane().orElseThrow().orientation()).containsExactly(1, 0, 0, 0, 1, 0);
        assertThat(frame(dataset, 2).place()).isEmpty();
    }

    @Test
    void takesASpacingThatHoldsInThePatientAndNoOther() throws IOException {
        Dataset slice = row(1).put(Tag.PixelSpacing, "0.4", "0.3");
        assertThat(frame(slice).spacing()).contains(new PixelSpacing(0.4, 0.3));
        assertThat(frame(slice.put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7"))
                        .spacing())
                .isEmpty();
        assertThat(frame(slice.put(Tag.PixelSpacingCalibrationType, "FIDUCIAL")).spacing())
                .contains(new PixelSpacing(0.4, 0.3));
        assertThat(frame(row(1).put(Tag.ImagerPixelSpacing, "0.2", "0.1")).spacing())
                .isEmpty();
        assertThat(frame(row(1)).spacing()).isEmpty();
    }
}
