package org.rigatino.finding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which slices lie directly beside which, for whoever joins them: {@code serve}, {@code restore}, {@code calibrate},
 * {@code train}, {@code evaluate} and shadows. Neighbours follow each other in one stack, pixel behind pixel, in one Frame of Reference, with no room for a slice between
 * them, and are of one patient as one object of both would have it. Where several lie at one place, of other times for
 * instance, it is not known which of them go together: none of them is a neighbour, and what lies before and after them has none on that side.
 * Where a slice is missing those beside it are no neighbours. One that is refused by its pixels is nobody's, and lies there all the same.
 */
public final class SliceNeighbours {
    /** Of the median distance: beyond it a slice is missing. */
    private static final double GAP = 1.5;

    private static final int NONE = -1;

    /** Along the normal, by number in the list that was asked about. */
    private final List<Integer> order = new ArrayList<>();

    private final int[] before;
    private final int[] after;
    private final boolean[] refused;

    /** @param slices empty where nothing is known of one */
    public SliceNeighbours(List<Optional<StackedSlice>> slices) {
        before = new int[slices.size()];
        after = new int[slices.size()];
        refused = new boolean[slices.size()];
        Arrays.fill(before, NONE);
        Arrays.fill(after, NONE);
        List<PlacedScore> placed = new ArrayList<>();
        for (Optional<StackedSlice> slice : slices) {
            String alone = "alone " + placed.size();
            placed.add(slice.map(StackedSlice::placed).orElseGet(() -> new PlacedScore(alone, Optional.empty(), 0)));
        }
        Stack.of(placed, GAP).forEach(stack -> stack.runs().forEach(run -> add(run, slices)));
    }

    private void add(List<List<Integer>> run, List<Optional<StackedSlice>> slices) {
        for (int place = 0; place < run.size(); place++) {
            order.addAll(run.get(place));
            if (place > 0 && run.get(place).size() == 1 && run.get(place - 1).size() == 1) {
                int slice = run.get(place).get(0);
                int previous = run.get(place - 1).get(0);
                if (slices.get(previous)
                        .orElseThrow()
                        .isBeside(slices.get(slice).orElseThrow())) {
                    before[slice] = previous;
                    after[previous] = slice;
                }
            }
        }
    }

    /** All slices, those of a stack after one another as they lie: neighbours follow each other. */
    public List<Integer> order() {
        return List.copyOf(order);
    }

    /** By its pixels: whoever has seen it is told by this, and whoever asks later knows. */
    public void refuse(int slice) {
        refused[slice] = true;
    }

    public boolean areNeighbours(int one, int other) {
        return other >= 0 && (before[one] == other || after[one] == other) && !refused[one] && !refused[other];
    }

    /** The one before and the one after, as far as there are. */
    public List<Integer> of(int slice) {
        return IntStream.of(before[slice], after[slice])
                .filter(neighbour -> areNeighbours(slice, neighbour))
                .boxed()
                .toList();
    }
}
