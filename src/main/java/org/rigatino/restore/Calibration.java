package org.rigatino.restore;

import java.util.List;

/**
 * What scores mean, from normal images that the network did not learn from.
 *
 * @param scores of those images, ascending
 * @param specificity share of them that lies below the threshold
 * @param threshold score at and above which an image is flagged
 * @param mapThreshold value of the difference map above which a pixel is marked
 */
public record Calibration(List<Double> scores, double specificity, double threshold, double mapThreshold) {
    public Calibration {
        if (scores == null || scores.isEmpty()) {
            throw new IllegalArgumentException("calibration has no scores of normal images");
        }
        for (int i = 1; i < scores.size(); i++) {
            if (scores.get(i - 1) > scores.get(i)) {
                throw new IllegalArgumentException("calibration scores are not in ascending order");
            }
        }
        scores = List.copyOf(scores);
    }

    /** Share of the normal images that score lower, 0 to 100. */
    public double percentile(double score) {
        long lower = scores.stream().filter(normal -> normal < score).count();
        return 100.0 * lower / scores.size();
    }
}
