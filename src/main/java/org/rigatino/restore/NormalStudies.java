package org.rigatino.restore;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Locale;

/**
 * What scores of whole studies mean, from normal studies that the network did not learn from. Conformal (Vovk et al.,
 * <i>Algorithmic Learning in a Random World</i>, 2005): flagging what has a p-value of alpha at most keeps false alarms
 * among normal studies that are exchangeable with these at alpha or below, whatever the scores' distribution.
 *
 * @param neighbours slices side by side that confirm or deny each other: a series scores as the highest, over all runs of
 *     so many, of the run's lowest image score; 1 for its highest image
 * @param scores of one normal study each, ascending
 * @param falseAlarms alpha: share of normal studies that may be flagged
 * @param data that the normal studies are from
 */
public record NormalStudies(int neighbours, List<Double> scores, double falseAlarms, String data) {
    /** Shares as this many of studies are told apart from rounding. */
    private static final double ROUNDING = 1e-9;

    public NormalStudies {
        if (neighbours < 1 || scores == null || scores.isEmpty()) {
            throw new IllegalArgumentException("studies have neighbours " + neighbours + " and "
                    + (scores == null ? 0 : scores.size()) + " scores: need one at least of each");
        }
        for (int i = 0; i < scores.size(); i++) {
            if (!Double.isFinite(scores.get(i)) || i > 0 && scores.get(i - 1) > scores.get(i)) {
                throw new IllegalArgumentException("the studies' scores are not finite and in ascending order");
            }
        }
        requireReach(scores.size(), falseAlarms);
        scores = List.copyOf(scores);
    }

    /** @throws IllegalArgumentException where so few studies can flag none with so few false alarms; names how many can */
    public static void requireReach(int studies, double falseAlarms) {
        if (!(falseAlarms > 0 && falseAlarms < 1)) {
            throw new IllegalArgumentException(
                    "false alarms are " + per100(falseAlarms) + " in 100 normal studies: above 0 and below 100");
        }
        if (falseAlarms < smallestP(studies) - ROUNDING) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d normal studies cannot promise %s false alarms in 100, the smallest p-value that they give is %.4f:"
                            + " %d normal studies are needed, or %s false alarms in 100 and more",
                    studies,
                    per100(falseAlarms),
                    smallestP(studies),
                    needed(falseAlarms),
                    per100(Math.ceil(1000 * smallestP(studies) - ROUNDING) / 1000)));
        }
    }

    /** As in {@code 5} or {@code 7.5}. */
    public static String per100(double share) {
        String number = String.format(Locale.ROOT, "%.4f", 100 * share);
        return number.replaceAll("\\.?0+$", "");
    }

    /** Fewest normal studies with which so few false alarms can be promised and anything be flagged. */
    public static int needed(double falseAlarms) {
        return (int) Math.ceil(1 / falseAlarms - 1 - ROUNDING);
    }

    public static double smallestP(int studies) {
        return 1.0 / (studies + 1);
    }

    /** The smallest p-value that there can be: below it nothing is ever flagged. */
    @JsonIgnore
    public double smallestP() {
        return smallestP(scores.size());
    }

    /** (1 + those that score as high) / (n + 1), above 0 and at most 1. */
    public double pValue(double score) {
        long below = scores.stream().filter(normal -> normal < score).count();
        return (1.0 + scores.size() - below) / (scores.size() + 1);
    }

    public boolean flags(double score) {
        return pValue(score) <= falseAlarms + ROUNDING;
    }

    /**
     * How far beyond the last normal study, in units of that one's distance from the middle one; 0 for what is not beyond.
     */
    public double beyond(double score) {
        double last = scores.get(scores.size() - 1);
        double unit = last - scores.get(scores.size() / 2);
        return score <= last ? 0 : (score - last) / (unit > 0 ? unit : 1);
    }

    /** The same with another share of false alarms. */
    public NormalStudies withFalseAlarms(double other) {
        return new NormalStudies(neighbours, scores, other, data);
    }
}
