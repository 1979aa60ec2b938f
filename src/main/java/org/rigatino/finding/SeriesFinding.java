package org.rigatino.finding;

import java.util.List;
import java.util.OptionalDouble;
import org.rigatino.image.FrameReference;

/**
 * What one release says of a series: neighbouring slices confirm or deny each other.
 *
 * @param score as {@link Neighbours#highest}, comparable within one release only
 * @param deciding frames, in the order of their places
 * @param millilitres of what is marked in the series; empty where areas or distances of slices are not known
 */
public record SeriesFinding(
        String seriesInstanceUid,
        String modelDigest,
        double score,
        List<FrameReference> deciding,
        OptionalDouble millilitres) {
    private static final double MM3_PER_MILLILITRE = 1000;

    /** @param slices of one series and one release, one at least */
    static SeriesFinding of(List<JudgedSlice> slices, int neighbours) {
        List<PlacedScore> placed = slices.stream().map(JudgedSlice::placed).toList();
        Neighbours.Run run = new Neighbours(neighbours).highest(placed).orElseThrow();
        ImageFinding first = slices.get(0).finding();
        return new SeriesFinding(
                first.reference().seriesInstanceUid(),
                first.modelDigest(),
                run.score(),
                run.slices().stream()
                        .map(slice -> slices.get(slice).finding().reference())
                        .toList(),
                millilitres(slices, Stack.of(placed)));
    }

    /** Area times distance of slices; at one place the largest area counts. */
    private static OptionalDouble millilitres(List<JudgedSlice> slices, List<Stack> stacks) {
        boolean known = slices.stream().allMatch(slice -> slice.markedArea().isPresent())
                && stacks.stream().allMatch(stack -> stack.distance().isPresent());
        if (!known) {
            return OptionalDouble.empty();
        }
        double volume = 0;
        for (Stack stack : stacks) {
            for (List<Integer> place : stack.places()) {
                double area = place.stream()
                        .mapToDouble(slice -> slices.get(slice).markedArea().orElseThrow())
                        .max()
                        .orElseThrow();
                volume += area * stack.distance().orElseThrow();
            }
        }
        return OptionalDouble.of(volume / MM3_PER_MILLILITRE);
    }
}
