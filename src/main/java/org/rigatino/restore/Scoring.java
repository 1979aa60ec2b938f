package org.rigatino.restore;

/**
 * How a difference becomes a score.
 *
 * @param sign which differences count as abnormal
 * @param smoothing standard deviation in grid cells of the Gaussian that the difference is smoothed with, 0 for none
 * @param topShare the image score is the mean of this share of the grid's largest values, above 0, up to 1
 * @param bilateral share of a difference that counts where the mirrored place departs from its other side no less, 0 to
 *     1: paired anatomy is alike on both sides, a lesion seldom is; 1 leaves symmetry out of account
 */
public record Scoring(Sign sign, double smoothing, double topShare, double bilateral) {
    /** Of the image against its restoration. */
    public enum Sign {
        BRIGHTER,
        DARKER,
        BOTH
    }

    public Scoring {
        boolean valid =
                sign != null && smoothing >= 0 && (topShare > 0 && topShare <= 1) && (bilateral >= 0 && bilateral <= 1);
        if (!valid) {
            throw new IllegalArgumentException("scoring has sign " + sign + ", smoothing " + smoothing + ", top share "
                    + topShare + ", bilateral " + bilateral
                    + ": needs a sign, at least 0, above 0 and up to 1, and 0 to 1");
        }
    }

    /** Kinds of difference that are looked at: from the restoration, and from the other side where that counts. */
    public int planes() {
        return bilateral < 1 ? 2 : 1;
    }
}
