package org.rigatino.learn.evaluate;

import java.util.Optional;
import java.util.OptionalDouble;
import org.rigatino.learn.metric.PixelTally;

/**
 * What one way of scoring says of a cohort's images.
 *
 * @param scorer the model or the baseline
 * @param scoring how its restoration became a score; {@link Scoring#NONE} where it draws none
 * @param values one for each image, higher is more abnormal
 * @param threshold score at and above which an image is flagged
 * @param pixels of the maps, where the cohort has masks and the scorer has maps
 * @param brightness of lesions in what was drawn, where the cohort has masks
 */
record Scores(
        String scorer,
        Scoring scoring,
        float[] values,
        OptionalDouble threshold,
        Optional<PixelTally> pixels,
        Optional<LesionBrightness> brightness) {
    /** How a restoration became a score. */
    enum Scoring {
        /** The release's own: smoothed, over the normals' spread, mean of the largest values. */
        RELEASE,
        /** The paper's: mean of |x - G(x)|/2 on the grid. */
        PLAIN,
        /** What the critic says of the image, the less real the more abnormal. */
        CRITIC,
        NONE;

        String label() {
            return this == NONE ? "" : name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Scores of(String scorer, float[] values) {
        return new Scores(scorer, Scoring.NONE, values, OptionalDouble.empty(), Optional.empty(), Optional.empty());
    }

    String label() {
        return scoring == Scoring.NONE ? scorer : scorer + " " + scoring.label();
    }
}
