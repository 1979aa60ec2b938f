package org.rigatino.learn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.rigatino.finding.PlacedScore;
import org.rigatino.finding.SliceNeighbours;
import org.rigatino.learn.train.PatientImage.Lying;
import org.rigatino.restore.DifferenceMap;
import org.rigatino.restore.Scoring;

/**
 * Maps of images among those of the slices beside them, as a release that joins them will meet them. Images of which it is not
 * known which slice of a series they are have no neighbours, and what a worker would refuse is none.
 */
final class JoinedMaps {
    private final Scoring scoring;
    private final List<Optional<Lying>> lying = new ArrayList<>();
    private final SliceNeighbours neighbours;

    /**
     * Of images by their number in the list.
     *
     * @param refused whether a worker would not judge what an image shows
     */
    JoinedMaps(Scoring scoring, List<PatientImage> images, Predicate<TrainingImage> refused) {
        this.scoring = scoring;
        List<PlacedScore> slices = new ArrayList<>();
        for (PatientImage image : images) {
            String alone = "alone " + slices.size();
            slices.add(image.lying()
                    .map(slice -> new PlacedScore(slice.stack(), Optional.of(slice.place()), 0))
                    .orElse(new PlacedScore(alone, Optional.empty(), 0)));
            lying.add(image.lying().filter(slice -> !refused.test(image.image())));
        }
        neighbours = new SliceNeighbours(slices);
    }

    /** Each image by itself. */
    static JoinedMaps none(Scoring scoring) {
        return new JoinedMaps(scoring, List.of(), image -> false);
    }

    /** @param own map of an image by itself */
    float[] of(int image, IntFunction<float[]> own) {
        List<float[]> beside = new ArrayList<>();
        if (scoring.joins() && image < lying.size() && lying.get(image).isPresent()) {
            Lying onto = lying.get(image).get();
            for (int neighbour : neighbours.of(image)) {
                lying.get(neighbour)
                        .filter(slice -> slice.grid().isAlike(onto.grid()) && slice.isBeside(onto))
                        .ifPresent(slice -> beside.add(slice.grid().onto(onto.grid(), own.apply(neighbour))));
            }
        }
        return DifferenceMap.joined(own.apply(image), beside, scoring);
    }
}
