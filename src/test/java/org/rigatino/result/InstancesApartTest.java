package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.proof.demo.Dciodvfy;

/** Two instances of one series that differ in what an object says once, and what is said where numbers mean little. */
class InstancesApartTest {
    private static final int SIDE = 16;
    private static final AlgorithmIdentification ALGORITHM = new AlgorithmIdentification("knee", "1", "ab".repeat(32));
    private static final Set<ObjectKind> KINDS = EnumSet.of(
            ObjectKind.SEGMENTATION,
            ObjectKind.PROBABILITY_MAP,
            ObjectKind.PARAMETRIC_MAP,
            ObjectKind.PRESENTATION_STATE,
            ObjectKind.MEASUREMENT_REPORT,
            ObjectKind.MULTI_FRAME_SECONDARY_CAPTURE);

    @TempDir
    Path folder;

    private boolean flagged = true;
    private String highest;
    private Dataset first;
    private Dataset second;

    @BeforeEach
    void make() {
        first = source(1);
        second = source(2);
    }

    private static Dataset source(int number) {
        return PixelFiles.flair("2.25.50" + number, SIDE, new short[SIDE * SIDE])
                .put(Tag.InstanceNumber, number)
                .put(Tag.BodyPartExamined, "KNEE")
                .put(Tag.ImagePositionPatient, "0", "0", Integer.toString(5 * number));
    }

    /** As a projection, of which nothing tells the distances in the patient. */
    private static Dataset projection() {
        Dataset source = new Dataset();
        Dataset slice = source(1);
        source.copy(
                slice,
                Tag.SOPInstanceUID,
                Tag.StudyInstanceUID,
                Tag.SeriesInstanceUID,
                Tag.PatientID,
                Tag.BodyPartExamined,
                Tag.SeriesNumber,
                Tag.InstanceNumber,
                Tag.ImageType,
                Tag.SamplesPerPixel,
                Tag.PhotometricInterpretation,
                Tag.Rows,
                Tag.Columns,
                Tag.BitsAllocated,
                Tag.BitsStored,
                Tag.HighBit,
                Tag.PixelRepresentation);
        return source.put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.1.1")
                .put(Tag.Modality, "DX")
                .put(Tag.PatientOrientation, "L", "F")
                .putPixels(new short[SIDE * SIDE]);
    }

    /** Two rows of three pixels depart, of {@link #highest} the most. */
    private ImageFinding finding(Frame frame) {
        float[] map = new float[SIDE * SIDE];
        for (int row = 4; row < 6; row++) {
            Arrays.fill(map, row * SIDE + 5, row * SIDE + 8, 5);
        }
        double score = frame.reference().sopInstanceUid().equals(highest) ? 5 : 4;
        return new ImageFinding(frame.reference(), ALGORITHM.digest(), score, 99, flagged, map);
    }

    private List<Dataset> encode(ObjectKind kind, Dataset... sources) throws IOException {
        SeriesObjects objects = new SeriesObjects(ALGORITHM, Configurations.of());
        for (Dataset source : sources) {
            Path file = folder.resolve(source.require(Tag.SOPInstanceUID));
            Files.write(file, source.encode("1.2.840.10008.1.2.1", "TEST"));
            try (InstanceFrames frames = InstanceFrames.open(file)) {
                Frame frame = frames.frame(1);
                Dataset header = frames.header();
                objects.add(
                        header,
                        frame,
                        finding(frame),
                        SeriesObjectsTest.captures(folder, header, frame, finding(frame)));
            }
        }
        List<Dataset> encoded = new ArrayList<>();
        for (EncodedObject object : objects.encode(KINDS)) {
            if (object.kind() == kind) {
                encoded.add(Dataset.readHeader(
                        Files.write(folder.resolve(object.sopInstanceUid() + ".out"), object.bytes())));
            }
        }
        return encoded;
    }

    /** Of each object what it says, behind the last digit of the instance that it is of. */
    private static List<String> said(List<Dataset> objects, int tag) throws IOException {
        List<String> said = new ArrayList<>();
        for (Dataset object : objects) {
            StringBuilder of = new StringBuilder();
            for (Dataset series : object.items(Tag.ReferencedSeriesSequence)) {
                int items = series.contains(Tag.ReferencedInstanceSequence)
                        ? Tag.ReferencedInstanceSequence
                        : Tag.ReferencedImageSequence;
                for (Dataset item : series.items(items)) {
                    String uid = item.require(Tag.ReferencedSOPInstanceUID);
                    of.append(uid.charAt(uid.length() - 1));
                }
            }
            said.add(of + " " + object.string(tag).orElse(""));
        }
        return said;
    }

    @ParameterizedTest
    @EnumSource(names = {"PARAMETRIC_MAP", "PRESENTATION_STATE"})
    void eachSideIsAnObjectOfThatSide(ObjectKind kind) throws IOException {
        assertThat(said(
                        encode(kind, first.put(Tag.ImageLaterality, "L"), second.put(Tag.ImageLaterality, "R")),
                        Tag.Laterality))
                .containsExactlyInAnyOrder("1 L", "2 R");
    }

    @ParameterizedTest
    @EnumSource(names = {"PARAMETRIC_MAP", "PRESENTATION_STATE"})
    void oneSideIsOneObject(ObjectKind kind) throws IOException {
        assertThat(said(
                        encode(kind, first.put(Tag.ImageLaterality, "R"), second.put(Tag.Laterality, "R")),
                        Tag.Laterality))
                .containsExactly("12 R");
    }

    @ParameterizedTest
    @EnumSource(names = {"SEGMENTATION", "PROBABILITY_MAP", "PARAMETRIC_MAP"})
    void anObjectIsInTheFrameOfReferenceOfItsOwnFrames(ObjectKind kind) throws IOException {
        second.put(Tag.FrameOfReferenceUID, "2.25.78").put(Tag.PositionReferenceIndicator, "XY");
        assertThat(said(encode(kind, first, second), Tag.FrameOfReferenceUID))
                .containsExactlyInAnyOrder("1 2.25.4", "2 2.25.78");
        assertThat(said(encode(kind, first, second), Tag.PositionReferenceIndicator))
                .containsExactlyInAnyOrder("1 ", "2 XY");
    }

    @ParameterizedTest
    @EnumSource(names = {"SEGMENTATION", "PARAMETRIC_MAP"})
    void anObjectIsAsLossyAsItsOwnFrames(ObjectKind kind) throws IOException {
        second.put(Tag.FrameOfReferenceUID, "2.25.78")
                .put(Tag.LossyImageCompression, "01")
                .put(Tag.LossyImageCompressionRatio, "10");
        assertThat(said(encode(kind, first, second), Tag.LossyImageCompression))
                .containsExactlyInAnyOrder("1 00", "2 01");
        second.put(Tag.FrameOfReferenceUID, "2.25.4");
        assertThat(said(encode(kind, first, second), Tag.LossyImageCompressionRatio))
                .containsExactly("12 10");
    }

    private List<String> measured(ObjectKind kind, int tag) throws IOException {
        List<String> measured = new ArrayList<>();
        for (Dataset object : encode(kind, first, second)) {
            Dataset shared = object.items(Tag.SharedFunctionalGroupsSequence).get(0);
            for (Dataset frame : object.items(Tag.PerFrameFunctionalGroupsSequence)) {
                Dataset own = frame.contains(Tag.PixelMeasuresSequence) ? frame : shared;
                assertThat(frame.contains(Tag.PixelMeasuresSequence))
                        .isNotEqualTo(shared.contains(Tag.PixelMeasuresSequence));
                String uid = frame.items(Tag.DerivationImageSequence)
                        .get(0)
                        .items(Tag.SourceImageSequence)
                        .get(0)
                        .require(Tag.ReferencedSOPInstanceUID);
                measured.add(uid.substring(uid.length() - 1) + " "
                        + own.items(Tag.PixelMeasuresSequence).get(0).require(tag));
            }
        }
        return measured.stream().distinct().sorted().toList();
    }

    /** Else whoever multiplies pixels by it has another volume. */
    @ParameterizedTest
    @EnumSource(names = {"SEGMENTATION", "PROBABILITY_MAP", "PARAMETRIC_MAP", "MULTI_FRAME_SECONDARY_CAPTURE"})
    void eachFrameIsAsThickAsItsOwnSource(ObjectKind kind) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        first.put(Tag.SliceThickness, "5").put(Tag.SpacingBetweenSlices, "6");
        second.put(Tag.SliceThickness, "10").put(Tag.SpacingBetweenSlices, "11");
        assertThat(measured(kind, Tag.SliceThickness)).containsExactly("1 5", "2 10");
        assertThat(measured(kind, Tag.SpacingBetweenSlices)).containsExactly("1 6", "2 11");
        List<Dataset> objects = encode(kind, first, second);
        assertThat(objects).hasSize(1);
        assertThat(Dciodvfy.errors(folder.resolve(objects.get(0).require(Tag.SOPInstanceUID) + ".out")))
                .isEmpty();
        assertThat(encode(kind, first, first.put(Tag.SOPInstanceUID, "2.25.502"))
                        .get(0)
                        .items(Tag.SharedFunctionalGroupsSequence)
                        .get(0)
                        .contains(Tag.PixelMeasuresSequence))
                .isTrue();
    }

    /** Instances that share one count in one way (PS3.3 C.7.6.17.2), and each object's places begin with 1. */
    @ParameterizedTest
    @EnumSource(names = {"SEGMENTATION", "PARAMETRIC_MAP"})
    void noTwoObjectsShareDimensions(ObjectKind kind) throws IOException {
        second.put(Tag.FrameOfReferenceUID, "2.25.78");
        List<String> organizations = new ArrayList<>();
        for (Dataset object : encode(kind, first, second)) {
            String uid = object.items(Tag.DimensionOrganizationSequence).get(0).require(Tag.DimensionOrganizationUID);
            organizations.add(uid);
            assertThat(object.items(Tag.DimensionIndexSequence))
                    .allMatch(
                            index -> index.string(Tag.DimensionOrganizationUID).equals(Optional.of(uid)));
        }
        assertThat(organizations).hasSize(2).doesNotHaveDuplicates();
    }

    /** White from the whole departure on, as the other objects say; LINEAR is of integers (PS3.3 C.11.2.1.2.1). */
    @Test
    void theWindowOfAMapEndsAtTheWholeDeparture() throws IOException {
        Dataset window = encode(ObjectKind.PARAMETRIC_MAP, first)
                .get(0)
                .items(Tag.SharedFunctionalGroupsSequence)
                .get(0)
                .items(Tag.FrameVOILUTSequence)
                .get(0);
        assertThat(window.string(Tag.VOILUTFunction)).contains("LINEAR_EXACT");
        assertThat(window.doubles(Tag.WindowCenter)[0] * 2)
                .isEqualTo(window.doubles(Tag.WindowWidth)[0])
                .isEqualTo(Configurations.of().level() + Configurations.of().span());
    }

    private byte[] fileOf(List<Dataset> objects, Dataset source) throws IOException {
        for (Dataset object : objects) {
            if (said(List.of(object), Tag.Modality).get(0).startsWith(source.require(Tag.InstanceNumber) + " ")) {
                return Files.readAllBytes(folder.resolve(object.require(Tag.SOPInstanceUID) + ".out"));
            }
        }
        throw new AssertionError("no object of " + source.require(Tag.SOPInstanceUID));
    }

    /** Regions of the highest frame alone are segments, and that may lie in another object. */
    @Test
    void whatIsMarkedOtherwiseHasAnotherUid() throws IOException {
        flagged = false;
        second.put(Tag.FrameOfReferenceUID, "2.25.78");
        List<String> uids = new ArrayList<>();
        for (Dataset high : List.of(first, second)) {
            highest = high.require(Tag.SOPInstanceUID);
            for (Dataset object : encode(ObjectKind.SEGMENTATION, first, second)) {
                uids.add(object.require(Tag.SOPInstanceUID));
            }
        }
        assertThat(uids).hasSize(4).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(names = {"SEGMENTATION", "PROBABILITY_MAP", "PARAMETRIC_MAP"})
    void whatOtherObjectsAreOfChangesNoBytes(ObjectKind kind) throws IOException {
        second.put(Tag.FrameOfReferenceUID, "2.25.78");
        byte[] alone = fileOf(encode(kind, second), second);
        first.put(Tag.StudyDescription, "OF ANOTHER").put(Tag.ContentDate, "19991231");
        assertThat(fileOf(encode(kind, first, second), second)).isEqualTo(alone);
    }

    @Test
    void whatIsLeftOutIsInNoAttributeOfOthers() throws IOException {
        List<String> files = new ArrayList<>();
        for (boolean others : new boolean[] {true, false}) {
            SeriesObjects objects = new SeriesObjects(ALGORITHM, Configurations.of());
            for (Dataset source : others ? List.of(first, second) : List.of(second)) {
                Path file =
                        PixelFiles.write(folder, source.put(Tag.StudyDescription, source.require(Tag.InstanceNumber)));
                try (InstanceFrames frames = InstanceFrames.open(file)) {
                    Frame frame = frames.frame(1);
                    objects.add(frames.header(), frame, finding(frame), Map.of());
                }
            }
            objects.leaveOut(first.require(Tag.SOPInstanceUID));
            EncodedObject report =
                    objects.encode(EnumSet.of(ObjectKind.MEASUREMENT_REPORT)).get(0);
            files.add(new String(report.bytes(), StandardCharsets.ISO_8859_1));
        }
        assertThat(files.get(0)).isEqualTo(files.get(1));
    }

    /** As scanners compute them slice by slice; a row or two of a pixel is no other direction. */
    @ParameterizedTest
    @EnumSource(names = {"SEGMENTATION", "PARAMETRIC_MAP", "MULTI_FRAME_SECONDARY_CAPTURE"})
    void directionsThatAreRoundedOtherwiseAreOne(ObjectKind kind) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        first.put(Tag.ImageOrientationPatient, "1", "0", "-0.0000004", "0", "0.9998477", "-0.0174524");
        second.put(Tag.ImageOrientationPatient, "1", "-0", "0", "0", "0.9998476", "-0.0174525");
        List<Dataset> objects = encode(kind, first, second);
        assertThat(objects).hasSize(1);
        assertThat(Dciodvfy.errors(folder.resolve(objects.get(0).require(Tag.SOPInstanceUID) + ".out")))
                .isEmpty();
        List<Dataset> frames = objects.get(0).items(Tag.PerFrameFunctionalGroupsSequence);
        assertThat(frames.get(0).items(Tag.PlanePositionSequence).get(0).strings(Tag.ImagePositionPatient))
                .containsExactly("0", "0", "5");
        second.put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "0.9998", "-0.02");
        assertThat(encode(kind, first, second)).hasSize(2);
    }

    private Dataset marked(int group) {
        int next = group << 16;
        return projection()
                .put(Tag.OverlayRows + next, SIDE)
                .put(Tag.OverlayColumns + next, SIDE)
                .put(Tag.OverlayType + next, "G")
                .put(Tag.OverlayOrigin + next, 1, 1)
                .put(Tag.OverlayBitsAllocated + next, 1)
                .put(Tag.OverlayBitPosition + next, 0)
                .putWords(Tag.OverlayData + next, new short[SIDE * SIDE / 16])
                .put(Tag.ShutterShape, "RECTANGULAR")
                .put(Tag.ShutterLeftVerticalEdge, 1)
                .put(Tag.ShutterRightVerticalEdge, SIDE)
                .put(Tag.ShutterUpperHorizontalEdge, 2)
                .put(Tag.ShutterLowerHorizontalEdge, SIDE - 1);
    }

    /** Else the letter of the side is gone where outlines are shown, and the border of the collimator white (PS3.4 N.2). */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 30})
    void whatAnImageShowsOverItselfIsShownWithOutlines(int group) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        second = projection().put(Tag.SOPInstanceUID, "2.25.502");
        List<Dataset> states = encode(ObjectKind.PRESENTATION_STATE, marked(group), second);
        assertThat(states).hasSize(2);
        for (Dataset state : states) {
            boolean ofMarked = said(List.of(state), Tag.ContentLabel).get(0).startsWith("1");
            assertThat(state.contains(Tag.OverlayActivationLayer + (group << 16)))
                    .isEqualTo(ofMarked);
            assertThat(state.items(Tag.GraphicLayerSequence))
                    .extracting(layer -> layer.require(Tag.GraphicLayer) + " " + layer.require(Tag.GraphicLayerOrder))
                    .containsExactly(ofMarked ? new String[] {"IMAGE 1", "DEPARTURE 2"} : new String[] {"DEPARTURE 1"});
            assertThat(state.strings(Tag.ShutterUpperHorizontalEdge)).isEqualTo(ofMarked ? List.of("2") : List.of());
            assertThat(state.strings(Tag.ShutterPresentationValue)).isEqualTo(ofMarked ? List.of("0") : List.of());
            assertThat(Dciodvfy.errors(folder.resolve(state.require(Tag.SOPInstanceUID) + ".out")))
                    .isEmpty();
        }
    }

    /** A shutter without its edges is none. */
    @Test
    void aShutterIsWholeOrAbsent() throws IOException {
        Dataset half = marked(0).put(Tag.ShutterShape, "RECTANGULAR", "CIRCULAR");
        Dataset state = encode(ObjectKind.PRESENTATION_STATE, half).get(0);
        assertThat(state.contains(Tag.ShutterShape)).isFalse();
        assertThat(state.contains(Tag.ShutterLeftVerticalEdge)).isFalse();
        assertThat(state.string(Tag.OverlayActivationLayer)).contains("IMAGE");
    }

    private static Dataset table(int... data) {
        return new Dataset()
                .put(Tag.LUTDescriptor, 4, 0, 16)
                .put(Tag.ModalityLUTType, "US")
                .putWords(Tag.LUTData, PixelFiles.words(data));
    }

    @Test
    void anotherModalityLutIsAnotherPresentationState() throws IOException {
        first.putItems(Tag.ModalityLUTSequence, List.of(table(1, 2, 3, 4)));
        second.putItems(Tag.ModalityLUTSequence, List.of(table(4, 3, 2, 1)));
        List<Dataset> states = encode(ObjectKind.PRESENTATION_STATE, first, second);
        assertThat(said(states, Tag.ContentLabel)).containsExactlyInAnyOrder("1 DEPARTURE", "2 DEPARTURE");
        for (Dataset state : states) {
            boolean ofFirst = said(List.of(state), Tag.ContentLabel).get(0).startsWith("1");
            assertThat(state.items(Tag.ModalityLUTSequence).get(0).words(Tag.LUTData))
                    .containsExactly(ofFirst ? new int[] {1, 2, 3, 4} : new int[] {4, 3, 2, 1});
        }
        second.putItems(Tag.ModalityLUTSequence, List.of(table(1, 2, 3, 4)));
        assertThat(encode(ObjectKind.PRESENTATION_STATE, first, second)).hasSize(1);
    }

    /** Of more bits than a restored image is stored in: of the stored values, which the state is laid over. */
    @ParameterizedTest
    @CsvSource({"2, , 2, 0", ", -5, 1, -5"})
    void whatIsLeftOutOfARescaleIsPutIntoAPresentationState(
            String slope, String intercept, String writtenSlope, String writtenIntercept) throws IOException {
        first.put(Tag.BitsAllocated, 32).put(Tag.BitsStored, 20).put(Tag.HighBit, 19);
        first.putPixels(new short[2 * SIDE * SIDE]);
        if (slope != null) {
            first.put(Tag.RescaleSlope, slope);
        }
        if (intercept != null) {
            first.put(Tag.RescaleIntercept, intercept);
        }
        assertThat(encode(ObjectKind.PRESENTATION_STATE, first)).singleElement().satisfies(state -> {
            assertThat(state.string(Tag.RescaleSlope)).contains(writtenSlope);
            assertThat(state.string(Tag.RescaleIntercept)).contains(writtenIntercept);
        });
    }

    private String areaOf(Dataset source) throws IOException {
        List<String> areas = new ArrayList<>();
        areas(encode(ObjectKind.MEASUREMENT_REPORT, source).get(0), areas);
        return String.join(" ", areas);
    }

    private static void areas(Dataset item, List<String> areas) throws IOException {
        for (Dataset child : item.items(Tag.ContentSequence)) {
            List<Dataset> name = child.items(Tag.ConceptNameCodeSequence);
            if (!name.isEmpty() && name.get(0).string(Tag.CodeMeaning).equals(Optional.of("Area"))) {
                areas.add(child.items(Tag.MeasuredValueSequence).get(0).require(Tag.NumericValue));
                for (Dataset modifier : child.items(Tag.ContentSequence)) {
                    areas.add(modifier.require(Tag.TextValue));
                }
            }
            areas(child, areas);
        }
    }

    private Optional<String> spacingOf(ObjectKind kind, Dataset source) throws IOException {
        Dataset shared = encode(kind, source)
                .get(0)
                .items(Tag.SharedFunctionalGroupsSequence)
                .get(0);
        return shared.contains(Tag.PixelMeasuresSequence)
                ? Optional.of(String.join(
                        "\\", shared.items(Tag.PixelMeasuresSequence).get(0).strings(Tag.PixelSpacing)))
                : Optional.empty();
    }

    private record Distances(String name, Consumer<Dataset> put) {}

    /** Six pixels. Nobody measures a patient at the detector (PS3.3 10.7). */
    @Test
    void theMillimetresOfADetectorAreNotThePatients() throws IOException {
        for (Distances unknown : List.of(
                new Distances("detector", source -> source.put(Tag.ImagerPixelSpacing, "0.2", "0.2")),
                new Distances("film", source -> source.put(Tag.NominalScannedPixelSpacing, "0.2", "0.2")),
                new Distances("unsaid", source -> source.put(Tag.PixelSpacing, "0.2", "0.2")),
                new Distances("both", source -> source.put(Tag.PixelSpacing, "0.2", "0.2")
                        .put(Tag.ImagerPixelSpacing, "0.2", "0.2")))) {
            Dataset source = projection();
            unknown.put().accept(source);
            assertThat(areaOf(source)).as(unknown.name()).isEmpty();
            assertThat(spacingOf(ObjectKind.SEGMENTATION, source))
                    .as(unknown.name())
                    .isEmpty();
            assertThat(encode(ObjectKind.PRESENTATION_STATE, source)
                            .get(0)
                            .items(Tag.DisplayedAreaSelectionSequence)
                            .get(0)
                            .contains(Tag.PresentationPixelSpacing))
                    .as(unknown.name())
                    .isFalse();
        }
    }

    @Test
    void calibratedMillimetresAreOfTheDepthThatTheyAreFor() throws IOException {
        Dataset source = projection()
                .put(Tag.PixelSpacing, "0.5", "0.5")
                .put(Tag.ImagerPixelSpacing, "0.6", "0.6")
                .put(Tag.PixelSpacingCalibrationType, "GEOMETRY");
        assertThat(areaOf(source))
                .isEqualTo("1.5 Area at the depth that the source's Pixel Spacing is calibrated for (GEOMETRY)");
        assertThat(spacingOf(ObjectKind.SEGMENTATION, source)).contains("0.5\\0.5");
    }

    /** PS3.3 10.7.1.1; Pixel Spacing Calibration Type is Type 3. */
    @Test
    void whatDiffersFromTheDetectorsIsCalibrated() throws IOException {
        Dataset source = projection().put(Tag.PixelSpacing, "0.5", "0.5").put(Tag.ImagerPixelSpacing, "0.6", "0.6");
        assertThat(areaOf(source))
                .isEqualTo(
                        "1.5 Area at the depth that the source's Pixel Spacing, which is not the detector's, is for");
        assertThat(spacingOf(ObjectKind.SEGMENTATION, source)).contains("0.5\\0.5");
    }

    @Test
    void aMagnificationFactorGivesAnAreaAndNoPixelSpacing() throws IOException {
        Dataset source = projection()
                .put(Tag.ImagerPixelSpacing, "0.6", "0.6")
                .put(Tag.EstimatedRadiographicMagnificationFactor, "1.2");
        assertThat(areaOf(source))
                .isEqualTo(
                        "1.5 Area at the depth that the source's Estimated Radiographic Magnification Factor 1.2 is for");
        assertThat(spacingOf(ObjectKind.SEGMENTATION, source)).isEmpty();
        assertThat(areaOf(source.put(Tag.EstimatedRadiographicMagnificationFactor, "0.5")))
                .isEmpty();
    }

    /** Pixel Measures may be absent beside Derivation Image (PS3.3 A.51.5). */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void objectsOfAProjectionAreValid(boolean calibrated) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        Dataset source = projection()
                .put(Tag.ImagerPixelSpacing, "0.6", "0.5")
                .put(Tag.EstimatedRadiographicMagnificationFactor, "1.2");
        if (calibrated) {
            source.put(Tag.PixelSpacing, "0.5", "0.5").put(Tag.PixelSpacingCalibrationType, "FIDUCIAL");
        }
        for (ObjectKind kind : KINDS) {
            for (Dataset object : encode(kind, source)) {
                Path file = folder.resolve(object.require(Tag.SOPInstanceUID) + ".out");
                assertThat(Dciodvfy.errors(file)).as(kind.name()).isEmpty();
                if (kind == ObjectKind.MEASUREMENT_REPORT) {
                    assertThat(ReportTemplates.heldAgainst(file).lines().filter(line -> line.startsWith("Error")))
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void aSlicesMillimetresAreThePatients() throws IOException {
        assertThat(areaOf(first)).isEqualTo("6");
        assertThat(spacingOf(ObjectKind.SEGMENTATION, first)).contains("1\\1");
    }

    /** Pixels that are not as wide as high are shown as they lie, wherever their distances hold. */
    @Test
    void theRatioOfADetectorsPixelsIsKept() throws IOException {
        Dataset area = encode(ObjectKind.PRESENTATION_STATE, projection().put(Tag.ImagerPixelSpacing, "0.3", "0.2"))
                .get(0)
                .items(Tag.DisplayedAreaSelectionSequence)
                .get(0);
        assertThat(area.strings(Tag.PresentationPixelAspectRatio)).containsExactly("15000", "10000");
    }

    /** Wherever the distances are: how many times as high as wide a pixel is they tell all the same. */
    @Test
    void theRatioOfDistancesThatNobodyCalibratedIsKept() throws IOException {
        first = projection().put(Tag.PixelSpacing, "0.2", "0.1");
        second = projection().put(Tag.SOPInstanceUID, "2.25.502");
        List<String> ratios = new ArrayList<>();
        for (Dataset state : encode(ObjectKind.PRESENTATION_STATE, first, second)) {
            Dataset area = state.items(Tag.DisplayedAreaSelectionSequence).get(0);
            assertThat(area.contains(Tag.PresentationPixelSpacing)).isFalse();
            ratios.add(String.join(":", area.strings(Tag.PresentationPixelAspectRatio)));
        }
        assertThat(ratios).containsExactlyInAnyOrder("20000:10000", "1:1");
    }

    @ParameterizedTest
    @ValueSource(ints = {200_001, 2_147_483_647, -7, 1})
    void anImageHasItsOwnNumberInWords(int number) throws IOException {
        Dataset segmentation = encode(ObjectKind.SEGMENTATION, first.put(Tag.InstanceNumber, number))
                .get(0);
        assertThat(segmentation.items(Tag.SegmentSequence))
                .extracting(segment -> segment.string(Tag.TrackingID).orElse(""))
                .contains("Series 1 image " + number + " region 1 of SOP Instance UID "
                        + first.require(Tag.SOPInstanceUID));
    }

    /** Of two numbers that are one in what is left of them, and of one number. */
    @ParameterizedTest
    @CsvSource({"1, 200001", "-7, 199993", "5, 5", "0, 0"})
    void twoImagesHaveTwoTrackingIdentifiers(int one, int other) throws IOException {
        first.put(Tag.InstanceNumber, one);
        second.put(Tag.InstanceNumber, other);
        List<String> identifiers = new ArrayList<>();
        identifiers(encode(ObjectKind.MEASUREMENT_REPORT, first, second).get(0), identifiers);
        assertThat(identifiers).hasSize(2).doesNotHaveDuplicates();
        List<String> ofSegments = new ArrayList<>();
        for (Dataset segmentation : encode(ObjectKind.SEGMENTATION, first, second)) {
            for (Dataset segment : segmentation.items(Tag.SegmentSequence)) {
                segment.string(Tag.TrackingID).ifPresent(ofSegments::add);
            }
        }
        assertThat(ofSegments).containsExactlyInAnyOrderElementsOf(identifiers);
    }

    private static void identifiers(Dataset item, List<String> identifiers) throws IOException {
        for (Dataset child : item.items(Tag.ContentSequence)) {
            List<Dataset> name = child.items(Tag.ConceptNameCodeSequence);
            if (!name.isEmpty() && name.get(0).string(Tag.CodeValue).equals(Optional.of("112039"))) {
                identifiers.add(child.require(Tag.TextValue));
            }
            identifiers(child, identifiers);
        }
    }
}
