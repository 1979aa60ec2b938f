package org.rigatino.finding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which slices of a series lie directly beside which. Where several lie at one place, of other times for instance, it is not
 * known which of them go together: none of them is a neighbour, and what lies before and after them has none on that side.
 * Where a slice is missing those beside it are no neighbours.
 */
public final class SliceNeighbours {
    /** Of the median distance: beyond it a slice is missing. */
    private static final double GAP = 1.5;

    private static final int NONE = -1;

    /** Along the normal, by number in the list that was asked about. */
    private final List<Integer> order = new ArrayList<>();

    private final int[] before;
    private final int[] after;

    /** @param slices whose scores are not looked at */
    public SliceNeighbours(List<PlacedScore> slices) {
        before = new int[slices.size()];
        after = new int[slices.size()];
        Arrays.fill(before, NONE);
        Arrays.fill(after, NONE);
        Stack.of(slices, GAP).forEach(stack -> stack.runs().forEach(this::add));
    }

    private void add(List<List<Integer>> run) {
        for (int place = 0; place < run.size(); place++) {
            order.addAll(run.get(place));
            if (place > 0 && run.get(place).size() == 1 && run.get(place - 1).size() == 1) {
                int slice = run.get(place).get(0);
                int previous = run.get(place - 1).get(0);
                before[slice] = previous;
                after[previous] = slice;
            }
        }
    }

    /** All slices, those of a stack after one another as they lie: neighbours follow each other. */
    public List<Integer> order() {
        return List.copyOf(order);
    }

    public boolean areNeighbours(int one, int other) {
        return other >= 0 && (before[one] == other || after[one] == other);
    }

    /** The one before and the one after, as far as there are. */
    public List<Integer> of(int slice) {
        return IntStream.of(before[slice], after[slice])
                .filter(neighbour -> neighbour != NONE)
                .boxed()
                .toList();
    }
}
