package org.rigatino.restore;

import java.util.List;

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
 * @param coarse standard deviation in grid cells of a second Gaussian, 0 for none: the difference is looked at smoothed by
 *     each, each over the normals' spread of its own, and counts as the one that shows more. The finer finds what is small,
 *     the coarser what is large and faint
 * @param bilateralLimit most that the other side excuses, in spreads: what exceeds it counts whole, whatever lies
 *     opposite; 0 sets no limit
 * @param levelClip cells that depart by more than this many times the level have no part in the image's own level: a large
 *     lesion does not raise what it is judged by; 0 for none, else above 1
 * @param acrossSlices power of the neighbouring slices' maps in that of a slice, as {@link DifferenceMap#joined}; 0 judges each
 *     slice by itself
 */
public record Scoring(
        Sign sign,
        double smoothing,
        double topShare,
        double bilateral,
        double criticWeight,
        double ownLevel,
        double coarse,
        double bilateralLimit,
        double levelClip,
        double acrossSlices) {
    /** Fields that early releases lack, all of which 0 leaves out. */
    static final List<String> LATER = List.of("coarse", "bilateralLimit", "levelClip", "acrossSlices");

    /** Of a Gaussian, in grid cells. */
    private static final int WIDEST = 256;
    /** Of what is multiplied. */
    private static final int MOST = 1_000_000;

    /** Of the image against its restoration. */
    public enum Sign {
        BRIGHTER,
        DARKER,
        BOTH
    }

    public Scoring {
        boolean valid = sign != null
                && (smoothing >= 0 && smoothing <= WIDEST)
                && (topShare > 0 && topShare <= 1)
                && (bilateral >= 0 && bilateral <= 1)
                && (criticWeight >= 0 && criticWeight <= MOST)
                && (ownLevel >= 0 && ownLevel <= 1);
        if (!valid) {
            throw new IllegalArgumentException("scoring has sign " + sign + ", smoothing " + smoothing + ", top share "
                    + topShare + ", bilateral " + bilateral + ", critic weight " + criticWeight + ", own level "
                    + ownLevel + ": needs a sign, 0 to " + WIDEST + ", above 0 and up to 1, 0 to 1, 0 to " + MOST
                    + ", 0 to 1");
        }
        require(
                coarse == 0 || coarse > smoothing && coarse <= WIDEST,
                "coarse of 0 or above smoothing, up to " + WIDEST,
                coarse);
        require(bilateralLimit >= 0 && bilateralLimit <= MOST, "a bilateralLimit from 0 to " + MOST, bilateralLimit);
        require(
                levelClip == 0 || levelClip > 1 && levelClip <= MOST,
                "a levelClip of 0 or above 1, up to " + MOST,
                levelClip);
        require(acrossSlices >= 0 && acrossSlices < 1, "acrossSlices from 0 to below 1", acrossSlices);
    }

    private static void require(boolean holds, String needed, double given) {
        if (!holds) {
            throw new IllegalArgumentException("scoring needs " + needed + ", and has " + given);
        }
    }

    /** Of differences alone. */
    public Scoring(Sign sign, double smoothing, double topShare, double bilateral) {
        this(sign, smoothing, topShare, bilateral, 0, 0);
    }

    /** Without what came later. */
    public Scoring(
            Sign sign, double smoothing, double topShare, double bilateral, double criticWeight, double ownLevel) {
        this(sign, smoothing, topShare, bilateral, criticWeight, ownLevel, 0, 0, 0, 0);
    }

    /** The same without a critic, for what has none. */
    public Scoring withoutCritic() {
        return new Scoring(
                sign, smoothing, topShare, bilateral, 0, ownLevel, coarse, bilateralLimit, levelClip, acrossSlices);
    }

    /** The same of each slice by itself. */
    public Scoring alone() {
        return new Scoring(
                sign, smoothing, topShare, bilateral, criticWeight, ownLevel, coarse, bilateralLimit, levelClip, 0);
    }

    /** Whether what is found in a slice depends on those beside it. */
    public boolean joins() {
        return acrossSlices > 0;
    }

    /** Widths of the Gaussians, the finer first. */
    public List<Double> scales() {
        return coarse > 0 ? List.of(smoothing, coarse) : List.of(smoothing);
    }

    /** Kinds of difference at each scale: from the restoration, and from the other side where that counts. */
    public int kinds() {
        return bilateral < 1 ? 2 : 1;
    }

    /** All kinds at the finer scale, then at the coarser. */
    public int planes() {
        return kinds() * scales().size();
    }
}
