package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.rigatino.finding.PlacedScore;
import org.rigatino.finding.SliceNeighbours;
import org.rigatino.finding.SlicePlace;
import org.rigatino.learn.train.Manifest;

/** Which of a cohort's images lie beside which. One whose slice the manifest does not name lies beside none. */
final class CohortSlices {
    private final List<Integer> images;
    private final Map<Integer, Integer> places = new HashMap<>();
    private final SliceNeighbours neighbours;

    /** @param among no others are anybody's neighbours, or in the order */
    CohortSlices(Cohort cohort, IntPredicate among) {
        images = IntStream.range(0, cohort.size()).filter(among).boxed().toList();
        List<PlacedScore> slices = new ArrayList<>();
        for (int image : images) {
            places.put(image, slices.size());
            Manifest.Entry entry = cohort.entries().get(image);
            Optional<SlicePlace> place = entry.slice().map(slice -> SlicePlace.numbered(slice.number()));
            slices.add(new PlacedScore(place.isPresent() ? entry.patient() : "alone " + image, place, 0));
        }
        neighbours = new SliceNeighbours(slices);
    }

    /** Series by series, each along its slices. */
    List<Integer> order() {
        return neighbours.order().stream().map(images::get).toList();
    }

    boolean areNeighbours(int image, int other) {
        return neighbours.areNeighbours(places.get(image), places.get(other));
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
