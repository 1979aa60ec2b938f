package org.rigatino.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.ImagePlane;
import org.rigatino.image.PixelSpacing;
import org.rigatino.restore.NormalStudies;

class StudyFindingsTest {
    private static final String CALIBRATED = "calibrated";
    private static final String EARLY = "early";
    /** Scores 0.1 to 1.9. */
    private static final NormalStudies NORMALS = new NormalStudies(
            3, IntStream.rangeClosed(1, 19).mapToObj(i -> i / 10.0).toList(), 0.05, "made up");

    private static final Function<String, Optional<NormalStudies>> RELEASES =
            digest -> Optional.ofNullable(Map.of(CALIBRATED, NORMALS).get(digest));

    /** 4 mm apart, each with 50 mm2 marked for each whole number of its score. */
    private static List<JudgedSlice> series(String uid, String digest, double... scores) {
        List<JudgedSlice> slices = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            FrameReference reference = new FrameReference("1", uid, uid + "." + i, "4", 1);
            ImageFinding finding = new ImageFinding(
                    reference, digest, scores[i], Math.min(100, 50 * scores[i]), scores[i] >= 2, new float[0]);
            slices.add(new JudgedSlice(
                    finding,
                    Optional.of(new SlicePlace(0, 0, 1, 4 * i)),
                    OptionalDouble.of(50 * Math.floor(scores[i]))));
        }
        return slices;
    }

    private static StudyFinding of(List<JudgedSlice> slices) {
        return StudyFindings.of(slices, List.of(), RELEASES).orElseThrow();
    }

    @Test
    void oneHighSliceDoesNotMakeAStudyHigh() {
        StudyFinding finding = of(series("2", CALIBRATED, 0.5, 0.5, 9, 0.5, 0.5));
        assertThat(finding.priority()).isEqualTo(Priority.LOW);
        assertThat(finding.percentile()).as("the highest image is still named").isEqualTo(100);
        assertThat(finding.highest().reference().sopInstanceUid()).isEqualTo("2.2");
        AgainstNormals against = finding.againstNormals().orElseThrow();
        assertThat(against.pValue()).isEqualTo(0.8);
        assertThat(against.normalStudies()).isEqualTo(19);
        assertThat(against.beyond()).isZero();
    }

    @Test
    void threeInARowDoAndAreOrderedByHowFarBeyondTheNormalOnesTheyAre() {
        AgainstNormals near = of(series("2", CALIBRATED, 0.5, 2.3, 2.8, 2.8, 0.5))
                .againstNormals()
                .orElseThrow();
        AgainstNormals far =
                of(series("2", CALIBRATED, 0.5, 8, 9, 8, 0.5)).againstNormals().orElseThrow();
        assertThat(near.priority()).isEqualTo(Priority.HIGH);
        assertThat(near.pValue()).isEqualTo(far.pValue()).isEqualTo(0.05);
        assertThat(near.beyond()).isPositive().isLessThan(far.beyond());
        assertThat(far.series().deciding())
                .extracting(FrameReference::sopInstanceUid)
                .containsExactly("2.1", "2.2", "2.3");
        assertThat(far.series().millilitres().orElseThrow()).isCloseTo((8 + 9 + 8) * 50 * 4 / 1000.0, within(1e-9));
        assertThat(of(series("2", CALIBRATED, 1.5, 1.5, 1.5)).priority()).isEqualTo(Priority.MEDIUM);
    }

    @Test
    void theHighestSeriesSpeaksForTheStudy() {
        List<JudgedSlice> slices = series("2", CALIBRATED, 0.5, 0.5, 0.5);
        slices.addAll(series("3", CALIBRATED, 3, 3, 3));
        slices.addAll(series("4", CALIBRATED, 9, 0.5, 0.5));
        assertThat(of(slices).againstNormals().orElseThrow().series().seriesInstanceUid())
                .isEqualTo("3");
    }

    @Test
    void aReleaseWithoutNormalStudiesIsJudgedAsBefore() {
        List<JudgedSlice> slices = series("2", EARLY, 0.5, 0.5, 9, 0.5, 0.5);
        StudyFinding finding = of(slices);
        assertThat(Optional.of(finding))
                .isEqualTo(Findings.ofStudy(
                        slices.stream().map(JudgedSlice::finding).toList()));
        assertThat(finding.priority()).isEqualTo(Priority.HIGH);
        assertThat(finding.againstNormals()).isEmpty();

        slices.addAll(series("3", CALIBRATED, 0.1, 0.1, 0.1));
        StudyFinding both = of(slices);
        assertThat(both.priority()).as("the most urgent of both").isEqualTo(Priority.HIGH);
        assertThat(both.againstNormals().orElseThrow().series().modelDigest()).isEqualTo(CALIBRATED);
    }

    /** A lesion on three slices, the middle one of which came late. */
    @Test
    void slicesThatCameBeforeConfirmALateOne() {
        List<JudgedSlice> all = series("2", CALIBRATED, 0.5, 0.5, 0.5, 8, 9, 8, 0.5, 0.5, 0.5);
        List<JudgedSlice> late = List.of(all.remove(4));
        assertThat(of(all).priority()).isEqualTo(Priority.LOW);
        StudyFinding finding = StudyFindings.of(late, all, RELEASES).orElseThrow();
        assertThat(finding.againstNormals().orElseThrow().series().score()).isEqualTo(8);
        assertThat(finding.priority()).isEqualTo(Priority.HIGH);
        assertThat(finding.highest())
                .as("of the late ones")
                .isEqualTo(late.get(0).finding());
    }

    @Test
    void nothingRestoredIsNothingFound() {
        assertThat(StudyFindings.of(List.of(), List.of(), RELEASES)).isEmpty();
    }

    @Test
    void aFrameTellsItsPlaceAndWhatIsMarkedInIt() {
        FrameReference reference = new FrameReference("1", "2", "3", "4", 7);
        ImagePlane plane = new ImagePlane(new double[] {1, 0, 0, 0, 1, 0}, new double[] {-9, 8, 42}, "5");
        ImageFinding finding = new ImageFinding(reference, EARLY, 1, 2, false, new float[] {0, 3, 2.9f, 4});
        JudgedSlice slice = JudgedSlice.of(frame(reference, Optional.of(plane)), finding, 3);
        assertThat(slice.place()).hasValue(new SlicePlace(0, 0, 1, 42));
        assertThat(slice.markedArea()).hasValue(2 * 0.5 * 0.25);
        assertThat(slice.finding().map()).isEmpty();

        ImagePlane unplaced = new ImagePlane(plane.orientation(), new double[0], "5");
        assertThat(JudgedSlice.of(frame(reference, Optional.of(unplaced)), finding, 3)
                        .place())
                .as("frames of an early multi-frame instance are in the order of their numbers")
                .hasValue(SlicePlace.numbered(7));
        assertThat(JudgedSlice.of(frame(reference, Optional.empty()), finding, 3)
                        .place())
                .isEmpty();
    }

    private static Frame frame(FrameReference reference, Optional<ImagePlane> plane) {
        return new Frame(reference, 2, 2, new float[4], new byte[4], plane, Optional.of(new PixelSpacing(0.5, 0.25)));
    }
}
