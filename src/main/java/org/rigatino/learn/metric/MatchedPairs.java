package org.rigatino.learn.metric;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Abnormal items matched one to one with normal ones of nearly the same value of something that should not decide: the
 * largest set of pairs whose values differ by no more than the caliper.
 */
public record MatchedPairs(double caliper, List<Pair> pairs) {
    /** Of the values' standard deviation. */
    private static final double CALIPER = 0.05;

    /** @param abnormal index of the one, {@code normal} of the other */
    public record Pair(int abnormal, int normal) {}

    /** The caliper is a twentieth of the standard deviation of all values. */
    public static MatchedPairs of(float[] values, boolean[] abnormal) {
        double mean = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElse(0);
        double variance = IntStream.range(0, values.length)
                .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                .average()
                .orElse(0);
        double caliper = CALIPER * Math.sqrt(variance);
        return new MatchedPairs(
                caliper, pairs(ascending(values, abnormal, true), ascending(values, abnormal, false), values, caliper));
    }

    private static List<Integer> ascending(float[] values, boolean[] abnormal, boolean wanted) {
        return IntStream.range(0, values.length)
                .filter(i -> abnormal[i] == wanted)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .toList();
    }

    /** The smallest that are left either fit each other, or the smaller one fits none of the other kind. */
    private static List<Pair> pairs(List<Integer> abnormal, List<Integer> normal, float[] values, double caliper) {
        List<Pair> pairs = new ArrayList<>();
        int a = 0;
        int n = 0;
        while (a < abnormal.size() && n < normal.size()) {
            double difference = values[abnormal.get(a)] - values[normal.get(n)];
            if (Math.abs(difference) <= caliper) {
                pairs.add(new Pair(abnormal.get(a++), normal.get(n++)));
            } else if (difference < 0) {
                a++;
            } else {
                n++;
            }
        }
        return List.copyOf(pairs);
    }

    /** The pairs of which both count. */
    public MatchedPairs among(IntPredicate counts) {
        return new MatchedPairs(
                caliper,
                pairs.stream()
                        .filter(pair -> counts.test(pair.abnormal) && counts.test(pair.normal))
                        .toList());
    }

    /** Those that are in a pair. */
    public BitSet items() {
        BitSet items = new BitSet();
        pairs.forEach(pair -> {
            items.set(pair.abnormal);
            items.set(pair.normal);
        });
        return items;
    }
}
