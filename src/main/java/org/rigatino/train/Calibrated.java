package org.rigatino.train;

import org.rigatino.restore.Calibration;

/** What a release says of differences: how large normals' are at each cell, and what scores they get. */
public record Calibrated(float[] spread, Calibration calibration) {
    /** Share of the normal images that is not flagged. */
    static final double SPECIFICITY = 0.95;

    /**
     * Fewest images for which a threshold of that specificity is more than the largest score: one image in so many lies
     * above it.
     */
    static final int FEWEST = (int) Math.round(1 / (1 - SPECIFICITY));
}
