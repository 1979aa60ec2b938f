package org.rigatino.learn.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
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

    private static final String TRY = "A try: ";

    private static final String ANSWERED = "Calibrated on what radiologists answered: ";

    private static final String OF_ONE_PATIENT = " normal images are of one patient, and tell nothing of how those of"
            + " another differ: no threshold comes of them";

    /**
     * Says how sure a threshold is that comes of these images.
     *
     * @throws IOException where they are too few for one, or of one patient
     */
    static void requireEnough(List<PatientImage> normals, Omissions omissions, PrintWriter console) throws IOException {
        if (omissions.count() > 0) {
            console.println(omissions.summary());
        }
        if (normals.size() < FEWEST) {
            throw new IOException("there are " + normals.size() + " normal images and " + NEEDED);
        }
        if (DataSet.patients(normals) == 1) {
            throw new IOException("all " + normals.size() + OF_ONE_PATIENT
                    + ": give images of several, whom the manifest, the folders or the Patient IDs tell apart");
        }
        saySure(normals, console);
    }

    /**
     * Says how sure a threshold is that comes of these images, or that it is none.
     *
     * @param attempt whether it may be none
     * @throws IOException where they are too few for one, or of one patient
     */
    static void requireEnoughHeldBack(List<PatientImage> heldBack, boolean attempt, PrintWriter console)
            throws IOException {
        Optional<String> limit = limit(heldBack);
        if (limit.isEmpty()) {
            saySure(heldBack, console);
        } else if (attempt) {
            console.println(limit.get());
        } else {
            String why = heldBack.size() < FEWEST
                    ? "there are " + heldBack.size() + " held-back normal images and " + NEEDED
                    : "all " + heldBack.size() + " held-back" + OF_ONE_PATIENT;
            throw new IOException(
                    why + "; learn from more patients, hold back more of them (--validation-share), or try"
                            + " without a threshold that means anything (--try)");
        }
    }

    /** What a release has to say that is calibrated on these; empty where they carry its threshold. */
    private static Optional<String> limit(List<PatientImage> heldBack) {
        if (heldBack.size() < FEWEST) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    TRY + "its threshold is the largest score of %d held-back normal images; %d are needed for one"
                            + " that %.0f %% of normal images stay below.",
                    heldBack.size(),
                    FEWEST,
                    100 * SPECIFICITY));
        }
        return DataSet.patients(heldBack) > 1
                ? Optional.empty()
                : Optional.of(
                        TRY + "its threshold comes of " + heldBack.size()
                                + " held-back normal images of one patient, which tell nothing of how those of another differ.");
    }

    /** Of a release, with that of its own calibration where it has one. */
    static List<String> limits(List<String> others, List<PatientImage> heldBack) {
        return Stream.of(
                        others.stream().filter(other -> !other.startsWith(TRY) && !other.startsWith(ANSWERED)),
                        limit(heldBack).stream(),
                        selection(heldBack).stream())
                .flatMap(limits -> limits)
                .toList();
    }

    /** What chose these images, where that was not the data itself. */
    static Optional<String> selection(List<PatientImage> normals) {
        List<Boolean> answered =
                normals.stream().flatMap(image -> image.flagged().stream()).toList();
        return answered.isEmpty()
                ? Optional.empty()
                : Optional.of(ANSWERED + Collections.frequency(answered, true) + " of " + normals.size()
                        + " normal images had been flagged before. They are no sample of the normal images of their site:"
                        + " the threshold, and what is promised, is of images like them.");
    }

    private static void saySure(List<PatientImage> normals, PrintWriter console) {
        selection(normals).ifPresent(console::println);
        long patients = DataSet.patients(normals);
        console.printf(
                Locale.ROOT,
                "%d normal images of %d patients: %.0f %% of normal images stay below the threshold, give or take %.1f%s%n",
                normals.size(),
                patients,
                100 * SPECIFICITY,
                error(normals.size()),
                patients == normals.size()
                        ? ""
                        : String.format(
                                Locale.ROOT, ", or up to %.1f where images of one patient are alike", error(patients)));
    }

    /** Standard error in per cent of the share, of so many images or patients of which none tells of another. */
    private static double error(long independent) {
        return 100 * Math.sqrt(SPECIFICITY * (1 - SPECIFICITY) / independent);
    }
}
