package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;

/**
 * Our objects of a tilted phantom with a lesion on one slice, as dcmqi and DCMTK read them, compiled by ITK-Wasm into the npm
 * package {@code @itk-wasm/dicom}. They run in the Node.js that Playwright brings along.
 */
class IndependentReadersTest {
    private static final Path READERS = Path.of(".rigatino/readers/dist/pipelines");
    private static final String SCRIPT = "src/test/resources/org/rigatino/result/read.mjs";
    private static final int ROWS = 41;
    private static final int COLUMNS = 47;
    private static final int SLICES = 5;
    private static final int LESION_SLICE = 3;
    private static final double TILT = Math.toRadians(20);
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));

    private static String node;

    @TempDir
    Path folder;

    private final Map<ObjectKind, Path> objects = new EnumMap<>(ObjectKind.class);

    @BeforeAll
    static void assumeReaders() {
        assumeTrue(
                Files.isDirectory(READERS),
                "skipped: " + READERS + " is missing, which './rigatino test' fetches where npm is installed");
        node = Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .createProcessBuilder()
                .command()
                .get(0);
    }

    @BeforeEach
    void write() throws IOException {
        SeriesObjects series = new SeriesObjects(ALGORITHM, Configurations.of());
        for (int slice = 0; slice < SLICES; slice++) {
            Path file = Files.write(source(slice), phantom(slice).encode("1.2.840.10008.1.2.1", "TEST"));
            try (InstanceFrames frames = InstanceFrames.open(file)) {
                series.add(frames.header(), frames.frame(1), finding(frames.frame(1), slice), Map.of());
            }
        }
        Set<ObjectKind> kinds = EnumSet.of(
                ObjectKind.SEGMENTATION,
                ObjectKind.PROBABILITY_MAP,
                ObjectKind.MEASUREMENT_REPORT,
                ObjectKind.PRESENTATION_STATE,
                ObjectKind.KEY_OBJECT_SELECTION);
        for (EncodedObject object : series.encode(kinds)) {
            objects.put(object.kind(), Files.write(folder.resolve(object.kind() + ".dcm"), object.bytes()));
        }
    }

    private Path source(int slice) {
        return folder.resolve("source" + slice + ".dcm");
    }

    /** Slices are 5 mm apart along the normal, and as thick: dcmqi takes the thickness for the distance. */
    private static Dataset phantom(int slice) {
        return PixelFiles.header(ROWS, COLUMNS)
                .put(Tag.SOPInstanceUID, "2.25.41" + slice)
                .put(Tag.FrameOfReferenceUID, "2.25.77")
                .put(Tag.PatientName, "PHANTOM")
                .put(Tag.PatientID, "P1")
                .put(Tag.StudyDate, "20200102")
                .put(Tag.StudyTime, "030405")
                .put(Tag.SeriesNumber, 3)
                .put(Tag.InstanceNumber, slice + 1)
                .put(Tag.PixelSpacing, "0.8", "1.25")
                .put(Tag.SliceThickness, "5")
                .put(
                        Tag.ImagePositionPatient,
                        SegmentationFrames.decimals(
                                -30, -20 - 5 * slice * Math.sin(TILT), 10 + 5 * slice * Math.cos(TILT)))
                .put(
                        Tag.ImageOrientationPatient,
                        SegmentationFrames.decimals(1, 0, 0, 0, Math.cos(TILT), Math.sin(TILT)))
                .putPixels(new short[ROWS * COLUMNS]);
    }

    /** Columns 33 to 38 and rows 6 to 9 of the lesion's slice, stronger from row to row. */
    private static ImageFinding finding(Frame frame, int slice) {
        float[] map = new float[ROWS * COLUMNS];
        boolean lesion = slice == LESION_SLICE;
        for (int row = 6; lesion && row <= 9; row++) {
            for (int column = 33; column <= 38; column++) {
                map[row * COLUMNS + column] = 4 + row - 6;
            }
        }
        return new ImageFinding(frame.reference(), ALGORITHM.digest(), lesion ? 4 : 1, lesion ? 99 : 40, lesion, map);
    }

    private static JsonNode read(String pipeline, int outputs, Path... files) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(node, SCRIPT, READERS.toString(), pipeline, Integer.toString(outputs)));
        for (Path file : files) {
            command.add(file.toString());
        }
        Tool.Result result = Tool.run(command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        String[] lines = result.output().split("\n");
        return new ObjectMapper().readTree(lines[lines.length - 1]);
    }

    private static ByteBuffer bytes(JsonNode output, int array) {
        return ByteBuffer.wrap(Base64.getDecoder()
                        .decode(output.get("arrays").get(array).asText()))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(JsonNode output) {
        return StandardCharsets.UTF_8.decode(bytes(output, 0)).toString();
    }

    /** Column, row, slice and value of what is not 0. */
    private static Set<String> marked(JsonNode image) {
        assertThat(image.get("json").get("size")).hasToString("[" + COLUMNS + "," + ROWS + "," + SLICES + "]");
        ByteBuffer pixels = bytes(image, 0);
        Set<String> marked = new TreeSet<>();
        for (int i = 0; i < ROWS * COLUMNS * SLICES; i++) {
            short value = pixels.getShort(2 * i);
            if (value != 0) {
                marked.add(i % COLUMNS + " " + i / COLUMNS % ROWS + " " + i / COLUMNS / ROWS + " " + value);
            }
        }
        return marked;
    }

    private static Set<String> lesion(int... valueOfRow) {
        Set<String> marked = new TreeSet<>();
        for (int row = 6; row <= 9; row++) {
            for (int column = 33; column <= 38; column++) {
                marked.add(column + " " + row + " " + LESION_SLICE + " " + valueOfRow[row - 6]);
            }
        }
        return marked;
    }

    /** dcmqi: the volume is the source's, millimetre for millimetre, and the segment is the lesion. */
    @Test
    void dcmqiReadsTheSegmentsWhereTheyAre() throws Exception {
        JsonNode read = read("read-segmentation", 2, objects.get(ObjectKind.SEGMENTATION));
        JsonNode image = read.get(0);
        assertThat(image.get("json").get("spacing")).hasToString("[1.25,0.8,5]");
        assertThat(image.get("json").get("origin")).hasToString("[-30,-20,10]");
        double[] direction = {1, 0, 0, 0, Math.cos(TILT), -Math.sin(TILT), 0, Math.sin(TILT), Math.cos(TILT)};
        for (int i = 0; i < direction.length; i++) {
            assertThat(bytes(image, 1).getDouble(8 * i)).isCloseTo(direction[i], within(1e-9));
        }
        assertThat(marked(image)).isEqualTo(lesion(1, 1, 1, 1));
    }

    @Test
    void dcmqiReadsTheStrengthsOfAFractionalSegmentation() throws Exception {
        JsonNode read = read("read-segmentation", 2, objects.get(ObjectKind.PROBABILITY_MAP));
        assertThat(marked(read.get(0))).isEqualTo(lesion(127, 159, 191, 223));
    }

    @Test
    void dcmqiAndDcmtkReadTheSameTracking() throws Exception {
        JsonNode segment = new ObjectMapper()
                .readTree(text(read("read-segmentation", 2, objects.get(ObjectKind.SEGMENTATION))
                        .get(1)))
                .get("segmentAttributes")
                .get(0)
                .get(0);
        String report = text(read("structured-report-to-text", 1, objects.get(ObjectKind.MEASUREMENT_REPORT))
                .get(0));
        assertThat(report)
                .contains("\"Tracking Unique Identifier\")=\""
                        + segment.get("TrackingUniqueIdentifier").asText() + "\"")
                .contains("\"Area\")=\"24\" (mm2,UCUM,\"square millimeter\")")
                .contains("\"Largest departure\")=\"7\"");
        assertThat(segment.get("TrackingIdentifier").asText())
                .startsWith("Series 3 image 4 region 1 of SOP Instance UID ");
    }

    @Test
    void dcmtkReadsTheKeyImages() throws Exception {
        String selection = text(read("structured-report-to-text", 1, objects.get(ObjectKind.KEY_OBJECT_SELECTION))
                .get(0));
        assertThat(selection)
                .startsWith("Key Object Selection Document")
                .contains("\"Of Interest\"")
                .contains("1 of " + SLICES + " images at or above")
                .contains("<contains IMAGE:=(MR image,)>")
                .contains("<contains COMPOSITE:=(Comprehensive3DSRStorage,)>");
    }

    @Test
    void dcmtkReadsWhatIsRejectedAndWhy() throws Exception {
        EncodedObject note = RejectionNote.encode(new SupersededObjects(
                Dataset.readHeader(objects.get(ObjectKind.SEGMENTATION)),
                ObjectKind.SEGMENTATION,
                ALGORITHM,
                List.of(reference(ObjectKind.SEGMENTATION), reference(ObjectKind.MEASUREMENT_REPORT)),
                List.of("brain-flair/0"),
                "pacs",
                OffsetDateTime.parse("2026-11-29T23:15:00Z")));
        assertThat(text(read("structured-report-to-text", 1, Files.write(folder.resolve("note.dcm"), note.bytes()))
                        .get(0)))
                .startsWith("Key Object Selection Document")
                .contains("\"Rejected for Quality Reasons\"")
                .contains("Superseded by a newer analy")
                .contains("<contains IMAGE:=(SG image,)>")
                .contains("<contains COMPOSITE:=(Comprehensive3DSRStorage,)>");
    }

    private ResultReference reference(ObjectKind kind) throws IOException {
        Dataset object = Dataset.readHeader(objects.get(kind));
        return new ResultReference(
                kind,
                object.require(Tag.SOPClassUID),
                object.require(Tag.SOPInstanceUID),
                object.require(Tag.SeriesInstanceUID));
    }

    /** DCMTK lays it on the image: its corners, in pixels, and the window that the image has anyway. */
    @Test
    void dcmtkReadsTheOutlinesOnTheirImage() throws Exception {
        JsonNode read = read(
                "apply-presentation-state-to-image",
                2,
                source(LESION_SLICE),
                objects.get(ObjectKind.PRESENTATION_STATE));
        JsonNode state = new ObjectMapper().readTree(text(read.get(0)));
        JsonNode layer = state.get("GraphicsLayers").get(0);
        assertThat(layer.get("GraphicObjects")).hasSize(1);
        assertThat(layer.get("GraphicObjects").get(0).get("Points"))
                .hasToString("[33.0,6.0,39.0,6.0,39.0,10.0,33.0,10.0,33.0,6.0]");
        assertThat(layer.get("TextObjects").get(0).get("Text").asText()).contains("NOT FOR DIAGNOSTIC USE");
        assertThat(read.get(1).get("json").get("size")).hasToString("[" + COLUMNS + "," + ROWS + "]");
    }
}
