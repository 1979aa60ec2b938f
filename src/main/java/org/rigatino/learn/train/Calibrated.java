package org.rigatino.learn.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
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

    private static final String NEEDED = FEWEST + " are needed at least: a threshold that "
            + Math.round(100 * SPECIFICITY)
            + " % of normal images stay below is otherwise no more than the largest score that was seen";

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
            throw new IOException("there are " + normals.size() + " normal images and " + NEEDED);
        }
        saySure(normals, console);
    }

    /**
     * Says how sure a threshold is that comes of these images, or that it is none.
     *
     * @param attempt whether it may be none
     * @throws IOException where they are too few for one
     */
    static void requireEnoughHeldBack(List<PatientImage> heldBack, boolean attempt, PrintWriter console)
            throws IOException {
        Optional<String> limit = limit(heldBack.size());
        if (limit.isEmpty()) {
            saySure(heldBack, console);
        } else if (attempt) {
            console.println(limit.get());
        } else {
            throw new IOException("there are " + heldBack.size() + " held-back normal images and " + NEEDED
                    + "; learn from more patients, hold back more of them (--validation-share), or try without a"
                    + " threshold that means anything (--try)");
        }
    }

    /** What a release has to say that is calibrated on so many normal images; empty where they carry its threshold. */
    static Optional<String> limit(int normals) {
        return normals >= FEWEST
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "A try: its threshold is the largest score of %d held-back normal images; %d are needed for one"
                                + " that %.0f %% of normal images stay below.",
                        normals,
                        FEWEST,
                        100 * SPECIFICITY));
    }

    /** Of a release, with that of its own calibration where it has one. */
    static List<String> limits(List<String> others, int normals) {
        return Stream.concat(others.stream().filter(other -> !other.startsWith("A try: ")), limit(normals).stream())
                .toList();
    }

    private static void saySure(List<PatientImage> normals, PrintWriter console) {
        double error = Math.sqrt(SPECIFICITY * (1 - SPECIFICITY) / normals.size());
        console.printf(
                "%d normal images of %d patients: %.0f %% of normal images stay below the threshold, give or take %.1f%n",
                normals.size(), DataSet.patients(normals), 100 * SPECIFICITY, 100 * error);
    }
}
