package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.SlicePlace;
import org.rigatino.finding.StackedSlice;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.Framing;
import org.rigatino.image.GrayFrames;
import org.rigatino.image.ModelGrid;
import org.rigatino.image.Slab;
import org.rigatino.restore.Scoring;

class JoinedMapsTest {
    private static final int SIDE = 8;
    private static final Scoring JOINED = new Scoring(Scoring.Sign.BRIGHTER, 0, 0.05, 1, 0, 0, 0, 0, 0, 0.5);

    private static ModelGrid whole(int side) {
        Frame frame = GrayFrames.of8Bit(new FrameReference("", "", "", "", 1), side, side, new byte[side * side]);
        return ModelGrid.of(frame, Framing.WHOLE, SIDE);
    }

    private static PatientImage image(String series, int number, Optional<ModelGrid> grid) {
        return new PatientImage(
                new TrainingImage(new float[SIDE * SIDE], new boolean[SIDE * SIDE]),
                series,
                Optional.empty(),
                number < 0
                        ? Optional.empty()
                        : Optional.of(new StudySlice(series, series, Optional.of(SlicePlace.numbered(number)))),
                grid.filter(laid -> number >= 0)
                        .map(laid -> new PatientImage.Lying(StackedSlice.numbered(series, number), laid)),
                Optional.empty(),
                "");
    }

    private static PatientImage image(String series, int number) {
        return image(series, number, Optional.of(whole(SIDE)));
    }

    /** One value everywhere. */
    private static IntFunction<float[]> maps(float... values) {
        return image -> {
            float[] map = new float[SIDE * SIDE];
            Arrays.fill(map, values[image]);
            return map;
        };
    }

    @Test
    void anImageIsJoinedWithTheSlicesBesideItInWhateverOrderTheyAreListed() {
        JoinedMaps joined =
                new JoinedMaps(JOINED, List.of(image("a", 3), image("b", 2), image("a", 1), image("a", 2)), List.of());
        IntFunction<float[]> own = maps(4, 100, 9, 16);
        assertThat(joined.of(0, own)).containsOnly(8);
        assertThat(joined.of(1, own)).as("alone in its series").containsOnly(100);
        assertThat(joined.of(2, own)).containsOnly(12);
        assertThat(joined.of(3, own)).containsOnly(4 * 2.5f);
    }

    @Test
    void whatCannotBeLaidOnAnotherOrHasNoKnownPlaceIsByItself() {
        JoinedMaps joined = new JoinedMaps(
                JOINED,
                List.of(
                        image("a", 1, Optional.empty()),
                        image("a", 2),
                        image("a", 3, Optional.of(whole(SIDE + 1))),
                        image("b", -1),
                        image("b", -1)),
                List.of());
        IntFunction<float[]> own = maps(4, 9, 16, 25, 36);
        assertThat(joined.of(0, own)).containsOnly(4);
        assertThat(joined.of(1, own)).containsOnly(9);
        assertThat(joined.of(2, own)).containsOnly(16);
        assertThat(joined.of(3, own)).containsOnly(25);
        assertThat(joined.of(4, own)).containsOnly(36);
    }

    /** It lies between the others all the same. */
    @Test
    void whatAWorkerWouldRefuseIsNobodysNeighbour() {
        List<PatientImage> images = List.of(lit("a", 1), image("a", 2), lit("a", 3), lit("a", 4));
        DataSet set = new DataSet("made-up", images, List.of(), new Omissions(), List.of());
        JudgedNormals judged = JudgedNormals.of(images, set, Optional.empty(), new PrintWriter(Writer.nullWriter()));
        assertThat(judged.images()).containsExactly(images.get(0), images.get(2), images.get(3));
        JoinedMaps joined = new JoinedMaps(JOINED, judged.images(), judged.leftOut());
        IntFunction<float[]> own = maps(4, 9, 16);
        assertThat(joined.of(0, own)).containsOnly(4);
        assertThat(joined.of(1, own)).as("the other side alone").containsOnly(12);
        assertThat(joined.of(2, own)).containsOnly(12);
        assertThat(joined.alone()).isEqualTo(new LoneSlices(1, 3));
    }

    /** Of some contrast, without which nothing is judged. */
    private static PatientImage lit(String series, int number) {
        PatientImage image = image(series, number);
        image.image().values()[0] = 1;
        return image;
    }

    private static PatientImage slice(Dataset header) throws DicomException {
        PatientImage numbered = image("a", 1);
        return new PatientImage(
                numbered.image(),
                "a",
                Optional.empty(),
                numbered.slice(),
                Slab.of(header, 1, 1).map(StackedSlice::of).map(slice -> new PatientImage.Lying(slice, whole(SIDE))),
                Optional.empty(),
                "");
    }

    private static Dataset at(int across, int along) {
        return PixelFiles.flair("2.25.9" + along, SIDE, new short[SIDE * SIDE])
                .put(Tag.SliceThickness, "5")
                .put(Tag.ImagePositionPatient, Integer.toString(across), "0", Integer.toString(along));
    }

    private static JoinedMaps joined(PatientImage... images) {
        return new JoinedMaps(JOINED, List.of(images), List.of());
    }

    /** As serve asks: places alone do not tell. */
    @Test
    void slicesThatLieAsideOrTooFarOrAreOfAnotherPatientAreNotJoined() throws DicomException {
        IntFunction<float[]> own = maps(4, 9);
        assertThat(joined(slice(at(0, 0)), slice(at(0, 5))).of(0, own)).containsOnly(6);
        assertThat(joined(slice(at(0, 0)), slice(at(1, 5))).of(0, own))
                .as("aside by a pixel")
                .containsOnly(4);
        assertThat(joined(slice(at(0, 0)), slice(at(0, 10))).of(0, own))
                .as("room for one between")
                .containsOnly(4);
        Dataset other = at(0, 5).put(Tag.PatientID, "T-2");
        assertThat(joined(slice(at(0, 0)), slice(other)).of(0, own))
                .as("two patients in one series")
                .containsOnly(4);
    }

    /** Thick slices that overlap reach over one that is left out, which a worker would find there. */
    @Test
    void whatIsLeftOutLiesThereAllTheSame() throws DicomException {
        IntFunction<float[]> own = maps(4, 9);
        List<PatientImage> images = List.of(
                slice(at(0, 0).put(Tag.SliceThickness, "9")), slice(at(0, 10).put(Tag.SliceThickness, "9")));
        assertThat(new JoinedMaps(JOINED, images, List.of()).of(0, own)).containsOnly(6);
        StackedSlice between = StackedSlice.of(Slab.of(at(0, 5), 1, 1).orElseThrow());
        assertThat(new JoinedMaps(JOINED, images, List.of(between)).of(0, own)).containsOnly(4);
    }

    @Test
    void aScoringOfSlicesByThemselvesKeepsEveryMap() {
        Scoring alone = new Scoring(Scoring.Sign.BRIGHTER, 0, 0.05, 1);
        JoinedMaps joined = new JoinedMaps(alone, List.of(image("a", 1), image("a", 2)), List.of());
        assertThat(joined.of(0, maps(4, 9))).containsOnly(4);
        assertThat(JoinedMaps.none(JOINED).of(0, maps(4, 9))).containsOnly(4);
    }
}
