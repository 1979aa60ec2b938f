package org.rigatino.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rigatino.metric.ScoreBins;

/**
 * Bars of scores, as coordinates of an SVG that is 480 wide and 128 high. Bars are shares of their own images, so that few
 * and many compare.
 *
 * @param normals counts of the calibration's images in the bins
 * @param live counts of images of late; null where they are not shown
 * @param score of one image, a line; null where none is shown
 * @param others scores of images that are marks below the axis
 */
public record ScorePlot(
        ScoreBins bins, long[] normals, long[] live, double threshold, Double score, List<Double> others) {
    private static final double LEFT = 10;
    private static final double WIDTH = 460;
    private static final double BASE = 98;
    private static final double TALLEST = 66;
    private static final int TICKS = 6;

    /** @param beyond whether the bin that ends here holds what is higher too */
    public record Tick(double x, double value, boolean beyond) {}

    public String normalBars() {
        return bars(normals);
    }

    public String liveBars() {
        return bars(live);
    }

    private String bars(long[] counts) {
        double step = WIDTH / bins.count();
        return IntStream.range(0, bins.count())
                .filter(bin -> counts[bin] > 0)
                .mapToObj(bin -> String.format(
                        Locale.ROOT,
                        "M%.1f %.0fv%.1fh%.1fV%.0fz",
                        LEFT + bin * step,
                        BASE,
                        -TALLEST * share(counts, bin) / highest(),
                        step - 1,
                        BASE))
                .collect(Collectors.joining());
    }

    private double highest() {
        return IntStream.range(0, bins.count())
                .mapToDouble(bin -> Math.max(share(normals, bin), live == null ? 0 : share(live, bin)))
                .max()
                .orElse(1);
    }

    private static double share(long[] counts, int bin) {
        return counts[bin] == 0
                ? 0
                : (double) counts[bin] / Arrays.stream(counts).sum();
    }

    /** Where a score lies; what is beyond the axis lies at its end. */
    public double x(double score) {
        double along = (score - bins.low()) / (bins.high() - bins.low());
        return Math.round(10 * (LEFT + WIDTH * Math.min(Math.max(along, 0), 1))) / 10.0;
    }

    /** Of a text at a score: kept inside the picture. */
    public String anchor(double score) {
        double along = (x(score) - LEFT) / WIDTH;
        return along < 0.2 ? "start" : along > 0.8 ? "end" : "middle";
    }

    public String otherMarks() {
        return others.stream()
                .map(other -> String.format(Locale.ROOT, "M%.1f %.0fv7", x(other), BASE + 2))
                .collect(Collectors.joining());
    }

    public List<Tick> ticks() {
        return IntStream.rangeClosed(0, TICKS)
                .mapToObj(i -> {
                    double value = bins.low() + (bins.high() - bins.low()) * i / TICKS;
                    return new Tick(x(value), value, i == TICKS);
                })
                .toList();
    }
}
