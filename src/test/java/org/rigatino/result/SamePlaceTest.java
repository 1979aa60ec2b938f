package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.proof.demo.Dciodvfy;

/** Several images at each place: the place has one number, and the times are in one order everywhere. */
class SamePlaceTest {
    private static final int SIDE = 24;
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));
    private static final Set<ObjectKind> KINDS = Set.of(
            ObjectKind.SEGMENTATION,
            ObjectKind.PROBABILITY_MAP,
            ObjectKind.PARAMETRIC_MAP,
            ObjectKind.MULTI_FRAME_SECONDARY_CAPTURE);

    @TempDir
    Path folder;

    /** UIDs are in no order of place or time; places 1, 2 and 4 of four, so that there is a gap. */
    private static Dataset source(int place, int time, int tag, String orientation) {
        short[] pixels = new short[SIDE * SIDE];
        java.util.Arrays.fill(pixels, (short) 100);
        pixels[5] = 900;
        Dataset source = PixelFiles.flair("2.25.7" + (place * 31 + time * 17) % 29, SIDE, pixels)
                .put(Tag.StudyDate, "20200102")
                .put(Tag.SliceThickness, "4")
                .put(Tag.ImagePositionPatient, "0", "0", Double.toString(4.0 * place + 0.001 * time))
                .put(Tag.ImageOrientationPatient, orientation.split(" "));
        if (tag != Tag.InstanceNumber) {
            source.put(Tag.InstanceNumber, 1);
        }
        if (tag == Tag.AcquisitionTime) {
            return source.put(tag, "10000" + time + "." + place);
        }
        return source.put(tag, tag == Tag.InstanceNumber ? 100 * time - place + 50 : 10 * time);
    }

    private List<Dataset> made(int tag, String orientation, long seed) throws Exception {
        List<Dataset> sources = new ArrayList<>();
        for (int place : new int[] {1, 2, 4}) {
            for (int time = 1; time <= 3; time++) {
                sources.add(source(place, time, tag, orientation));
            }
        }
        Collections.shuffle(sources, new Random(seed));
        SeriesObjects objects = new SeriesObjects(ALGORITHM, Configurations.of());
        for (Dataset source : sources) {
            try (InstanceFrames frames = InstanceFrames.open(PixelFiles.write(folder, source))) {
                Frame frame = frames.frame(1);
                ImageFinding finding =
                        new ImageFinding(frame.reference(), ALGORITHM.digest(), 1, 50, false, new float[SIDE * SIDE]);
                objects.add(
                        frames.header(),
                        frame,
                        finding,
                        SeriesObjectsTest.captures(folder, frames.header(), frame, finding));
            }
        }
        List<Dataset> headers = new ArrayList<>();
        for (EncodedObject object : objects.encode(KINDS)) {
            Path file = Files.write(folder.resolve(object.kind() + ".dcm"), object.bytes());
            assertThat(Dciodvfy.errors(file)).isEmpty();
            headers.add(Dataset.readHeader(file));
        }
        return headers;
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Tag.TemporalPositionIdentifier,
                Tag.TriggerTime,
                Tag.AcquisitionNumber,
                Tag.AcquisitionTime,
                Tag.InstanceNumber
            })
    void aPlaceHasOneNumberAndTimesAreADimension(int tag) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        for (Dataset object : made(tag, "1 0 0 0 1 0", tag)) {
            List<Dataset> frames = object.items(Tag.PerFrameFunctionalGroupsSequence);
            assertThat(frames).hasSize(9);
            for (int i = 0; i < frames.size(); i++) {
                Dataset content = frames.get(i).items(Tag.FrameContentSequence).get(0);
                assertThat(content.integer(Tag.TemporalPositionIndex, 0)).isEqualTo(i % 3 + 1);
                String z = frames.get(i)
                        .items(Tag.PlanePositionSequence)
                        .get(0)
                        .strings(Tag.ImagePositionPatient)
                        .get(2);
                assertThat(Double.parseDouble(z)).isEqualTo(4.0 * new int[] {1, 2, 4}[i / 3] + 0.001 * (i % 3 + 1));
                if (object.contains(Tag.SegmentSequence)) {
                    assertThat(content.strings(Tag.DimensionIndexValues))
                            .containsExactly("1", "" + (i / 3 + 1), "" + (i % 3 + 1));
                } else if (object.contains(Tag.DimensionIndexSequence)) {
                    assertThat(content.strings(Tag.DimensionIndexValues))
                            .containsExactly("" + (i / 3 + 1), "" + (i % 3 + 1));
                } else {
                    assertThat(content.integer(Tag.InStackPositionNumber, 0)).isEqualTo(i / 3 + 1);
                }
            }
        }
    }

    /** As anonymisers write it; what is no time tells no frames apart. */
    @ParameterizedTest
    @ValueSource(strings = {"00000000000000", "20230230101010", "20230228991010", "2023022810"})
    void aFramesTimeThatIsNoneIsNone(String dateTime) throws Exception {
        Dataset content = new Dataset().put(Tag.FrameAcquisitionDateTime, dateTime);
        Dataset enhanced = PixelFiles.flair("2.25.7", SIDE, new short[SIDE * SIDE])
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4.1")
                .putItems(
                        Tag.PerFrameFunctionalGroupsSequence,
                        List.of(new Dataset().putItems(Tag.FrameContentSequence, List.of(content))));
        assertThat(Double.isNaN(FrameTimes.of(enhanced, 1)[3])).isEqualTo(!dateTime.equals("2023022810"));
    }

    /** Along the normal, which way it may point. */
    @ParameterizedTest
    @CsvSource({"1 0 0 0 1 0, 4.001", "1 0 0 0 -1 0, 16.001"})
    void placesAreAlongTheNormal(String orientation, String first) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        for (Dataset object : made(Tag.AcquisitionNumber, orientation, 5)) {
            assertThat(object.items(Tag.PerFrameFunctionalGroupsSequence)
                            .get(0)
                            .items(Tag.PlanePositionSequence)
                            .get(0)
                            .strings(Tag.ImagePositionPatient)
                            .get(2))
                    .isEqualTo(first);
        }
    }
}
