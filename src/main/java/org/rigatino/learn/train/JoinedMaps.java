package org.rigatino.learn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.rigatino.finding.PlacedScore;
import org.rigatino.finding.SliceNeighbours;
import org.rigatino.image.ModelGrid;
import org.rigatino.restore.DifferenceMap;
import org.rigatino.restore.Scoring;

/**
 * Maps of images among those of the slices beside them, as a release that joins them will meet them. Images of which it is not
 * known which slice of a series they are have no neighbours.
 */
final class JoinedMaps {
    private final Scoring scoring;
    private final List<Optional<ModelGrid>> grids = new ArrayList<>();
    private final SliceNeighbours neighbours;

    /** Of images by their number in the list. */
    JoinedMaps(Scoring scoring, List<PatientImage> images) {
        this.scoring = scoring;
        List<PlacedScore> slices = new ArrayList<>();
        for (PatientImage image : images) {
            String alone = "alone " + slices.size();
            slices.add(image.slice()
                    .map(slice -> new PlacedScore(slice.series(), slice.place(), 0))
                    .orElse(new PlacedScore(alone, Optional.empty(), 0)));
            grids.add(image.grid());
        }
        neighbours = new SliceNeighbours(slices);
    }

    /** Each image by itself. */
    static JoinedMaps none(Scoring scoring) {
        return new JoinedMaps(scoring, List.of());
    }

    /** @param own map of an image by itself */
    float[] of(int image, IntFunction<float[]> own) {
        List<float[]> beside = new ArrayList<>();
        if (scoring.joins() && image < grids.size() && grids.get(image).isPresent()) {
            ModelGrid onto = grids.get(image).get();
            for (int neighbour : neighbours.of(image)) {
                grids.get(neighbour)
                        .filter(onto::isAlike)
                        .ifPresent(grid -> beside.add(grid.onto(onto, own.apply(neighbour))));
            }
        }
        return DifferenceMap.joined(own.apply(image), beside, scoring);
    }
}
