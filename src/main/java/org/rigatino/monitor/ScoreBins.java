package org.rigatino.monitor;

import java.util.List;

/**
 * Bins of equal width for scores. What lies below the first counts in it, what lies above the last in that.
 *
 * @param low where the first begins
 * @param high where the last ends
 */
public record ScoreBins(double low, double high, int count) {
    /** Of the span of a calibration. */
    private static final int SPAN = 24;

    private static final int BELOW = 3;
    private static final int ABOVE = 9;
    private static final int MOST = 3 * SPAN;

    public ScoreBins {
        if (!(low < high) || count < 1) {
            throw new IllegalArgumentException("bins have low " + low + ", high " + high + ", count " + count
                    + ": needs low below high, and one bin at least");
        }
    }

    /** @param sorted scores of normal images, ascending: {@value #SPAN} bins between the ends, and room on both sides; none below 0
     *     where none is */
    public static ScoreBins around(List<Double> sorted) {
        double first = sorted.get(0);
        double last = sorted.get(sorted.size() - 1);
        double width = last > first ? (last - first) / SPAN : 1.0 / SPAN;
        int below = first < 0 ? BELOW : (int) Math.min(BELOW, first / width);
        return new ScoreBins(first - below * width, first + (SPAN + ABOVE) * width, below + SPAN + ABOVE);
    }

    public double width() {
        return (high - low) / count;
    }

    /** As wide, and as many more as the score needs, {@value #MOST} bins at most. */
    public ScoreBins upTo(double score) {
        double needed = Math.ceil((score - low) / width()) + 1;
        int more = (int) Math.min(Math.max(needed, count), MOST);
        return new ScoreBins(low, low + more * width(), more);
    }

    /** From 0. */
    public int of(double score) {
        return (int) Math.min(Math.max(Math.floor((score - low) / width()), 0), count - 1.0);
    }

    public long[] counts(List<Double> scores) {
        long[] counts = new long[count];
        scores.forEach(score -> counts[of(score)]++);
        return counts;
    }
}
