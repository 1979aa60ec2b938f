package org.rigatino.learn.train;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.rigatino.restore.NormalStudies;
import picocli.CommandLine.Option;

/** How whole studies are judged against normal ones. */
final class StudyOptions {
    /** Promised where nothing else is asked for and the normal studies are enough. */
    private static final double USUAL = 0.05;
    /** The most that is promised without being asked for. */
    private static final double MOST = 0.1;

    @Option(
            names = "--false-alarms",
            description =
                    "in 100 normal studies at most; default 5, or as few up to 10 as the normal studies can promise")
    private Double falseAlarms;

    @Option(
            names = "--neighbours",
            defaultValue = "3",
            description = "slices side by side that confirm or deny each other in a study")
    private int neighbours;

    /** @throws IllegalArgumentException where a number is out of its range */
    void require() {
        OptionRange.whole("--neighbours", neighbours, 1, 1000);
        if (falseAlarms != null) {
            OptionRange.between0And("--false-alarms", falseAlarms, 100);
        }
    }

    int neighbours() {
        return neighbours;
    }

    /**
     * Share that is promised; empty where none was asked for and so few studies can promise no useful one.
     *
     * @throws IllegalArgumentException where one was asked for and so few cannot promise it
     */
    OptionalDouble falseAlarms(List<PatientImage> normals) {
        int studies = studies(normals);
        if (falseAlarms != null) {
            if (studies == 0) {
                throw new IllegalArgumentException("--false-alarms: " + none(normals));
            }
            NormalStudies.requireReach(studies, falseAlarms / 100);
            return OptionalDouble.of(falseAlarms / 100);
        }
        double share = Math.max(USUAL, Math.ceil(100 * NormalStudies.smallestP(studies)) / 100);
        return share <= MOST ? OptionalDouble.of(share) : OptionalDouble.empty();
    }

    /** What is, or is not, promised of studies. */
    String said(List<PatientImage> normals) {
        OptionalDouble promised = falseAlarms(normals);
        int studies = studies(normals);
        if (studies == 0) {
            return none(normals);
        }
        if (promised.isEmpty()) {
            return String.format(
                    Locale.ROOT,
                    "studies are judged by their highest image: %d normal studies are too few, %d promise 10 false"
                            + " alarms in 100 and %d promise 5%s",
                    studies,
                    NormalStudies.needed(MOST),
                    NormalStudies.needed(USUAL),
                    passedOver(normals, studies));
        }
        String more = promised.getAsDouble() > USUAL && falseAlarms == null
                ? "; for 5, " + NormalStudies.needed(USUAL) + " are needed"
                : "";
        return String.format(
                Locale.ROOT,
                "%d normal studies of %d patients: smallest p-value %.4f, %s false alarms in 100 normal studies promised%s%s",
                studies,
                counting(normals).size(),
                NormalStudies.smallestP(studies),
                NormalStudies.per100(promised.getAsDouble()),
                more,
                passedOver(normals, studies));
    }

    private static String none(List<PatientImage> normals) {
        return "studies are judged by their highest image: of the " + normals.size()
                + " normal images it is not known which make a study, in which order; DICOM files say so, and a"
                + " manifest.csv with columns slice and slices_to_lesion";
    }

    /**
     * By patient the study that counts: the first that is listed, whatever it scores. What is promised is of studies that can
     * be exchanged, and a patient's other ones are more like it than those of a patient who is still to come.
     */
    static Map<String, String> counting(List<PatientImage> normals) {
        Map<String, String> counting = new HashMap<>();
        for (PatientImage image : normals) {
            image.slice().ifPresent(slice -> counting.putIfAbsent(image.patient(), slice.study()));
        }
        return counting;
    }

    private static int studies(List<PatientImage> normals) {
        return new HashSet<>(counting(normals).values()).size();
    }

    /** Of patients that count with another. */
    private static String passedOver(List<PatientImage> normals, int studies) {
        long all = normals.stream()
                .flatMap(image -> image.slice().stream())
                .map(StudySlice::study)
                .distinct()
                .count();
        return all == studies
                ? ""
                : "; of each patient the first study counts: " + (all - studies) + " more of theirs "
                        + (all - studies == 1 ? "does" : "do") + " not";
    }
}
