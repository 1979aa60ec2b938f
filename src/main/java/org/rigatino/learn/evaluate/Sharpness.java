package org.rigatino.learn.evaluate;

import java.util.Optional;
import org.rigatino.learn.metric.MatchedPairs;
import org.rigatino.learn.metric.Ranking;
import org.rigatino.restore.Estimate;

/**
 * The cohort's pairs of an abnormal and a normal image of nearly the same mean gradient: where sharpness alone tells the
 * classes apart, a model is judged there too.
 *
 * @param gradient AUROC of the mean gradient on all images, the blurrier the more abnormal
 * @param matchedGradient the same on the pairs: near 0.5 where they do what they are for; empty where they are too few
 */
record Sharpness(MatchedPairs pairs, Estimate gradient, Optional<Estimate> matchedGradient) {
    /** An interval over fewer says nothing. */
    static final int FEWEST = 10;

    /** Whether scorers are measured on the pairs. */
    boolean isEnough() {
        return isEnough(pairs);
    }

    static boolean isEnough(MatchedPairs pairs) {
        return pairs.pairs().size() >= FEWEST;
    }

    /** Empty where the interval of the mean gradient's AUROC holds 0.5, or no pair can be made. */
    static Optional<Sharpness> of(Cohort cohort, float[] gradient, ImageMetrics metrics) {
        float[] blur = new float[gradient.length];
        boolean[] abnormal = new boolean[gradient.length];
        for (int i = 0; i < gradient.length; i++) {
            blur[i] = -gradient[i];
            abnormal[i] = cohort.abnormal(i);
        }
        Estimate all = metrics.ranking(blur, image -> true, Ranking::auroc);
        MatchedPairs pairs = MatchedPairs.of(gradient, abnormal);
        if (!all.present() || all.contains(0.5) || pairs.pairs().isEmpty()) {
            return Optional.empty();
        }
        Optional<Estimate> matched = isEnough(pairs)
                ? Optional.of(metrics.ranking(blur, pairs.items()::get, Ranking::auroc))
                : Optional.empty();
        return Optional.of(new Sharpness(pairs, all, matched));
    }
}
