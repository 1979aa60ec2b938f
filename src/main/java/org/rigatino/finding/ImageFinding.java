package org.rigatino.finding;

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
 */
public record ImageFinding(
        FrameReference reference, String modelDigest, double score, double percentile, boolean flagged, float[] map) {

    /** The same judgement, small enough to keep for a whole study. */
    public ImageFinding withoutMap() {
        return new ImageFinding(reference, modelDigest, score, percentile, flagged, new float[0]);
    }
}
