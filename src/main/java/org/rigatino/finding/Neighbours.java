package org.rigatino.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Slices that lie side by side confirm or deny each other: what one of them shows alone is seldom a lesion. Of slices at one
 * place the highest speaks. Where more than one slice in a row is missing, those before and after are no neighbours.
 *
 * @param count of places in a run
 */
public record Neighbours(int count) {
    /**
     * Slices that decide.
     *
     * @param score the lowest of theirs
     * @param slices one of each place, by their number in the list that was asked about, in their order
     */
    public record Run(double score, List<Integer> slices) {}

    /**
     * Of all runs the one whose lowest slice scores highest, the first among equals; of fewer places where no more lie
     * side by side. Empty where there are no slices.
     */
    public Optional<Run> highest(List<PlacedScore> slices) {
        return Stack.of(slices).stream()
                .flatMap(stack -> stack.runs().stream())
                .map(places -> highest(places, slices))
                .reduce((first, second) -> second.score > first.score ? second : first);
    }

    private Run highest(List<List<Integer>> places, List<PlacedScore> slices) {
        List<Integer> speaking = new ArrayList<>();
        for (List<Integer> place : places) {
            speaking.add(place.stream()
                    .reduce((first, second) ->
                            slices.get(second).score() > slices.get(first).score() ? second : first)
                    .orElseThrow());
        }
        int length = Math.min(count, speaking.size());
        Run highest = null;
        for (int from = 0; from + length <= speaking.size(); from++) {
            List<Integer> run = List.copyOf(speaking.subList(from, from + length));
            double lowest = run.stream()
                    .mapToDouble(slice -> slices.get(slice).score())
                    .min()
                    .orElseThrow();
            if (highest == null || lowest > highest.score) {
                highest = new Run(lowest, run);
            }
        }
        return highest;
    }
}
