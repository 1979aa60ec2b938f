package org.rigatino.learn.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A line through the points of all thresholds, from the highest down; items of one score come together. */
public record Curve(List<Point> points) {
    public record Point(double x, double y) {}

    private interface Axes {
        Point at(double found, double wrong, double positives, double negatives);
    }

    /** Share of the positives found over share of the negatives wrongly taken, from (0, 0) to (1, 1). */
    public static Curve roc(float[] scores, boolean[] positive) {
        return of(
                scores,
                positive,
                new Point(0, 0),
                (found, wrong, positives, negatives) -> new Point(wrong / negatives, found / positives));
    }

    /** Share of positives among those taken over share of the positives found. */
    public static Curve precisionRecall(float[] scores, boolean[] positive) {
        return of(
                scores,
                positive,
                null,
                (found, wrong, positives, negatives) -> new Point(found / positives, found / (found + wrong)));
    }

    private static Curve of(float[] scores, boolean[] positive, Point first, Axes axes) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double positives = IntStream.of(order).filter(i -> positive[i]).count();
        List<Point> points = new ArrayList<>();
        if (first != null) {
            points.add(first);
        }
        double found = 0;
        for (int i = 0; i < order.length; i++) {
            found += positive[order[i]] ? 1 : 0;
            if (i + 1 == order.length || scores[order[i + 1]] != scores[order[i]]) {
                points.add(axes.at(found, i + 1 - found, positives, order.length - positives));
            }
        }
        return new Curve(List.copyOf(points));
    }
}
