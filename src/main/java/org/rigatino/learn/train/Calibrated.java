package org.rigatino.learn.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.NormalStudies;

/**
 * What a release says of differences: how large normals' are at each cell, and what scores they get.
 *
 * @param studies null where the normal images make no or too few normal studies
 */
public record Calibrated(float[] spread, Calibration calibration, NormalStudies studies) {
    /** Share of the normal images that is not flagged. */
    static final double SPECIFICITY = 0.95;

    /**
     * Fewest images for which a threshold of that specificity is more than the largest score: one image in so many lies
     * above it.
     */
    static final int FEWEST = (int) Math.round(1 / (1 - SPECIFICITY));

    /**
     * Says how sure a threshold is that comes of these images.
     *
     * @throws IOException where they are too few for one
     */
    static void requireEnough(List<PatientImage> normals, Omissions omissions, PrintWriter console) throws IOException {
        if (omissions.count() > 0) {
            console.println(omissions.summary());
        }
        if (normals.size() < FEWEST) {
            throw new IOException("there are " + normals.size() + " normal images and " + FEWEST
                    + " are needed at least: a threshold that " + Math.round(100 * SPECIFICITY)
                    + " % of normal images stay below is otherwise no more than the largest score that was seen");
        }
        double error = Math.sqrt(SPECIFICITY * (1 - SPECIFICITY) / normals.size());
        console.printf(
                "%d normal images of %d patients: %.0f %% of normal images stay below the threshold, give or take %.1f%n",
                normals.size(), DataSet.patients(normals), 100 * SPECIFICITY, 100 * error);
    }
}
