package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.restore.JoinedDrawing.Drawn;
import org.rigatino.restore.RestoredFrame.Neighbour;

class JoinedDrawingTest {
    private static final BiPredicate<Integer, Integer> NEXT = (one, other) -> one + 1 == other;

    @TempDir
    Path models;

    /** Of heads that grow from slice to slice, so that none has the box of another. */
    private static List<Frame> slices(int count) {
        Random random = new Random(7);
        List<Frame> slices = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            float[] values = new float[50 * 40];
            for (int i = 0; i < values.length; i++) {
                boolean head = Math.hypot((i / 40 - 25) / (14.0 + n), (i % 40 - 20) / (10.0 + n)) < 1;
                values[i] = head ? 100 + random.nextFloat() * 200 : random.nextFloat();
            }
            slices.add(frame(n, 50, 40, values));
        }
        return slices;
    }

    private static Frame frame(int number, int rows, int columns, float[] values) {
        FrameReference reference = new FrameReference("1", "2", "3." + number, "4", 1);
        return new Frame(reference, rows, columns, values, new byte[values.length], Optional.empty(), Optional.empty());
    }

    /** Of a network without training nearly everything departs: much is drawn again. */
    private ModelRelease release(double acrossSlices) throws IOException {
        ModelRelease plain = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        ReleaseFile own = plain.file();
        Scoring scoring = new Scoring(Scoring.Sign.BOTH, 1, 0.01, 1, 0, 0, 0, 0, 0, acrossSlices);
        ReleaseFile file = own.but(draft -> {
            draft.scoring = scoring;
            draft.studies = null;
            draft.redrawing = new Redrawing(0.1, 0.08, 0, 0, 0);
            draft.likeness = null;
            draft.reader = null;
        });
        return ModelRelease.write(plain.directory(), file, plain.spread());
    }

    /** @param batches of how many frames, one after another */
    private static List<RestoredFrame> drawn(
            Restorer restorer, List<Frame> slices, BiPredicate<Integer, Integer> neighbours, int... batches) {
        JoinedDrawing<Integer> drawing = new JoinedDrawing<>(restorer, neighbours);
        List<Drawn<Integer>> drawn = new ArrayList<>();
        int from = 0;
        for (int size : batches) {
            List<Integer> numbers = new ArrayList<>();
            List<NetworkInput> inputs = new ArrayList<>();
            for (int n = from; n < from + size; n++) {
                numbers.add(n);
                inputs.add(restorer.release().input(slices.get(n)));
            }
            drawn.addAll(drawing.add(numbers, inputs));
            from += size;
        }
        drawn.addAll(drawing.finish());
        assertThat(drawn).extracting(Drawn::of).containsExactlyElementsOf(numbers(slices.size()));
        return drawn.stream().map(Drawn::restored).toList();
    }

    private static List<Integer> numbers(int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            numbers.add(n);
        }
        return numbers;
    }

    private static float[] map(RestoredFrame frame, ModelRelease release) {
        return DifferenceMap.of(
                frame,
                release.file().scoring(),
                release.spread(),
                release.file().calibration());
    }

    private static float[] own(RestoredFrame frame, ModelRelease release) {
        return DifferenceMap.own(
                frame,
                release.file().scoring(),
                release.spread(),
                release.file().calibration());
    }

    @Test
    void eachSliceIsJoinedWithTheOneBeforeAndTheOneAfterIt() throws IOException {
        ModelRelease release = release(0.5);
        List<Frame> slices = slices(4);
        try (Restorer restorer = Restorer.open(release, "cpu", 2)) {
            List<RestoredFrame> alone = restorer.restore(slices);
            List<RestoredFrame> drawn = drawn(restorer, slices, NEXT, 4);
            for (int n = 0; n < 4; n++) {
                List<float[]> beside = new ArrayList<>();
                List<String> expected = new ArrayList<>();
                for (int other : new int[] {n - 1, n + 1}) {
                    if (other >= 0 && other < 4) {
                        RestoredFrame neighbour = alone.get(other);
                        beside.add(neighbour
                                .grid()
                                .onto(alone.get(n).grid(), own(neighbour, release))
                                .orElseThrow());
                        expected.add("3." + other);
                    }
                }
                assertThat(drawn.get(n).neighbours())
                        .extracting(Neighbour::reference)
                        .extracting(FrameReference::sopInstanceUid)
                        .containsExactlyElementsOf(expected);
                float[] joined = DifferenceMap.joined(
                        own(alone.get(n), release), beside, release.file().scoring());
                assertThat(map(drawn.get(n), release)).isEqualTo(joined).isNotEqualTo(map(alone.get(n), release));
                assertThat(drawn.get(n).restored()).isEqualTo(alone.get(n).restored());
                assertThat(drawn.get(n).redrawn())
                        .as("where the joined map says so")
                        .isPresent();
            }
            assertThat(drawn.get(1).redrawn().orElseThrow().region())
                    .isNotEqualTo(alone.get(1).redrawn().orElseThrow().region());
        }
    }

    @Test
    void aFramesResultDoesNotDependOnWhereBatchesEnd() throws IOException {
        ModelRelease release = release(0.5);
        List<Frame> slices = slices(6);
        try (Restorer restorer = Restorer.open(release, "cpu", 2)) {
            List<RestoredFrame> together = drawn(restorer, slices, NEXT, 6);
            for (int[] batches : new int[][] {{1, 1, 1, 1, 1, 1}, {2, 4}, {5, 1}}) {
                List<RestoredFrame> parts = drawn(restorer, slices, NEXT, batches);
                for (int n = 0; n < 6; n++) {
                    assertThat(map(parts.get(n), release)).isEqualTo(map(together.get(n), release));
                    assertThat(parts.get(n).onSource())
                            .isEqualTo(together.get(n).onSource());
                }
            }
        }
    }

    @Test
    void whatDoesNotLieBesideASliceHasNoPartInIt() throws IOException {
        ModelRelease release = release(0.5);
        List<Frame> slices = slices(5);
        slices.set(4, frame(4, 40, 40, new float[40 * 40]));
        try (Restorer restorer = Restorer.open(release, "cpu", 2)) {
            List<RestoredFrame> alone = restorer.restore(slices);
            List<RestoredFrame> drawn = drawn(restorer, slices, (one, other) -> one != 1, 2, 3);
            assertThat(drawn).extracting(frame -> frame.neighbours().size()).containsExactly(1, 1, 1, 1, 0);
            assertThat(drawn.get(2).neighbours().get(0).reference().sopInstanceUid())
                    .isEqualTo("3.3");
            assertThat(drawn(restorer, slices.subList(0, 1), NEXT, 1).get(0).onSource())
                    .as("a slice alone")
                    .isEqualTo(alone.get(0).onSource());
        }
    }

    @Test
    void aReleaseThatJudgesSlicesByThemselvesJoinsNone() throws IOException {
        ModelRelease release = release(0);
        List<Frame> slices = slices(3);
        try (Restorer restorer = Restorer.open(release, "cpu", 2)) {
            JoinedDrawing<Integer> drawing = new JoinedDrawing<>(restorer, NEXT);
            List<Drawn<Integer>> drawn = new ArrayList<>(
                    drawing.add(numbers(3), slices.stream().map(release::input).toList()));
            assertThat(drawn).as("two that are drawn again together").hasSize(2);
            drawn.addAll(drawing.finish());
            assertThat(drawn)
                    .hasSize(3)
                    .allMatch(one -> one.restored().neighbours().isEmpty());
        }
    }

    @Test
    void aLargeFrameWaitsForNoOther() throws IOException {
        ModelRelease release = release(0);
        float[] values = new float[1500 * 1500];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.hypot(i / 1500 - 750, i % 1500 - 750) < 500 ? 100 + i % 97 : 0;
        }
        try (Restorer restorer = Restorer.open(release, "cpu", 2)) {
            JoinedDrawing<Integer> drawing = new JoinedDrawing<>(restorer, NEXT);
            List<Drawn<Integer>> drawn = drawing.add(List.of(0), List.of(release.input(frame(0, 1500, 1500, values))));
            assertThat(drawn)
                    .singleElement()
                    .satisfies(one -> assertThat(one.restored().redrawn()).isPresent());
        }
    }

    @Test
    void whatFramesKeepTogetherCountsBesideTheirPixels() throws IOException {
        ModelRelease release = release(0);
        List<Frame> slices = slices(4);
        try (Restorer restorer = Restorer.open(release, "cpu", 4)) {
            FirstDrawing<Integer> first = new FirstDrawing<>(release, () -> restorer, NEXT);
            Redrawings<Integer> again =
                    new Redrawings<>(() -> restorer, waiting -> waiting.contains(2) ? 2 * 1024 * 1024 : 0);
            List<Integer> through = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                through.add(again.add(first.add(List.of(n), List.of(release.input(slices.get(n)))))
                        .size());
            }
            assertThat(through).containsExactly(0, 0, 3, 0);
            assertThat(again.finish()).extracting(Drawn::of).containsExactly(3);
        }
    }

    /** Nothing departs in a blank frame. */
    @Test
    void whatDepartsIsDrawnAgainInFullBatchesAndComesInItsOrder() throws IOException {
        ModelRelease release = release(0);
        List<Frame> slices = new ArrayList<>(slices(4));
        for (int at : new int[] {1, 3, 5, 6, 7}) {
            slices.add(at, frame(10 + at, 50, 40, new float[50 * 40]));
        }
        try (Restorer restorer = Restorer.open(release, "cpu", 2)) {
            List<RestoredFrame> alone = restorer.restore(slices);
            assertThat(alone)
                    .extracting(one -> one.redrawn().isPresent())
                    .containsExactly(true, false, true, false, true, false, false, false, true);
            JoinedDrawing<Integer> drawing = new JoinedDrawing<>(restorer, NEXT);
            List<Integer> through = new ArrayList<>();
            List<Drawn<Integer>> drawn = new ArrayList<>();
            for (int n = 0; n < slices.size(); n++) {
                List<Drawn<Integer>> some = drawing.add(List.of(n), List.of(release.input(slices.get(n))));
                through.add(some.size());
                drawn.addAll(some);
            }
            assertThat(through)
                    .as("full at the third, as many as may wait at the eighth")
                    .containsExactly(0, 0, 3, 1, 0, 0, 0, 4, 0);
            drawn.addAll(drawing.finish());
            assertThat(drawn).extracting(Drawn::of).containsExactlyElementsOf(numbers(9));
            for (int n = 0; n < alone.size(); n++) {
                assertThat(drawn.get(n).restored().onSource())
                        .isEqualTo(alone.get(n).onSource());
            }
        }
    }
}
