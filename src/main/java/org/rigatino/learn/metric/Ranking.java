package org.rigatino.learn.metric;

import java.util.Arrays;

/** How well scores put positives above negatives. Ties count half where pairs are compared. */
public record Ranking(double auroc, double averagePrecision) {
    /**
     * @param positive of the same length as {@code scores}
     * @return NaN where one of the two classes is absent
     */
    public static Ranking of(float[] scores, boolean[] positive) {
        long[] sorted = descending(scores, positive);
        long positives = 0;
        for (boolean is : positive) {
            positives += is ? 1 : 0;
        }
        long negatives = scores.length - positives;
        if (positives == 0 || negatives == 0) {
            return new Ranking(Double.NaN, Double.NaN);
        }
        long above = 0;
        long negativesAbove = 0;
        double pairs = 0;
        double precision = 0;
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            long found = 0;
            for (; to < sorted.length && sorted[to] >> 1 == sorted[from] >> 1; to++) {
                found += sorted[to] & 1;
            }
            long missed = to - from - found;
            pairs += found * (negatives - negativesAbove - missed / 2.0);
            above += found;
            negativesAbove += missed;
            precision += found * ((double) above / (above + negativesAbove));
            from = to;
        }
        return new Ranking(pairs / positives / negatives, precision / positives);
    }

    /** Each score as an integer of the same order, from the highest, its lowest bit telling a positive. */
    private static long[] descending(float[] scores, boolean[] positive) {
        long[] keys = new long[scores.length];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToIntBits(scores[i] + 0f);
            long ordered = bits >= 0 ? bits : Integer.MIN_VALUE - (long) bits;
            keys[i] = -ordered << 1 | (positive[i] ? 1 : 0);
        }
        Arrays.sort(keys);
        return keys;
    }
}
