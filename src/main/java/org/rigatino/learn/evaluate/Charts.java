package org.rigatino.learn.evaluate;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.rigatino.chart.Chart;
import org.rigatino.chart.Picture;
import org.rigatino.learn.metric.Curve;

/** The evaluation's curves and histograms: no image can be told from them. */
record Charts(Evaluation evaluation) {
    /** Okabe and Ito's, which also differ without full colour vision. */
    private static final List<Color> MODELS = colours(0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0);

    private static final List<Color> BASELINES =
            colours(0x555555, 0x8C6D31, 0x7B4173, 0x637939, 0x9C9EDE, 0xBD9E39, 0xA55194, 0x999999);

    private static final Color NORMAL = MODELS.get(0);
    private static final Color ABNORMAL = MODELS.get(1);
    private static final int SIDE = 480;
    private static final int WIDTH = 760;
    private static final int HEIGHT = 220;
    /** Of all scores: those above lie in the last bin. */
    private static final double SHOWN = 0.99;

    private static List<Color> colours(int... rgb) {
        return Arrays.stream(rgb).mapToObj(Color::new).toList();
    }

    Picture roc() {
        Chart chart = new Chart("ROC, image level", "1 - specificity", "sensitivity", SIDE, SIDE);
        return curves(chart, "image_auroc", "AUROC", Curve::roc);
    }

    Picture precisionRecall() {
        Chart chart = new Chart("Precision and recall, image level", "recall", "precision", SIDE, SIDE);
        return curves(chart, "image_ap", "AP", Curve::precisionRecall);
    }

    private Picture curves(Chart chart, String metric, String name, BiFunction<float[], boolean[], Curve> curve) {
        chart.inTheUnitSquare();
        List<String> models = new ArrayList<>();
        List<String> baselines = new ArrayList<>();
        for (Row row : evaluation.rows()) {
            boolean model = row.release().isPresent();
            Color colour = colour(row.scores().scorer(), model ? models : baselines, model ? MODELS : BASELINES);
            if (row.metrics().containsKey(metric)) {
                double value = row.metrics().get(metric).value();
                String label = String.format(Locale.ROOT, "%s, %s %.3f", row.label(), name, value);
                line(chart, label, colour, row, curve(row, curve));
            }
        }
        return new Picture(List.of(chart));
    }

    /** Of what is judged, as the number in its legend is. */
    Curve curve(Row row, BiFunction<float[], boolean[], Curve> curve) {
        int[] judged = row.scores().judged().toArray();
        float[] values = new float[judged.length];
        boolean[] abnormal = new boolean[judged.length];
        for (int i = 0; i < judged.length; i++) {
            values[i] = row.scores().values()[judged[i]];
            abnormal[i] = evaluation.cohort().abnormal(judged[i]);
        }
        return curve.apply(values, abnormal);
    }

    private static void line(Chart chart, String label, Color colour, Row row, Curve curve) {
        double[] x = curve.points().stream().mapToDouble(Curve.Point::x).toArray();
        double[] y = curve.points().stream().mapToDouble(Curve.Point::y).toArray();
        boolean dashed = row.scores().scoring() != Scores.Scoring.RELEASE;
        chart.line(label, colour, row.release().isPresent(), dashed, x, y);
    }

    /** One for each scorer, whatever its scorings. */
    private static Color colour(String scorer, List<String> before, List<Color> colours) {
        if (!before.contains(scorer)) {
            before.add(scorer);
        }
        return colours.get(before.indexOf(scorer) % colours.size());
    }

    /** Of the releases' own scores, and of what learnt among the baselines. */
    Picture scores() {
        return new Picture(evaluation.rows().stream()
                .map(Row::scores)
                .filter(scores -> scores.scoring() == Scores.Scoring.RELEASE
                        || scores.scorer().equals(PoolLogistic.NAME))
                .filter(scores -> scores.judged().findAny().isPresent())
                .map(this::histograms)
                .toList());
    }

    private Chart histograms(Scores scores) {
        double[] sorted = scores.judged()
                .mapToDouble(image -> scores.values()[image])
                .sorted()
                .toArray();
        double low = sorted[0];
        double highest = sorted[(int) (SHOWN * (sorted.length - 1))];
        double high = highest > low ? highest : low + 1;
        Chart chart = new Chart(
                        scores.label(), "score; the last bin holds all above", "share of the class", WIDTH, HEIGHT)
                .withLegendInOneLine();
        for (boolean abnormal : new boolean[] {false, true}) {
            double[] values = values(scores, abnormal);
            if (values.length > 0) {
                chart.histogram(abnormal ? "abnormal" : "normal", abnormal ? ABNORMAL : NORMAL, values, low, high);
            }
        }
        scores.threshold()
                .ifPresent(threshold -> chart.upright(
                        String.format(Locale.ROOT, "threshold %.3g", threshold),
                        Color.BLACK,
                        Math.min(Math.max(threshold, low), high)));
        return chart;
    }

    private double[] values(Scores scores, boolean abnormal) {
        return scores.judged()
                .filter(image -> evaluation.cohort().abnormal(image) == abnormal)
                .mapToDouble(image -> scores.values()[image])
                .toArray();
    }
}
