package org.rigatino.finding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Parallel slices of one series in the order of their places.
 *
 * @param runs of places without a gap between them, each a list of places, each a list of the slices that lie there
 * @param distance between neighbouring places in mm, the median; empty where it is not known
 */
record Stack(List<List<List<Integer>>> runs, OptionalDouble distance) {
    /** Places nearer to each other than this, in mm, are one. */
    private static final double SAME_PLACE = 0.1;
    /** Of the median distance: beyond it slices are missing, more than one, and what lies there is no neighbour. */
    private static final double GAP = 2.5;

    /** Of slices by their number in the list, each in one stack. */
    static List<Stack> of(List<PlacedScore> slices) {
        return of(slices, GAP);
    }

    /** @param gap of the median distance: what lies beyond it is no neighbour */
    static List<Stack> of(List<PlacedScore> slices, double gap) {
        Map<String, List<List<Integer>>> bySeries = new LinkedHashMap<>();
        for (int slice = 0; slice < slices.size(); slice++) {
            List<List<Integer>> stacks =
                    bySeries.computeIfAbsent(slices.get(slice).series(), absent -> new ArrayList<>());
            stackOf(slices, slice, stacks).add(slice);
        }
        return bySeries.values().stream()
                .flatMap(List::stream)
                .map(stack -> ordered(slices, stack, gap))
                .toList();
    }

    /** One of those there are, or a new one. */
    private static List<Integer> stackOf(List<PlacedScore> slices, int slice, List<List<Integer>> stacks) {
        for (List<Integer> stack : stacks) {
            PlacedScore first = slices.get(stack.get(0));
            boolean parallel = slices.get(slice)
                    .place()
                    .filter(place -> first.place().filter(place::isParallel).isPresent())
                    .isPresent();
            if (parallel) {
                return stack;
            }
        }
        stacks.add(new ArrayList<>());
        return stacks.get(stacks.size() - 1);
    }

    private static Stack ordered(List<PlacedScore> slices, List<Integer> stack, double gap) {
        if (stack.size() == 1) {
            return new Stack(List.of(List.of(stack)), OptionalDouble.empty());
        }
        IntToDoubleFunction position =
                slice -> slices.get(slice).place().map(SlicePlace::position).orElse(Double.NaN);
        List<Integer> along = new ArrayList<>(stack);
        along.sort(Comparator.comparingDouble(position::applyAsDouble));
        List<List<Integer>> places = new ArrayList<>();
        for (int slice : along) {
            boolean same = !places.isEmpty()
                    && position.applyAsDouble(slice)
                                    - position.applyAsDouble(
                                            places.get(places.size() - 1).get(0))
                            < SAME_PLACE;
            if (!same) {
                places.add(new ArrayList<>());
            }
            places.get(places.size() - 1).add(slice);
        }
        double[] distances = IntStream.range(1, places.size())
                .mapToDouble(i -> position.applyAsDouble(places.get(i).get(0))
                        - position.applyAsDouble(places.get(i - 1).get(0)))
                .toArray();
        double median = median(distances);
        boolean measured = slices.get(stack.get(0)).place().orElseThrow().isMeasured();
        return new Stack(
                runs(places, distances, gap * median),
                measured && median > 0 ? OptionalDouble.of(median) : OptionalDouble.empty());
    }

    private static double median(double[] distances) {
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    private static List<List<List<Integer>>> runs(List<List<Integer>> places, double[] distances, double furthest) {
        List<List<List<Integer>>> runs = new ArrayList<>();
        for (int place = 0; place < places.size(); place++) {
            if (place == 0 || distances[place - 1] > furthest) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(places.get(place));
        }
        return runs;
    }

    List<List<Integer>> places() {
        return runs.stream().flatMap(List::stream).toList();
    }
}
