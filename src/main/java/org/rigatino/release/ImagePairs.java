package org.rigatino.release;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.rigatino.release.Comparison.Agreement;
import org.rigatino.release.Comparison.ImageThatDiffers;

/** Images that two releases judged: as {@link ImageThatDiffers}, those that do not differ included. */
record ImagePairs(List<ImageThatDiffers> pairs) {
    Agreement agreement() {
        return new Agreement(
                pairs.size(),
                pairs.stream()
                        .filter(pair -> pair.shadowFlagged() && pair.otherFlagged())
                        .count(),
                pairs.stream()
                        .filter(pair -> pair.shadowFlagged() && !pair.otherFlagged())
                        .count(),
                pairs.stream()
                        .filter(pair -> !pair.shadowFlagged() && pair.otherFlagged())
                        .count());
    }

    List<ImageThatDiffers> differing() {
        return pairs.stream()
                .filter(pair -> pair.shadowFlagged() != pair.otherFlagged())
                .sorted(Comparator.comparingDouble(
                                (ImageThatDiffers pair) -> -Math.abs(pair.shadowPercentile() - pair.otherPercentile()))
                        .thenComparing(ImageThatDiffers::sopInstanceUid))
                .limit(Comparison.MOST_LISTED)
                .toList();
    }

    double[] shadow() {
        return values(ImageThatDiffers::shadowPercentile);
    }

    double[] other() {
        return values(ImageThatDiffers::otherPercentile);
    }

    private double[] values(ToDoubleFunction<ImageThatDiffers> value) {
        return pairs.stream().mapToDouble(value).toArray();
    }

    /** Spearman's: Pearson's of the ranks, equal values having their ranks' mean. */
    Double rankCorrelation() {
        double[] one = ranks(shadow());
        double[] two = ranks(other());
        double middle = (pairs.size() + 1) / 2.0;
        double both = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < one.length; i++) {
            both += (one[i] - middle) * (two[i] - middle);
            first += (one[i] - middle) * (one[i] - middle);
            second += (two[i] - middle) * (two[i] - middle);
        }
        return first == 0 || second == 0 ? null : (Double) (both / Math.sqrt(first * second));
    }

    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            double mean = (from + to + 1) / 2.0;
            Arrays.stream(order, from, to).forEach(i -> ranks[i] = mean);
            from = to;
        }
        return ranks;
    }
}
