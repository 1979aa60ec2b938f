package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.rigatino.finding.SliceNeighbours;
import org.rigatino.finding.StackedSlice;
import org.rigatino.restore.Refusal;

/** Which of a cohort's images lie beside which. */
final class CohortSlices {
    private final List<Integer> images;
    private final Map<Integer, Integer> places = new HashMap<>();
    private final Map<Integer, Refusal> refusals = new HashMap<>();
    private final SliceNeighbours neighbours;

    /**
     * @param among no others are anybody's neighbours, or in the order
     * @throws IOException where the header of a DICOM file cannot be read
     */
    CohortSlices(Cohort cohort, IntPredicate among) throws IOException {
        images = IntStream.range(0, cohort.size()).filter(among).boxed().toList();
        List<Optional<StackedSlice>> slices = new ArrayList<>();
        for (int image : images) {
            places.put(image, slices.size());
            slices.add(cohort.manifest().slice(cohort.entries().get(image)));
        }
        neighbours = new SliceNeighbours(slices);
    }

    /** Series by series, each along its slices. */
    List<Integer> order() {
        return neighbours.order().stream().map(images::get).toList();
    }

    /** What a release refuses by its pixels has no part in the slices beside it. */
    void refuse(int image, Refusal refusal) {
        neighbours.refuse(places.get(image));
        refusals.put(image, refusal);
    }

    Optional<Refusal> refusal(int image) {
        return Optional.ofNullable(refusals.get(image));
    }

    boolean areNeighbours(int image, int other) {
        return neighbours.areNeighbours(places.get(image), places.get(other));
    }

    /** Whether neither image beside it is there. */
    boolean isAlone(int image) {
        return neighbours.of(places.get(image)).isEmpty();
    }

    /** The image between those before and after it, as far as there are. */
    List<Integer> around(int image) {
        List<Integer> around = new ArrayList<>(List.of(image));
        for (int neighbour : neighbours.of(places.get(image))) {
            around.add(images.get(neighbour));
        }
        return order(around);
    }

    /** Those images, as they lie. */
    private List<Integer> order(List<Integer> some) {
        return order().stream().filter(some::contains).toList();
    }
}
