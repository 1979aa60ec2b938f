package org.rigatino.train;

import java.util.List;
import java.util.function.UnaryOperator;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.Scoring;

/** What a release says of differences: how large normals' are at each cell, and what scores they get. */
record Calibrated(float[] spread, Calibration calibration) {
    /** Share of the normal images that is not flagged. */
    static final double SPECIFICITY = 0.95;

    /**
     * Fewest images for which a threshold of that specificity is more than the largest score: one image in so many lies
     * above it.
     */
    static final int FEWEST = (int) Math.round(1 / (1 - SPECIFICITY));

    /** @param normals none of which the network has learnt from */
    static Calibrated by(List<TrainingImage> normals, Scoring scoring, int side, UnaryOperator<float[]> restore) {
        Calibrator calibrator = new Calibrator(scoring, side, SPECIFICITY);
        float[] spread = calibrator.spread(calibrator.differences(normals, restore, true));
        return new Calibrated(spread, calibrator.calibrate(calibrator.differences(normals, restore, false), spread));
    }
}
