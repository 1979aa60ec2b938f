package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.PixelData;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.proof.demo.Dciodvfy;

/** Slices that arrive out of order, one of which has a longer legend than the others. */
class MultiFrameCaptureTest {
    private static final int SIDE = 50;
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));
    private static final Set<ObjectKind> BOTH =
            Set.of(ObjectKind.MULTI_FRAME_SECONDARY_CAPTURE, ObjectKind.MULTI_FRAME_TRIPTYCH);
    private static final int[] ARRIVAL = {3, 0, 4, 1, 2};

    @TempDir
    Path folder;

    private static Dataset source(int slice) {
        return PixelFiles.header(SIDE, SIDE)
                .put(Tag.SOPInstanceUID, "2.25.50" + (9 - slice))
                .put(Tag.InstanceNumber, 40 - slice)
                .put(Tag.FrameOfReferenceUID, "2.25.77")
                .put(Tag.StudyDate, "20200102")
                .put(Tag.PixelSpacing, "1", "1")
                .put(Tag.SliceThickness, "4")
                .put(Tag.ImagePositionPatient, "0", "0", Integer.toString(4 * slice))
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
    }

    /** Of slice 2 the score is so long that the legend of its triptych has a line more. */
    private static ImageFinding finding(Frame frame, int slice) {
        float[] map = new float[SIDE * SIDE];
        map[SIDE * slice + 3] = 9;
        return new ImageFinding(
                frame.reference(), ALGORITHM.digest(), slice == 2 ? 1e12 : 1, 50 + slice, slice == 2, map);
    }

    private List<JudgedFrame> frames(List<Dataset> sources) throws IOException {
        List<JudgedFrame> frames = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            int slice = Integer.parseInt(
                            sources.get(i).strings(Tag.ImagePositionPatient).get(2))
                    / 4;
            try (InstanceFrames opened = opened(sources.get(i))) {
                Frame frame = opened.frame(1);
                ImageFinding finding = finding(frame, slice);
                Map<ObjectKind, Path> captures = SeriesObjectsTest.captures(folder, opened.header(), frame, finding);
                frames.add(JudgedFrame.of(opened.header(), frame, finding, captures, Configurations.of()));
            }
        }
        return frames;
    }

    private InstanceFrames opened(Dataset source) throws IOException {
        short[] pixels = new short[SIDE * SIDE];
        java.util.Arrays.fill(pixels, (short) 100);
        return InstanceFrames.open(PixelFiles.write(folder, source.putPixels(pixels)));
    }

    private static List<Dataset> sources() {
        List<Dataset> sources = new ArrayList<>();
        for (int slice : ARRIVAL) {
            sources.add(source(slice));
        }
        return sources;
    }

    private List<EncodedObject> encode(ObjectKind kind, List<Dataset> sources, int mostBytes) throws IOException {
        List<EncodedObject> objects = new ArrayList<>();
        for (List<KeptCapture> part : MultiFrameCapture.parts(kind, SliceOrder.of(frames(sources)), mostBytes)) {
            objects.add(MultiFrameCapture.encode(kind, source(0), part, ALGORITHM, Configurations.of()));
        }
        return objects;
    }

    private EncodedObject whole(ObjectKind kind, List<Dataset> sources) throws IOException {
        List<EncodedObject> objects = encode(kind, sources, MultiFrameCapture.MOST_BYTES);
        assertThat(objects).hasSize(1);
        return objects.get(0);
    }

    private Path write(EncodedObject object) throws IOException {
        return Files.write(folder.resolve(object.sopInstanceUid() + ".dcm"), object.bytes());
    }

    /** Frame by frame what the single captures are, black where they are lower. */
    @Test
    void framesAreTheSingleCapturesInTheOrderOfTheirPlaces() throws Exception {
        for (ObjectKind kind : BOTH) {
            Path file = write(whole(kind, sources()));
            List<JudgedFrame> ordered = SliceOrder.of(frames(sources()));
            try (PixelData pixels = PixelData.open(file)) {
                assertThat(pixels.format().frames()).isEqualTo(ARRIVAL.length);
                for (int i = 0; i < ARRIVAL.length; i++) {
                    assertThat(ordered.get(i).reference().sopInstanceUid()).isEqualTo("2.25.50" + (9 - i));
                    int[] frame = pixels.frame(i + 1);
                    int[] single = single(ordered.get(i).captures().get(kind.frames()));
                    assertThat(frame).startsWith(single);
                    for (int at = single.length; at < frame.length; at++) {
                        assertThat(frame[at]).isZero();
                    }
                }
            }
            assertThat(namedSources(Dataset.readHeader(file)))
                    .containsExactly("2.25.509", "2.25.508", "2.25.507", "2.25.506", "2.25.505");
        }
    }

    private static int[] single(Path file) throws IOException {
        try (PixelData pixels = PixelData.open(file)) {
            return pixels.frame(1);
        }
    }

    private static List<String> namedSources(Dataset object) throws IOException {
        List<String> sources = new ArrayList<>();
        for (Dataset groups : object.items(Tag.PerFrameFunctionalGroupsSequence)) {
            Dataset derivation = groups.items(Tag.DerivationImageSequence).get(0);
            sources.add(derivation.items(Tag.SourceImageSequence).get(0).require(Tag.ReferencedSOPInstanceUID));
        }
        return sources;
    }

    @Test
    void isValidForPrograms() throws Exception {
        Tool.assumeInstalled("dciodvfy");
        for (ObjectKind kind : BOTH) {
            for (List<Dataset> sources : List.of(sources(), sources().subList(0, 1))) {
                Path file = write(whole(kind, sources));
                assertThat(Dciodvfy.errors(file)).as(kind.name()).isEmpty();
                assertThat(Tool.run("dcmdump", "-q", file.toString()).exitCode())
                        .isZero();
            }
        }
    }

    @Test
    void overlaysLieWhereTheirSourcesDoAndTriptychsNowhere() throws IOException {
        Dataset overlays = Dataset.readHeader(write(whole(ObjectKind.MULTI_FRAME_SECONDARY_CAPTURE, sources())));
        assertThat(overlays.string(Tag.SOPClassUID)).contains("1.2.840.10008.5.1.4.1.1.7.4");
        assertThat(overlays.string(Tag.FrameOfReferenceUID)).contains("2.25.77");
        assertThat(overlays.string(Tag.SeriesDescription)).contains("Overlays brain-flair 1, not for diagnosis");
        assertThat(overlays.string(Tag.BurnedInAnnotation)).contains("YES");
        assertThat(overlays.string(Tag.InstanceNumber)).contains("36");
        assertThat(overlays.items(Tag.PerFrameFunctionalGroupsSequence)
                        .get(3)
                        .items(Tag.PlanePositionSequence)
                        .get(0)
                        .strings(Tag.ImagePositionPatient))
                .containsExactly("0", "0", "12");
        Dataset triptychs = Dataset.readHeader(write(whole(ObjectKind.MULTI_FRAME_TRIPTYCH, sources())));
        assertThat(triptychs.contains(Tag.FrameOfReferenceUID)).isFalse();
        assertThat(triptychs.strings(Tag.PixelSpacing)).containsExactly("1", "1");
        assertThat(triptychs.items(Tag.PerFrameFunctionalGroupsSequence).get(0).contains(Tag.PlanePositionSequence))
                .isFalse();
    }

    @Test
    void whatTheSourceSaysOfBurnedInAnnotationHolds() throws IOException {
        List<Dataset> clean = sources();
        clean.forEach(source -> source.put(Tag.BurnedInAnnotation, "NO"));
        Path file = write(whole(ObjectKind.MULTI_FRAME_SECONDARY_CAPTURE, clean));
        assertThat(Dataset.readHeader(file).string(Tag.BurnedInAnnotation)).contains("NO");
    }

    @Test
    void aLongSeriesIsDividedAlongTheSlicesAlwaysAlike() throws IOException {
        ObjectKind kind = ObjectKind.MULTI_FRAME_SECONDARY_CAPTURE;
        int frame = 3 * SIDE * SIDE;
        List<EncodedObject> divided = encode(kind, sources(), 2 * frame);
        List<Dataset> later = sources();
        java.util.Collections.reverse(later);
        assertThat(encode(kind, later, 2 * frame)).usingRecursiveComparison().isEqualTo(divided);
        List<String> named = new ArrayList<>();
        for (EncodedObject object : divided) {
            Dataset header = Dataset.readHeader(write(object));
            assertThat(3
                            * header.integer(Tag.Rows, 0)
                            * header.integer(Tag.Columns, 0)
                            * header.integer(Tag.NumberOfFrames, 0))
                    .isLessThanOrEqualTo(2 * frame);
            named.addAll(namedSources(header));
        }
        assertThat(divided).hasSizeGreaterThan(1);
        assertThat(divided).extracting(EncodedObject::sopInstanceUid).doesNotHaveDuplicates();
        assertThat(divided)
                .extracting(EncodedObject::seriesInstanceUid)
                .containsOnly(divided.get(0).seriesInstanceUid());
        assertThat(named).containsExactly("2.25.509", "2.25.508", "2.25.507", "2.25.506", "2.25.505");
        assertThat(encode(kind, sources(), 1)).as("one frame at least").hasSize(ARRIVAL.length);
    }

    @Test
    void framesOfAnotherSideAreAnotherObject() throws IOException {
        List<Dataset> sources = sources();
        sources.get(2).put(Tag.ImageLaterality, "L");
        assertThat(encode(ObjectKind.MULTI_FRAME_SECONDARY_CAPTURE, sources, MultiFrameCapture.MOST_BYTES))
                .hasSize(2);
    }

    @Test
    void aFrameWhoseCaptureIsNotKeptIsNotLeftOutInSilence() throws IOException {
        try (InstanceFrames opened = opened(source(1))) {
            Frame frame = opened.frame(1);
            JudgedFrame judged =
                    JudgedFrame.of(opened.header(), frame, finding(frame, 1), Map.of(), Configurations.of());
            assertThatExceptionOfType(DicomException.class)
                    .isThrownBy(() -> MultiFrameCapture.parts(
                            ObjectKind.MULTI_FRAME_TRIPTYCH, List.of(judged), MultiFrameCapture.MOST_BYTES))
                    .withMessageContaining("no triptych of instance 2.25.508");
        }
    }
}
