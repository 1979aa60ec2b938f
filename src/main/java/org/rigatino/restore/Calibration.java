package org.rigatino.restore;

import java.util.List;

/**
 * What scores mean, from normal images that the network did not learn from.
 *
 * @param scores of those images, ascending
 * @param specificity share of them that lies below the threshold
 * @param threshold score at and above which an image is flagged
 * @param mapThreshold value of the difference map above which a pixel is marked
 * @param standard null where the score is of differences alone
 * @param usualLevel median of how much those images depart throughout; 0 where the scoring does not ask for it
 */
public record Calibration(
        List<Double> scores,
        double specificity,
        double threshold,
        double mapThreshold,
        Standard standard,
        double usualLevel) {
    /**
     * Of the same normal images: mean and standard deviation of the differences' scores and of the critic's logits.
     */
    public record Standard(double mean, double deviation, double criticMean, double criticDeviation) {
        public Standard {
            requireFinite("standard.mean", mean);
            requireFinite("standard.deviation", deviation);
            requireFinite("standard.criticMean", criticMean);
            requireFinite("standard.criticDeviation", criticDeviation);
            if (!(deviation > 0 && criticDeviation > 0)) {
                throw new IllegalArgumentException("normal images are all scored alike, by differences with deviation "
                        + deviation + " and by the critic with " + criticDeviation + ": train longer");
            }
        }

        /** @param logit the higher the more like a normal image */
        public double score(double differences, double logit, double criticWeight) {
            return (differences - mean) / deviation + criticWeight * (criticMean - logit) / criticDeviation;
        }
    }

    public Calibration(List<Double> scores, double specificity, double threshold, double mapThreshold) {
        this(scores, specificity, threshold, mapThreshold, null, 0);
    }

    public Calibration {
        if (scores == null || scores.isEmpty()) {
            throw new IllegalArgumentException("calibration has no scores of normal images");
        }
        for (int i = 0; i < scores.size(); i++) {
            requireFinite("score", scores.get(i));
            if (i > 0 && scores.get(i - 1) > scores.get(i)) {
                throw new IllegalArgumentException("calibration scores are not in ascending order");
            }
        }
        requireFinite("specificity", specificity);
        requireFinite("threshold", threshold);
        requireFinite("mapThreshold", mapThreshold);
        requireFinite("usualLevel", usualLevel);
        scores = List.copyOf(scores);
    }

    private static void requireFinite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "calibration has " + field + " " + value + ", which nothing can be compared with");
        }
    }

    /** Share of the normal images that score lower, 0 to 100. */
    public double percentile(double score) {
        long lower = scores.stream().filter(normal -> normal < score).count();
        return 100.0 * lower / scores.size();
    }
}
