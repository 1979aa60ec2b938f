package org.rigatino.learn.evaluate;

import java.util.Arrays;
import java.util.List;

/** How the scores of normal and of abnormal images lie, a panel for each scorer, as SVG. */
record ScoreHistograms(Cohort cohort, List<Scores> scorers) {
    private static final int BINS = 40;
    private static final int LEFT = 52;
    private static final int WIDTH = 640;
    private static final int PANEL = 190;
    private static final int BARS = 110;
    private static final int FIRST = 30;
    private static final String NORMAL = "#0072B2";
    private static final String ABNORMAL = "#D55E00";
    /** Of all scores: those above lie in the last bin. */
    private static final double SHOWN = 0.99;

    String svg() {
        StringBuilder svg = new StringBuilder(Markup.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
                LEFT + WIDTH + 20, FIRST + PANEL * scorers.size()));
        svg.append(Markup.format(
                "<rect x=\"%d\" y=\"8\" width=\"12\" height=\"12\" fill=\"%s\" fill-opacity=\"0.6\"/>"
                        + "<text x=\"%d\" y=\"18\">normal</text>%n"
                        + "<rect x=\"%d\" y=\"8\" width=\"12\" height=\"12\" fill=\"%s\" fill-opacity=\"0.6\"/>"
                        + "<text x=\"%d\" y=\"18\">abnormal; share of the class in each bin</text>%n",
                LEFT, NORMAL, LEFT + 18, LEFT + 90, ABNORMAL, LEFT + 108));
        for (int i = 0; i < scorers.size(); i++) {
            panel(svg, scorers.get(i), FIRST + PANEL * i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(StringBuilder svg, Scores scores, int top) {
        float[] sorted = scores.values().clone();
        Arrays.sort(sorted);
        double low = sorted[0];
        double high = sorted[(int) (SHOWN * (sorted.length - 1))];
        double width = high > low ? high - low : 1;
        double[] normal = shares(scores.values(), false, low, width);
        double[] abnormal = shares(scores.values(), true, low, width);
        double tallest = Math.max(
                Arrays.stream(normal).max().orElse(1),
                Arrays.stream(abnormal).max().orElse(1));
        int base = top + 34 + BARS;
        svg.append(Markup.format(
                "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>%n",
                LEFT, top + 20, Markup.escape(scores.label())));
        bars(svg, normal, tallest, NORMAL, base);
        bars(svg, abnormal, tallest, ABNORMAL, base);
        axis(svg, low, width, tallest, base);
        scores.threshold().ifPresent(threshold -> threshold(svg, threshold, low, width, base));
    }

    private double[] shares(float[] values, boolean abnormal, double low, double width) {
        double[] shares = new double[BINS];
        long count = abnormal ? cohort.abnormal() : cohort.size() - cohort.abnormal();
        for (int image = 0; image < values.length; image++) {
            if (cohort.abnormal(image) == abnormal) {
                int bin = (int) (BINS * (values[image] - low) / width);
                shares[Math.min(Math.max(bin, 0), BINS - 1)] += 1.0 / count;
            }
        }
        return shares;
    }

    private static void bars(StringBuilder svg, double[] shares, double tallest, String colour, int base) {
        svg.append(Markup.format("<path fill=\"%s\" fill-opacity=\"0.6\" d=\"", colour));
        for (int bin = 0; bin < BINS; bin++) {
            double height = BARS * shares[bin] / tallest;
            svg.append(Markup.format(
                    "M%.1f %d v%.1f h%.1f v%.1f z ",
                    LEFT + (double) WIDTH * bin / BINS, base, -height, (double) WIDTH / BINS - 1, height));
        }
        svg.append("\"/>\n");
    }

    private static void axis(StringBuilder svg, double low, double width, double tallest, int base) {
        svg.append(Markup.format("<path d=\"M%d %d h%d\" stroke=\"#555\"/>%n", LEFT, base, WIDTH));
        for (int tick = 0; tick <= 4; tick++) {
            svg.append(Markup.format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.3g%s</text>%n",
                    LEFT + WIDTH * tick / 4.0, base + 16, low + width * tick / 4, tick == 4 ? "+" : ""));
        }
        svg.append(Markup.format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.2f</text>%n", LEFT - 6, base - BARS + 6, tallest));
    }

    private static void threshold(StringBuilder svg, double threshold, double low, double width, int base) {
        double x = LEFT + WIDTH * Math.min(Math.max((threshold - low) / width, 0), 1);
        svg.append(Markup.format(
                "<path d=\"M%.1f %d v%d\" stroke=\"#000\" stroke-dasharray=\"4 3\"/>%n"
                        + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">threshold %.3g</text>%n",
                x, base, -BARS - 4, x, base - BARS - 8, x > LEFT + 0.9 * WIDTH ? "end" : "middle", threshold));
    }
}
