package org.rigatino.finding;

import java.util.Optional;
import org.rigatino.image.FrameReference;

/**
 * A slice's score and where the slice lies.
 *
 * @param series slices of others are no neighbours
 * @param place empty where none is a neighbour
 */
public record PlacedScore(String series, Optional<SlicePlace> place, double score) {
    /** Frames that are numbered are so within their instance. */
    public PlacedScore(FrameReference reference, Optional<SlicePlace> place, double score) {
        this(
                place.filter(SlicePlace::isMeasured).isPresent()
                        ? reference.seriesInstanceUid()
                        : reference.seriesInstanceUid() + " " + reference.sopInstanceUid(),
                place,
                score);
    }
}
