package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.rigatino.finding.SlicePlace;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.Framing;
import org.rigatino.image.ModelGrid;
import org.rigatino.restore.Scoring;

class JoinedMapsTest {
    private static final int SIDE = 8;
    private static final Scoring JOINED = new Scoring(Scoring.Sign.BRIGHTER, 0, 0.05, 1, 0, 0, 0, 0, 0, 0.5);

    private static ModelGrid whole(int side) {
        Frame frame = Frame.of8Bit(new FrameReference("", "", "", "", 1), side, side, new byte[side * side]);
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
                grid,
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
        JoinedMaps joined = new JoinedMaps(JOINED, List.of(image("a", 3), image("b", 2), image("a", 1), image("a", 2)));
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
                        image("b", -1)));
        IntFunction<float[]> own = maps(4, 9, 16, 25, 36);
        assertThat(joined.of(0, own)).containsOnly(4);
        assertThat(joined.of(1, own)).containsOnly(9);
        assertThat(joined.of(2, own)).containsOnly(16);
        assertThat(joined.of(3, own)).containsOnly(25);
        assertThat(joined.of(4, own)).containsOnly(36);
    }

    @Test
    void aScoringOfSlicesByThemselvesKeepsEveryMap() {
        Scoring alone = new Scoring(Scoring.Sign.BRIGHTER, 0, 0.05, 1);
        JoinedMaps joined = new JoinedMaps(alone, List.of(image("a", 1), image("a", 2)));
        assertThat(joined.of(0, maps(4, 9))).containsOnly(4);
        assertThat(JoinedMaps.none(JOINED).of(0, maps(4, 9))).containsOnly(4);
    }
}
