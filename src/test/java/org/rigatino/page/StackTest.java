package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StackTest {
    private static Place place(int rank, String series, Slice slice, Double position, String digest) {
        return new Place(rank, series, "2.25." + rank, 1, digest, rank <= 2, position, slice);
    }

    private static Slice slice(String series, String instance) {
        return new Slice(series, instance, false);
    }

    /** 10 comes behind 9, whatever their letters say, and series 2 before series 11. */
    @Test
    void imagesStandByTheNumbersOfTheirSeriesAndNotByRank() {
        List<Place> places = List.of(
                place(1, "1.5", slice("11", "2"), 1.0, "d"),
                place(2, "1.9", slice("2", "10"), 3.0, "d"),
                place(3, "1.9", slice("2", "9"), 7.0, "d"),
                place(4, "1.5", slice("11", " 1"), 5.0, "d"),
                place(5, "1.9", slice("2", "1"), 0.0, "another"),
                place(6, "1.7", null, -4.0, "d"),
                place(7, "1.7", null, -9.0, "d"),
                place(8, "1.9", slice("2", "no number"), 2.0, "d"));
        Stack stack = Stack.of(places, 2);
        assertThat(stack.ranks()).containsExactly(3, 2, 8, 4, 1, 7, 6);
        assertThat(stack.number()).isEqualTo(2);
        assertThat(stack.before()).isEqualTo(3);
        assertThat(stack.after()).isEqualTo(8);
        assertThat(stack.nextFlagged()).isEqualTo(1);
        assertThat(stack.marks()).containsExactly(1, 4);
        assertThat(Stack.of(places, 1).nextFlagged()).as("from the first again").isEqualTo(2);
        assertThat(Stack.of(places, 3).before()).isNull();
        assertThat(Stack.of(places, 6).after()).isNull();
        Stack alone = Stack.of(places, 5);
        assertThat(alone.size()).isOne();
        assertThat(alone.nextFlagged()).isNull();
    }

    private static Place frame(int rank, int frame, Slice slice) {
        return new Place(rank, "1.9", "2.25.1", frame, "d", false, 0.0, slice);
    }

    /** As of a cine whose file retention has deleted. */
    @Test
    void framesAtOnePositionWithoutANumberStandInTheirOrder() {
        List<Place> places = List.of(frame(1, 3, null), frame(2, 1, null), frame(3, 4, null), frame(4, 2, null));
        assertThat(Stack.of(places, 1).ranks()).containsExactly(2, 4, 1, 3);
    }

    @Test
    void whatHasNoNumberStandsBehindAllThatLieWhereItLies() {
        List<Place> places = List.of(
                frame(1, 3, null),
                place(2, "1.9", slice("2", "1"), 0.0, "d"),
                place(3, "1.9", slice("2", "2"), 0.0, "d"),
                frame(4, 2, null),
                place(5, "1.9", slice("2", "3"), 5.0, "d"),
                place(6, "1.9", null, -1.0, "d"));
        assertThat(Stack.of(places, 1).ranks()).containsExactly(6, 2, 3, 4, 1, 5);
    }

    /** As where the file of one cannot be read: the numbers of others say which way positions go. */
    @Test
    void anImageWithoutANumberStandsWhereItLies() {
        for (int way : new int[] {1, -1}) {
            List<Place> places = List.of(
                    place(1, "1.9", slice("2", "8"), 40.0 * way, "d"),
                    place(2, "1.9", null, 35.0 * way, "d"),
                    place(3, "1.9", slice("2", "6"), 30.0 * way, "d"),
                    place(4, "1.9", slice("2", "5"), 25.0 * way, "d"),
                    place(5, "1.9", null, 20.0 * way, "d"),
                    place(6, "1.9", slice("2", "9"), 45.0 * way, "d"),
                    place(7, "1.9", null, 50.0 * way, "d"),
                    place(8, "1.5", slice("1", "1"), 0.0, "d"),
                    place(9, "1.7", slice("3", "1"), 0.0, "d"));
            assertThat(Stack.of(places, 2).ranks()).containsExactly(8, 5, 4, 3, 2, 1, 6, 7, 9);
        }
    }
}
