package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.page.Beside.Match;
import org.rigatino.web.RevisionView.FindingView;

class NearestFrameTest {
    private static final double[] AXIAL = {0, 0, 1};
    private static final double[] UPSIDE_DOWN = {0, 0, -1};
    private static final double[] TILTED = {0, Math.sin(Math.toRadians(15)), Math.cos(Math.toRadians(15))};
    private static final double[] SAGITTAL = {1, 0, 0};
    private static final double[] NUMBERED = {0, 0, 0};

    private static LyingFrame frame(String sop, String series, String model, double[] normal, Double position) {
        return new LyingFrame(
                new FindingView(1, sop, 1, model, "1", "d", 1, 50, false, List.of()),
                series,
                "MR",
                normal,
                position,
                series);
    }

    private static List<LyingFrame> stack(String series, double[] normal, double first, double step, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> frame(series + "-" + i, series, "brain-flair", normal, first + step * i))
                .toList();
    }

    private static Function<LyingFrame, Optional<Taken>> frames(Map<String, String> bySeries) {
        return frame -> Optional.of(new Taken(bySeries.getOrDefault(frame.series(), ""), "CHEST", "", "PA", true));
    }

    private static NearestFrame nearest(
            List<LyingFrame> own, int at, List<LyingFrame> earlier, Map<String, String> frames) {
        return NearestFrame.of(own.get(at), own, earlier, frames(frames)).orElse(null);
    }

    @Test
    void inOneFrameOfReferenceThePositionCounts() {
        List<LyingFrame> own = stack("a", AXIAL, 0, 5, 10);
        List<LyingFrame> earlier = stack("b", UPSIDE_DOWN, -40, 4, 10);
        NearestFrame found = nearest(own, 3, earlier, Map.of("a", "1.2", "b", "1.2"));
        assertThat(found.match()).isEqualTo(Match.FRAME_OF_REFERENCE);
        assertThat(found.frame().position())
                .as("at 16, seen from the other side")
                .isEqualTo(-16);
        assertThat(found.apart()).isCloseTo(1, within(1e-9));
    }

    @Test
    void inAnotherOrAnUnknownFrameOfReferenceTheDistanceFromTheFirstSliceCounts() {
        List<LyingFrame> own = stack("a", AXIAL, -30, 5, 10);
        List<LyingFrame> earlier = stack("b", TILTED, 200, 4, 10);
        for (Map<String, String> frames :
                List.of(Map.of("a", "1.2", "b", "1.3"), Map.of("a", "1.2"), Map.of("b", "1.2"))) {
            NearestFrame found = nearest(own, 4, earlier, frames);
            assertThat(found.match()).isEqualTo(Match.FROM_FIRST_SLICE);
            assertThat(found.frame().finding().sopInstanceUid()).isEqualTo("b-5");
            assertThat(found.apart()).isCloseTo(0, within(1e-9));
        }
        NearestFrame tilted = nearest(own, 4, earlier, Map.of("a", "1.2", "b", "1.2"));
        assertThat(tilted.match()).as("not parallel").isEqualTo(Match.FROM_FIRST_SLICE);
    }

    @Test
    void anotherPlaneAnotherModelAndAnotherModalityAreNotComparable() {
        List<LyingFrame> own = stack("a", AXIAL, 0, 5, 3);
        Map<String, String> one = Map.of("a", "1.2", "b", "1.2");
        assertThat(nearest(own, 0, stack("b", SAGITTAL, 0, 5, 3), one)).isNull();
        assertThat(nearest(own, 0, List.of(frame("x", "b", "chest", AXIAL, 0.0)), one))
                .isNull();
        assertThat(nearest(own, 0, List.of(frame("x", "b", "brain-flair", null, null)), one))
                .isNull();
        assertThat(nearest(own, 0, stack("b", NUMBERED, 1, 1, 3), one)).isNull();
        assertThat(nearest(own, 0, List.of(), one)).isNull();
    }

    private static Taken taken(String said) {
        String[] values = said.strip().split("/", -1);
        Dataset header = new Dataset();
        int[] tags = {Tag.BodyPartExamined, Tag.ImageLaterality, Tag.Laterality, Tag.ViewPosition};
        for (int i = 0; i < tags.length; i++) {
            header.put(tags[i], values[i]);
        }
        return Taken.of(header);
    }

    @ParameterizedTest
    @CsvSource({
        // body part / Image Laterality / Laterality / View Position, of both; comparable as projection, as slice
        "CHEST///PA, CHEST///PA, true, true",
        "CHEST///PA, CHEST///AP, false, true",
        "CHEST///PA, CHEST///LL, false, true",
        "CHEST///PA, CHEST///, false, true",
        "CHEST///, CHEST///, false, true",
        "CHEST///PA, ABDOMEN///PA, false, false",
        "CHEST///PA, ///PA, false, true",
        "///, ///, false, true",
        "HAND/L//PA, HAND/R//PA, false, false",
        "HAND/L//PA, HAND//L/PA, true, true",
        "HAND/left//PA, HAND//L/PA, true, true",
        "HAND/X//PA, HAND/X//PA, false, false",
        "HAND//L/PA, HAND///PA, false, false",
        "HAND///PA, HAND///PA, false, false",
        "HAND/R/L/PA, HAND/R//PA, false, false",
        "HAND/R/R/PA, HAND/R//PA, true, true",
        "LUNG/L//, LUNG/R//, false, false",
        "BRAIN///, BRAIN/R//, false, false"
    })
    void anotherSideViewOrPartIsNotSetBeside(String one, String other, boolean projection, boolean slice) {
        for (boolean lies : new boolean[] {false, true}) {
            double[] normal = lies ? AXIAL : null;
            Double position = lies ? Double.valueOf(0) : null;
            LyingFrame shown = frame("a", "a", "model", normal, position);
            LyingFrame earlier = frame("b", "b", "model", normal, position);
            assertThat(NearestFrame.of(
                            shown,
                            List.of(shown),
                            List.of(earlier),
                            frame -> Optional.of(taken(frame.equals(shown) ? one : other))))
                    .as(lies ? "slice" : "projection")
                    .matches(found -> found.isPresent() == (lies ? slice : projection));
        }
    }

    /** Frames of one instance. */
    private static List<LyingFrame> numbered(String series, int first, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> frame(series, series, "brain-flair", NUMBERED, (double) first + i))
                .toList();
    }

    /** Each is the first frame of its instance, which says nothing of where it lies in its series. */
    @Test
    void framesOfSeveralInstancesOfOneSeriesHaveNoNumbersThatAreCompared() {
        List<LyingFrame> single = stack("a", NUMBERED, 1, 0, 5);
        List<LyingFrame> whole = numbered("b", 1, 5);
        assertThat(nearest(single, 3, stack("b", NUMBERED, 1, 0, 5), Map.of())).isNull();
        assertThat(nearest(single, 0, whole, Map.of())).isNull();
        assertThat(nearest(whole, 0, single, Map.of())).isNull();
        List<LyingFrame> one = List.of(frame("c", "c", "brain-flair", NUMBERED, 1.0));
        assertThat(nearest(one, 0, whole, Map.of()))
                .as("the one that was judged of its series")
                .isNull();
    }

    @Test
    void whatIsNumberedIsMatchedByNumberAndAProjectionByNothing() {
        NearestFrame numbered = nearest(numbered("a", 3, 5), 2, numbered("b", 1, 9), Map.of());
        assertThat(numbered.match()).isEqualTo(Match.BY_NUMBER);
        assertThat(numbered.frame().position()).isEqualTo(5);
        assertThat(numbered.apart()).isZero();
        LyingFrame chest = frame("a", "a", "chest", null, null);
        NearestFrame projection = nearest(
                List.of(chest),
                0,
                List.of(frame("b", "b", "chest", null, null), frame("c", "b", "chest", null, null)),
                Map.of());
        assertThat(projection.match()).isEqualTo(Match.PROJECTION);
        assertThat(projection.frame().finding().sopInstanceUid()).isEqualTo("b");
        assertThat(projection.apart()).isNull();
    }
}
