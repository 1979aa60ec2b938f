package org.rigatino.restore;

/**
 * How a difference becomes a score.
 *
 * @param sign which differences count as abnormal
 * @param smoothing standard deviation in grid cells of the Gaussian that the difference is smoothed with, 0 for none
 * @param topShare the image score is the mean of this share of the grid's largest values, above 0, up to 1
 * @param bilateral share of a difference that counts where the mirrored place departs from its other side no less, 0 to
 *     1: paired anatomy is alike on both sides, a lesion seldom is; 1 leaves symmetry out of account
 * @param criticWeight 0 for a score of differences alone; else the score is the sum of the differences' score and this
 *     many times the critic's doubt, each standardised by the normals' ({@link Calibration.Standard})
 * @param ownLevel 0 judges every image by the normals' spread alone; else the map is divided by this power, up to 1, of how
 *     much the image departs throughout, over what is usual: a scan that is noisy everywhere is no lesion
 */
public record Scoring(
        Sign sign, double smoothing, double topShare, double bilateral, double criticWeight, double ownLevel) {
    /** Of the image against its restoration. */
    public enum Sign {
        BRIGHTER,
        DARKER,
        BOTH
    }

    public Scoring {
        boolean valid = sign != null
                && smoothing >= 0
                && (topShare > 0 && topShare <= 1)
                && (bilateral >= 0 && bilateral <= 1)
                && criticWeight >= 0
                && (ownLevel >= 0 && ownLevel <= 1);
        if (!valid) {
            throw new IllegalArgumentException("scoring has sign " + sign + ", smoothing " + smoothing + ", top share "
                    + topShare + ", bilateral " + bilateral + ", critic weight " + criticWeight + ", own level "
                    + ownLevel + ": needs a sign, at least 0, above 0 and up to 1, 0 to 1, at least 0, 0 to 1");
        }
    }

    /** Of differences alone. */
    public Scoring(Sign sign, double smoothing, double topShare, double bilateral) {
        this(sign, smoothing, topShare, bilateral, 0, 0);
    }

    /** The same without a critic, for what has none. */
    public Scoring withoutCritic() {
        return new Scoring(sign, smoothing, topShare, bilateral, 0, ownLevel);
    }

    /** Kinds of difference that are looked at: from the restoration, and from the other side where that counts. */
    public int planes() {
        return bilateral < 1 ? 2 : 1;
    }
}
