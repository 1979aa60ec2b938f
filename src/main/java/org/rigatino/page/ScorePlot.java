package org.rigatino.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rigatino.monitor.ScoreBins;

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
    private static final int MOST_STEPS = 8;

    /** Where a label of the axis stands, and with how many decimals; all of an axis have the same. */
    public record Tick(double x, double value, int decimals) {}

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

    /** At whole multiples of 1, 2 or 5 times a power of ten, {@value #MOST_STEPS} steps at most. */
    public List<Tick> ticks() {
        BigDecimal step = step();
        BigDecimal first = BigDecimal.valueOf(bins.low()).divide(step, 0, RoundingMode.CEILING);
        BigDecimal last = BigDecimal.valueOf(bins.high()).divide(step, 0, RoundingMode.FLOOR);
        return IntStream.rangeClosed(first.intValueExact(), last.intValueExact())
                .mapToObj(i -> step.multiply(BigDecimal.valueOf(i)).doubleValue())
                .map(value -> new Tick(x(value), value, Math.max(step.scale(), 0)))
                .toList();
    }

    private BigDecimal step() {
        double smallest = (bins.high() - bins.low()) / MOST_STEPS;
        int power = (int) Math.floor(Math.log10(smallest));
        return IntStream.of(1, 2, 5, 10)
                .mapToObj(times ->
                        BigDecimal.valueOf(times).scaleByPowerOfTen(power).stripTrailingZeros())
                .filter(step -> step.doubleValue() >= smallest)
                .findFirst()
                .orElseThrow();
    }
}
