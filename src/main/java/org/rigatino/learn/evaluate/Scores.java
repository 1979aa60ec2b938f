package org.rigatino.learn.evaluate;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.rigatino.learn.metric.PixelTally;
import org.rigatino.restore.NormalStudies;

/**
 * What one way of scoring says of a cohort's images.
 *
 * @param scorer the model or the baseline
 * @param scoring how its restoration became a score; {@link Scoring#NONE} where it draws none
 * @param values one for each image, higher is more abnormal
 * @param threshold score at and above which an image is flagged
 * @param pixels of the maps, where the cohort has masks and the scorer has maps
 * @param brightness of lesions in what was drawn, where the cohort has masks
 * @param studyRule empty where a study is judged by its highest image
 * @param unlike of each image whether it is refused as unlike the normals; empty where the scorer refuses none so
 * @param marks of overlays; empty where the scorer makes none
 * @param lesionFree of each image that lies away from any lesion its value in a series without those that do not; empty where
 *     that is the same
 */
record Scores(
        String scorer,
        Scoring scoring,
        float[] values,
        OptionalDouble threshold,
        Optional<PixelTally> pixels,
        Optional<LesionBrightness> brightness,
        Optional<StudyRule> studyRule,
        Optional<boolean[]> unlike,
        Optional<Marks> marks,
        Optional<float[]> lesionFree) {
    /**
     * How a release judges studies.
     *
     * @param speaks of each image whether enough of it is foreground, and it is not unlike the normals
     */
    record StudyRule(NormalStudies normals, boolean[] speaks) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    "highest run of %d neighbouring slices by its lowest, flagged at a p-value of %s in 100 and below,"
                            + " against %d normal studies of %s",
                    normals.neighbours(),
                    NormalStudies.per100(normals.falseAlarms()),
                    normals.scores().size(),
                    normals.data());
        }
    }

    /** Of a scorer without normal studies. */
    static final String HIGHEST_SLICE = "highest slice, flagged where a slice is";

    Scores(
            String scorer,
            Scoring scoring,
            float[] values,
            OptionalDouble threshold,
            Optional<PixelTally> pixels,
            Optional<LesionBrightness> brightness) {
        this(
                scorer,
                scoring,
                values,
                threshold,
                pixels,
                brightness,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether an image is not refused as unlike the normals. */
    boolean judges(int image) {
        return unlike.isEmpty() || !unlike.get()[image];
    }

    /** Whether an image is judged and reaches a score. */
    boolean reaches(int image, float threshold) {
        return judges(image) && values[image] >= threshold;
    }

    /** How its studies are judged. */
    String rule() {
        return studyRule.map(StudyRule::text).orElse(HIGHEST_SLICE);
    }

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
            return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
        }
    }

    static Scores of(String scorer, float[] values) {
        return new Scores(scorer, Scoring.NONE, values, OptionalDouble.empty(), Optional.empty(), Optional.empty());
    }

    String label() {
        return scoring == Scoring.NONE ? scorer : scorer + " " + scoring.label();
    }
}
