package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.Slow;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Pydicom;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.SameValues;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.StoreScp;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.finding.ImageFinding;
import org.rigatino.finding.Region;
import org.rigatino.finding.Regions;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;

/** A tilted phantom of odd size, whose lesion lies off every middle, on one slice. */
@Slow
class SeriesObjectsTest {
    private static final int ROWS = 41;
    private static final int COLUMNS = 47;
    private static final int SLICES = 7;
    private static final int LESION_SLICE = 4;
    private static final double TILT = Math.toRadians(20);
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));

    @TempDir
    Path folder;

    private Path sources;

    @BeforeEach
    void writeSources() throws IOException {
        sources = Files.createDirectory(folder.resolve("sources"));
        for (int slice = 0; slice < SLICES; slice++) {
            Files.write(sources.resolve(slice + ".dcm"), source(slice).encode("1.2.840.10008.1.2.1", "TEST"));
        }
    }

    private static Dataset source(int slice) {
        double[] at = origin(slice);
        return PixelFiles.header(ROWS, COLUMNS)
                .put(Tag.SOPInstanceUID, uid(slice))
                .put(Tag.FrameOfReferenceUID, "2.25.77")
                .put(Tag.StudyDate, "20200102")
                .put(Tag.StudyTime, "030405")
                .put(Tag.ContentDate, "20200102")
                .put(Tag.ContentTime, "03050" + slice)
                .put(Tag.PixelSpacing, "0.8", "1.25")
                .put(Tag.SliceThickness, "4")
                .put(Tag.ImagePositionPatient, SegmentationFrames.decimals(at))
                .put(
                        Tag.ImageOrientationPatient,
                        SegmentationFrames.decimals(1, 0, 0, 0, Math.cos(TILT), Math.sin(TILT)))
                .putPixels(new short[ROWS * COLUMNS]);
    }

    private static String uid(int slice) {
        return "2.25.40" + slice;
    }

    /** Slices are 5 mm apart along the normal. */
    private static double[] origin(int slice) {
        return new double[] {-30, -20 - 5 * slice * Math.sin(TILT), 10 + 5 * slice * Math.cos(TILT)};
    }

    /** Columns 33 to 38 and rows 6 to 9 of the lesion's slice. */
    private static ImageFinding finding(Frame frame) {
        float[] map = new float[ROWS * COLUMNS];
        boolean lesion = frame.reference().sopInstanceUid().equals(uid(LESION_SLICE));
        for (int row = 6; lesion && row <= 9; row++) {
            for (int column = 33; column <= 38; column++) {
                map[row * COLUMNS + column] = 4 + row - 6;
            }
        }
        return new ImageFinding(frame.reference(), ALGORITHM.digest(), lesion ? 4 : 1, lesion ? 99 : 40, lesion, map);
    }

    private List<EncodedObject> encode(long seed) throws IOException {
        List<Integer> order = new ArrayList<>();
        for (int slice = 0; slice < SLICES; slice++) {
            order.add(slice);
        }
        Collections.shuffle(order, new Random(seed));
        SeriesObjects objects = new SeriesObjects(ALGORITHM, Configurations.of());
        for (int slice : order) {
            try (InstanceFrames frames = InstanceFrames.open(sources.resolve(slice + ".dcm"))) {
                Frame frame = frames.frame(1);
                Map<ObjectKind, Path> captures = captures(folder, frames.header(), frame, finding(frame));
                objects.add(frames.header(), frame, finding(frame), captures);
            }
        }
        return objects.encode(EnumSet.allOf(ObjectKind.class));
    }

    /** Overlay and triptych of a frame, in files. */
    static Map<ObjectKind, Path> captures(Path folder, Dataset header, Frame frame, ImageFinding finding)
            throws IOException {
        ResultConfiguration configuration = Configurations.of();
        Map<ObjectKind, Path> files = new EnumMap<>(ObjectKind.class);
        for (EncodedObject object : List.of(
                SecondaryCapture.encode(header, frame, finding, ALGORITHM, configuration),
                TriptychCapture.encode(header, frame, frame.values(), finding, ALGORITHM, configuration))) {
            files.put(object.kind(), Files.write(folder.resolve(object.sopInstanceUid() + ".dcm"), object.bytes()));
        }
        return files;
    }

    private Path write(EncodedObject object) throws IOException {
        return Files.write(folder.resolve(object.sopInstanceUid() + ".dcm"), object.bytes());
    }

    @Test
    void everyObjectShowsTheLesionInTheRightMillimetreOfTheRightSlice() throws Exception {
        Pydicom.assumeInstalled();
        List<Path> files = new ArrayList<>(List.of(sources));
        for (EncodedObject object : encode(1)) {
            files.add(write(object));
        }
        double column = 35.5 * 1.25;
        double row = 7.5 * 0.8;
        double[] origin = origin(LESION_SLICE);
        String place = String.format(
                Locale.ROOT,
                " %s %.3f %.3f %.3f",
                uid(LESION_SLICE),
                origin[0] + column,
                origin[1] + row * Math.cos(TILT),
                origin[2] + row * Math.sin(TILT));
        assertThat(Pydicom.run("ignore", "src/test/resources/org/rigatino/result/where_is_it.py", files)
                        .output()
                        .lines())
                .containsExactlyInAnyOrder(
                        "BINARY" + place,
                        "FRACTIONAL" + place,
                        "MAP" + place,
                        "SR" + place,
                        "PR" + place,
                        "KO " + uid(LESION_SLICE),
                        "FRAMES" + place,
                        "PANES" + place);
    }

    /** PS3.5 10.1: the archive takes Implicit VR Little Endian alone, and what is kept here stays as it is. */
    @Test
    void everyObjectArrivesAtAnImplicitOnlyArchiveWithTheSameValues() throws Exception {
        Tool.assumeInstalled("storescp");
        Path archive = Files.createDirectory(folder.resolve("archive"));
        List<Path> files = new ArrayList<>();
        for (EncodedObject object : everyKind()) {
            files.add(write(object));
        }
        int port = Tool.freePort();
        RemoteNode node = new RemoteNode("127.0.0.1", port, "ANY", "TEST", Patience.STEP, Patience.STEP);
        List<Path> pairs = new ArrayList<>();
        try (StoreScp scp = StoreScp.start(port, archive, "+xi", "+uf", "--bit-preserving");
                StorageScu scu = StorageScu.open(node, files)) {
            for (Path file : files) {
                byte[] before = Files.readAllBytes(file);
                assertThat(scu.store(file)).isEqualTo(StoreStatus.SUCCESS);
                assertThat(file).hasBinaryContent(before);
                Path received = newest(archive);
                pairs.add(file);
                pairs.add(Files.move(received, folder.resolve("received-" + pairs.size() + ".dcm")));
            }
        }
        SameValues.assertThatAllAre(pairs);
    }

    private static Path newest(Path archive) throws IOException {
        try (Stream<Path> files = Files.list(archive)) {
            return files.findFirst().orElseThrow();
        }
    }

    private List<EncodedObject> everyKind() throws IOException {
        List<EncodedObject> objects = new ArrayList<>(encode(1));
        try (InstanceFrames frames = InstanceFrames.open(sources.resolve(LESION_SLICE + ".dcm"))) {
            Frame frame = frames.frame(1);
            ResultConfiguration configuration = Configurations.of();
            objects.add(SecondaryCapture.encode(frames.header(), frame, finding(frame), ALGORITHM, configuration));
            objects.add(RestoredImage.encode(
                    frames.header(), frame, frame.values(), finding(frame), ALGORITHM, configuration));
            objects.add(TriptychCapture.encode(
                    frames.header(), frame, frame.values(), finding(frame), ALGORITHM, configuration));
        }
        assertThat(objects).extracting(EncodedObject::kind).containsAll(ObjectKind.ofFindings());
        return objects;
    }

    @Test
    void theOrderOfArrivalChangesNothing() throws IOException {
        assertThat(encode(2))
                .usingRecursiveComparison()
                .withEqualsForType(Arrays::equals, byte[].class)
                .isEqualTo(encode(3));
    }

    @Test
    void anInstanceLeftOutIsInNoObject() throws IOException {
        SeriesObjects objects = new SeriesObjects(ALGORITHM, Configurations.of());
        for (int slice = 0; slice < 2; slice++) {
            try (InstanceFrames frames = InstanceFrames.open(sources.resolve(slice + ".dcm"))) {
                Frame frame = frames.frame(1);
                objects.add(
                        frames.header(),
                        frame,
                        finding(frame),
                        captures(folder, frames.header(), frame, finding(frame)));
            }
        }
        objects.leaveOut(uid(1));
        for (EncodedObject object : objects.encode(EnumSet.allOf(ObjectKind.class))) {
            assertThat(new String(object.bytes(), StandardCharsets.ISO_8859_1))
                    .contains(uid(0))
                    .doesNotContain(uid(1));
        }
        objects.leaveOut(uid(0));
        assertThat(objects.encode(EnumSet.allOf(ObjectKind.class))).isEmpty();
    }

    @Test
    void uidsTellKindsModelsAndFramesApart() throws IOException {
        List<EncodedObject> objects = encode(1);
        assertThat(objects).hasSize(8);
        assertThat(objects).extracting(EncodedObject::sopInstanceUid).doesNotHaveDuplicates();
        assertThat(objects).extracting(EncodedObject::seriesInstanceUid).doesNotHaveDuplicates();
    }

    @Test
    void theReportGivesScorePercentileAndArea() throws Exception {
        Tool.assumeInstalled("dsrdump");
        EncodedObject report = encode(1).stream()
                .filter(object -> object.sopClassUid().equals(ObjectKind.MEASUREMENT_REPORT.sopClassUid))
                .findFirst()
                .orElseThrow();
        Tool.Result dumped = Tool.run("dsrdump", "+Pc", write(report).toString());
        assertThat(dumped.exitCode()).as(dumped.output()).isZero();
        assertThat(dumped.output())
                .contains("\"Score of the model release\")=\"4\"")
                .contains("\"Share of normal images that score lower\")=\"99\"")
                .contains("\"Area\")=\"24\"")
                .contains("\"Largest departure\")=\"7\"");
    }

    /** Segments and measurement groups are of the same things; each region has its pixels in a segment of its own. */
    @Test
    void segmentsAndMeasurementGroupsHaveTheSameTracking() throws IOException {
        List<EncodedObject> objects = encode(1);
        Dataset segmentation = Dataset.readHeader(write(ofKind(objects, ObjectKind.SEGMENTATION)));
        Dataset report = Dataset.readHeader(write(ofKind(objects, ObjectKind.MEASUREMENT_REPORT)));
        Map<String, String> segments = new TreeMap<>();
        for (Dataset segment : segmentation.items(Tag.SegmentSequence)) {
            segments.put(segment.require(Tag.TrackingUID), segment.require(Tag.TrackingID));
        }
        Map<String, String> groups = new TreeMap<>();
        for (Dataset group : children(report, "126010")) {
            if (group.string(Tag.ValueType).equals(Optional.of("CONTAINER"))) {
                assertThat(group.items(Tag.ContentTemplateSequence).get(0).string(Tag.TemplateIdentifier))
                        .contains("1410");
                List<Dataset> items = group.items(Tag.ContentSequence);
                groups.put(items.get(1).require(Tag.UID), items.get(0).require(Tag.TextValue));
                assertThat(items).anyMatch(item -> item.string(Tag.ValueType).equals(Optional.of("SCOORD")));
            }
        }
        assertThat(groups).isNotEmpty().isEqualTo(segments);
        assertThat(segmentation.items(Tag.PerFrameFunctionalGroupsSequence)).hasSize(SLICES);
    }

    @Test
    void whatIsSaidOfWholeImagesIsNoMeasurementGroup() throws IOException {
        Dataset report = Dataset.readHeader(write(ofKind(encode(1), ObjectKind.MEASUREMENT_REPORT)));
        assertThat(report.string(Tag.SOPClassUID)).contains("1.2.840.10008.5.1.4.1.1.88.34");
        List<String> names = new ArrayList<>();
        for (Dataset item : children(report, "126011")) {
            if (item.string(Tag.ValueType).equals(Optional.of("NUM"))) {
                names.add(item.items(Tag.ContentSequence).get(0).require(Tag.TextValue));
                assertThat(item.items(Tag.MeasuredValueSequence)
                                .get(0)
                                .items(Tag.MeasurementUnitsCodeSequence)
                                .get(0)
                                .string(Tag.CodeValue))
                        .isNotEqualTo(Optional.of("1"));
            }
        }
        assertThat(names).hasSize(2).doesNotHaveDuplicates().allMatch(name -> name.contains("image"));
        assertThat(children(report, "C0034375").get(0).require(Tag.TextValue)).startsWith(Equipment.WARNING);
    }

    private static EncodedObject ofKind(List<EncodedObject> objects, ObjectKind kind) {
        return objects.stream()
                .filter(object -> object.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** Of the report's container of that code. */
    private static List<Dataset> children(Dataset report, String code) throws IOException {
        for (Dataset item : report.items(Tag.ContentSequence)) {
            if (item.items(Tag.ConceptNameCodeSequence)
                    .get(0)
                    .string(Tag.CodeValue)
                    .equals(Optional.of(code))) {
                return item.items(Tag.ContentSequence);
            }
        }
        throw new AssertionError("no container " + code);
    }

    @Test
    void theReportFollowsItsTemplates() throws Exception {
        Path report = write(ofKind(encode(1), ObjectKind.MEASUREMENT_REPORT));
        String said = ReportTemplates.heldAgainst(report);
        assertThat(said).contains("Found Root Template TID_1500");
        // Its sheet has no rows for TID 1420 and says so of every report that has Derived Imaging Measurements.
        assertThat(said.lines().filter(line -> line.startsWith("Error"))).isEmpty();
        assertThat(said.lines().filter(line -> line.contains("not in template") && line.contains("125007")))
                .isEmpty();
    }

    @Test
    void theOutlineOfOnePixelIsItsEdge() {
        float[] map = new float[9];
        map[4] = 5;
        Region region = Regions.of(map, 3, 3, 3).regions().get(0);
        assertThat(Contours.closed(region)).containsExactly(1, 1, 2, 1, 2, 2, 1, 2, 1, 1);
    }

    @Test
    void anOutlineOfTooManyPointsForTheElementIsThinned() {
        float[] map = new float[300 * 300];
        for (int i = 0; i < map.length; i++) {
            map[i] = i / 300 % 2 == 0 && (i / 600 + i) % 2 == 0 || i % 300 == 0 ? 5 : 0;
        }
        for (Region region : Regions.of(map, 300, 300, 3).regions()) {
            float[] closed = Contours.closed(region);
            assertThat(closed.length / 2).isLessThanOrEqualTo(Contours.MOST_POINTS);
            assertThat(closed).startsWith(closed[closed.length - 2], closed[closed.length - 1]);
        }
    }
}
