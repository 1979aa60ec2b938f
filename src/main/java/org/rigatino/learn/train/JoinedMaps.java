package org.rigatino.learn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.rigatino.finding.SliceNeighbours;
import org.rigatino.finding.StackedSlice;
import org.rigatino.learn.train.PatientImage.Lying;
import org.rigatino.restore.DifferenceMap;
import org.rigatino.restore.Scoring;

/**
 * Maps of images among those of the slices beside them, as a release that joins them will meet them. Images of which it is not
 * known which slice of a series they are have no neighbours.
 */
final class JoinedMaps {
    private final Scoring scoring;
    private final List<Optional<Lying>> lying;
    private final SliceNeighbours neighbours;

    /**
     * Of images by their number in the list.
     *
     * @param leftOut slices of the same series that are none of these: nobody's neighbours
     */
    JoinedMaps(Scoring scoring, List<PatientImage> images, List<StackedSlice> leftOut) {
        this.scoring = scoring;
        lying = images.stream().map(PatientImage::lying).toList();
        List<Optional<StackedSlice>> slices = new ArrayList<>();
        lying.forEach(image -> slices.add(image.map(Lying::slice)));
        leftOut.forEach(slice -> slices.add(Optional.of(slice)));
        neighbours = new SliceNeighbours(slices);
        for (int i = images.size(); i < slices.size(); i++) {
            neighbours.refuse(i);
        }
    }

    /** Each image by itself. */
    static JoinedMaps none(Scoring scoring) {
        return new JoinedMaps(scoring, List.of(), List.of());
    }

    /** Of the images; none where nothing is joined. */
    LoneSlices alone() {
        long alone = IntStream.range(0, lying.size())
                .filter(image -> scoring.joins() && neighbours.of(image).isEmpty())
                .count();
        return new LoneSlices((int) alone, lying.size());
    }

    /** @param own map of an image by itself */
    float[] of(int image, IntFunction<float[]> own) {
        List<float[]> beside = new ArrayList<>();
        if (scoring.joins() && image < lying.size() && lying.get(image).isPresent()) {
            Lying onto = lying.get(image).get();
            for (int neighbour : neighbours.of(image)) {
                Lying from = lying.get(neighbour).orElseThrow();
                from.grid().onto(onto.grid(), own.apply(neighbour)).ifPresent(beside::add);
            }
        }
        return DifferenceMap.joined(own.apply(image), beside, scoring);
    }
}
