package org.rigatino.finding;

import java.util.List;
import org.rigatino.image.FrameReference;

/**
 * How far one frame departs from what its model holds for healthy.
 *
 * @param modelDigest identity of the release that judged it
 * @param score the release's image score, higher is more abnormal; comparable within one release only
 * @param percentile share of held-back normals that score lower, 0 to 100
 * @param flagged whether the score passes the release's operating threshold
 * @param map rows*columns of the source frame: the departure in units of the normals' spread at that place, positive
 *     where it counts as abnormal, 0 where there is none, the model does not look, or it is not shown; the score counts
 *     more than is shown
 * @param joinedWith the slices directly before and after it, which have a part in all of this; empty where none has
 */
public record ImageFinding(
        FrameReference reference,
        String modelDigest,
        double score,
        double percentile,
        boolean flagged,
        float[] map,
        List<FrameReference> joinedWith) {
    public ImageFinding {
        joinedWith = List.copyOf(joinedWith);
    }

    /** Of a frame by itself. */
    public ImageFinding(
            FrameReference reference,
            String modelDigest,
            double score,
            double percentile,
            boolean flagged,
            float[] map) {
        this(reference, modelDigest, score, percentile, flagged, map, List.of());
    }

    /** The same judgement, small enough to keep for a whole study. */
    public ImageFinding withoutMap() {
        return new ImageFinding(reference, modelDigest, score, percentile, flagged, new float[0], joinedWith);
    }
}
