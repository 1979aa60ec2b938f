package org.rigatino.learn.evaluate;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.rigatino.learn.metric.PixelTally;
import org.rigatino.restore.Likeness;
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
 * @param normals of the release, by which it judges a study; empty where a study is judged by its highest image
 * @param refused empty where the scorer refuses none
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
        Optional<NormalStudies> normals,
        Optional<Refused> refused,
        Optional<Marks> marks,
        Optional<float[]> lesionFree) {
    /**
     * What a release refuses by its pixels.
     *
     * @param rules of each image the one that refuses it, null where none does
     * @param likeness whether {@code unlike} is among them
     */
    record Refused(String[] rules, boolean likeness) {}

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

    /** The rule that refuses an image. */
    Optional<String> refusal(int image) {
        return refused.map(all -> all.rules()[image]);
    }

    /** Whether an image is not refused as unlike the normals. What else is refused scores as a blank one. */
    boolean judges(int image) {
        return refusal(image).filter(Likeness.UNLIKE_RULE::equals).isEmpty();
    }

    IntStream judged() {
        return IntStream.range(0, values.length).filter(this::judges);
    }

    /** Whether an image is judged and reaches a score. */
    boolean reaches(int image, float threshold) {
        return judges(image) && values[image] >= threshold;
    }

    /** How its studies are judged. */
    String rule() {
        return normals.map(Scores::text).orElse(HIGHEST_SLICE);
    }

    private static String text(NormalStudies normals) {
        return String.format(
                Locale.ROOT,
                "highest run of %d neighbouring slices by its lowest, flagged at a p-value of %s in 100 and below,"
                        + " against %d normal studies of %s",
                normals.neighbours(),
                NormalStudies.per100(normals.falseAlarms()),
                normals.scores().size(),
                normals.data());
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
