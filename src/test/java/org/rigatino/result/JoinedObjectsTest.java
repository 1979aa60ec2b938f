package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.InstanceFrames;

/** What a frame was joined with is part of what its objects are, and of no series' name. */
class JoinedObjectsTest {
    private static final int SIDE = 32;
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));
    private static final ResultConfiguration CONFIGURATION = Configurations.of();

    @TempDir
    Path folder;

    private static String uid(int slice) {
        return "2.25.40" + slice;
    }

    private static FrameReference reference(int slice) {
        return new FrameReference("2.25.1", "2.25.2", uid(slice), "1.2.840.10008.5.1.4.1.1.4", 1);
    }

    private static Dataset source(int slice) {
        return PixelFiles.header(SIDE, SIDE)
                .put(Tag.SOPInstanceUID, uid(slice))
                .put(Tag.FrameOfReferenceUID, "2.25.77")
                .put(Tag.StudyDate, "20200102")
                .put(Tag.StudyTime, "030405")
                .put(Tag.ContentDate, "20200102")
                .put(Tag.ContentTime, "03050" + slice)
                .put(Tag.PixelSpacing, "1", "1")
                .put(Tag.SliceThickness, "4")
                .put(Tag.ImagePositionPatient, "0", "0", Integer.toString(5 * slice))
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
                .putPixels(new short[SIDE * SIDE]);
    }

    /** Flagged, with a spot. */
    private static ImageFinding finding(Frame frame, List<FrameReference> joinedWith) {
        float[] map = new float[SIDE * SIDE];
        map[10 * SIDE + 10] = 5;
        return new ImageFinding(frame.reference(), ALGORITHM.digest(), 4, 99, true, map, joinedWith);
    }

    /** All kinds of objects of slices 1 and 2. @param ofFirst what the first is joined with */
    private Map<ObjectKind, EncodedObject> objects(List<FrameReference> ofFirst) throws IOException {
        Map<ObjectKind, EncodedObject> objects = new EnumMap<>(ObjectKind.class);
        SeriesObjects series = new SeriesObjects(ALGORITHM, CONFIGURATION);
        for (int slice = 1; slice <= 2; slice++) {
            Path file =
                    Files.write(folder.resolve(slice + ".dcm"), source(slice).encode("1.2.840.10008.1.2.1", "TEST"));
            try (InstanceFrames frames = InstanceFrames.open(file)) {
                Frame frame = frames.frame(1);
                Dataset header = frames.header();
                ImageFinding finding = finding(frame, slice == 1 ? ofFirst : List.of());
                Map<ObjectKind, Path> kept = new LinkedHashMap<>();
                for (EncodedObject object : List.of(
                        SecondaryCapture.encode(header, frame, finding, ALGORITHM, CONFIGURATION),
                        RestoredImage.encode(header, frame, frame.values(), finding, ALGORITHM, CONFIGURATION),
                        TriptychCapture.encode(header, frame, frame.values(), finding, ALGORITHM, CONFIGURATION))) {
                    objects.putIfAbsent(object.kind(), object);
                    kept.put(object.kind(), Files.write(folder.resolve(object.sopInstanceUid()), object.bytes()));
                }
                series.add(header, frame, finding, kept);
            }
        }
        series.encode(EnumSet.allOf(ObjectKind.class)).forEach(object -> objects.putIfAbsent(object.kind(), object));
        assertThat(objects.keySet()).isEqualTo(ObjectKind.ofFindings());
        return objects;
    }

    @Test
    void eachObjectHasAnotherUidWhereAFrameOfItWasJoinedWithOthers() throws IOException {
        Map<ObjectKind, EncodedObject> alone = objects(List.of());
        Map<ObjectKind, EncodedObject> before = objects(List.of(reference(0)));
        Map<ObjectKind, EncodedObject> both = objects(List.of(reference(0), reference(2)));
        for (ObjectKind kind : ObjectKind.ofFindings()) {
            assertThat(List.of(
                            alone.get(kind).sopInstanceUid(),
                            before.get(kind).sopInstanceUid(),
                            both.get(kind).sopInstanceUid()))
                    .as(kind.name())
                    .doesNotHaveDuplicates();
            assertThat(both.get(kind).seriesInstanceUid())
                    .as(kind.name())
                    .isEqualTo(alone.get(kind).seriesInstanceUid());
        }
        for (ObjectKind kind : List.of(ObjectKind.SECONDARY_CAPTURE, ObjectKind.RESTORED_IMAGE, ObjectKind.TRIPTYCH)) {
            Path file = Files.write(folder.resolve("joined.dcm"), both.get(kind).bytes());
            assertThat(Dataset.readHeader(file).items(Tag.SourceImageSequence))
                    .as(kind.name())
                    .extracting(
                            item -> item.string(Tag.ReferencedSOPInstanceUID).orElse(""))
                    .containsExactly(uid(1), uid(0), uid(2));
        }
        assertThat(text(both)).contains(", joined with the slices beside it");
        assertThat(text(before)).contains(", joined with the slice beside it");
        assertThat(text(alone)).doesNotContain("joined");
        Map<ObjectKind, EncodedObject> again = objects(List.of(reference(0), reference(2)));
        for (ObjectKind kind : ObjectKind.ofFindings()) {
            assertThat(again.get(kind).bytes())
                    .as(kind.name())
                    .isEqualTo(both.get(kind).bytes());
        }
    }

    private static String text(Map<ObjectKind, EncodedObject> objects) {
        return new String(objects.get(ObjectKind.MEASUREMENT_REPORT).bytes(), StandardCharsets.ISO_8859_1);
    }

    /** As releases that are in service have named them; of kinds whose bytes have changed since, with their form. */
    @Test
    void aFrameByItselfIsNamedAsEver() throws IOException {
        Map<ObjectKind, EncodedObject> alone = objects(List.of());
        String settings = ConfigurationDigest.of(CONFIGURATION);
        assertThat(alone.get(ObjectKind.SECONDARY_CAPTURE).sopInstanceUid())
                .isEqualTo(Uids.nameBased("secondary capture", uid(1), "1", ALGORITHM.digest(), settings + "\nform 1"));
        assertThat(alone.get(ObjectKind.RESTORED_IMAGE).sopInstanceUid())
                .isEqualTo(
                        Uids.nameBased("restored image", uid(1) + " 1\n", ALGORITHM.digest(), settings + "\nform 1"));
        String model = ALGORITHM.digest() + settings + "\nform 3";
        String regions = Uids.nameBased("tracking", uid(1) + " 1 1", model) + " "
                + Uids.nameBased("tracking", uid(2) + " 1 1", model);
        String both = uid(1) + " 1\n" + uid(2) + " 1\n";
        assertThat(alone.get(ObjectKind.SEGMENTATION).sopInstanceUid())
                .isEqualTo(Uids.nameBased(
                        Uids.nameBased("segmentation", both, ALGORITHM.digest(), settings + "\nform 3"), regions));
        assertThat(alone.get(ObjectKind.PROBABILITY_MAP).sopInstanceUid())
                .isEqualTo(Uids.nameBased("probability map", both, ALGORITHM.digest(), settings + "\nform 2"));
    }
}
