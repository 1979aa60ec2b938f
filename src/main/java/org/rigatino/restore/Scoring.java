package org.rigatino.restore;

/**
 * How a difference becomes a score.
 *
 * @param sign which differences count as abnormal
 * @param smoothing standard deviation in grid cells of the Gaussian that the difference is smoothed with, 0 for none
 * @param topShare the image score is the mean of this share of the grid's largest values, above 0, up to 1
 */
public record Scoring(Sign sign, double smoothing, double topShare) {
    /** Of the image against its restoration. */
    public enum Sign {
        BRIGHTER,
        DARKER,
        BOTH
    }

    public Scoring {
        if (sign == null || !(smoothing >= 0) || !(topShare > 0 && topShare <= 1)) {
            throw new IllegalArgumentException("scoring has sign " + sign + ", smoothing " + smoothing + ", top share "
                    + topShare + ": needs a sign, at least 0, and between 0 and 1");
        }
    }
}
