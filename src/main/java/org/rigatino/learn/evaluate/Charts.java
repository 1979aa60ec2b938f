package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.rigatino.learn.metric.Curve;

/** The evaluation's curves and histograms: no image can be told from them. */
record Charts(Evaluation evaluation) {
    /** Okabe and Ito's, which also differ without full colour vision. */
    private static final List<String> MODELS =
            List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000");

    private static final List<String> BASELINES =
            List.of("#555555", "#8c6d31", "#7b4173", "#637939", "#9c9ede", "#bd9e39", "#a55194", "#999999");

    String roc() {
        return new LineChart(
                        "ROC, image level", "1 - specificity", "sensitivity", lines("image_auroc", "AUROC", Curve::roc))
                .svg();
    }

    String precisionRecall() {
        return new LineChart(
                        "Precision and recall, image level",
                        "recall",
                        "precision",
                        lines("image_ap", "AP", Curve::precisionRecall))
                .svg();
    }

    private List<LineChart.Line> lines(String metric, String name, BiFunction<float[], boolean[], Curve> curve) {
        boolean[] abnormal = new boolean[evaluation.cohort().size()];
        for (int image = 0; image < abnormal.length; image++) {
            abnormal[image] = evaluation.cohort().abnormal(image);
        }
        List<LineChart.Line> lines = new ArrayList<>();
        List<String> scorers = evaluation.rows().stream()
                .map(row -> row.scores().scorer())
                .distinct()
                .toList();
        int models = (int) evaluation.rows().stream()
                .filter(row -> row.release().isPresent())
                .map(row -> row.scores().scorer())
                .distinct()
                .count();
        for (Row row : evaluation.rows()) {
            if (row.metrics().containsKey(metric)) {
                int number = scorers.indexOf(row.scores().scorer());
                lines.add(new LineChart.Line(
                        Markup.format(
                                "%s, %s %.3f",
                                row.label(), name, row.metrics().get(metric).value()),
                        stroke(row, number, models),
                        curve.apply(row.scores().values(), abnormal)));
            }
        }
        return lines;
    }

    private static String stroke(Row row, int number, int models) {
        boolean model = row.release().isPresent();
        String colour =
                model ? MODELS.get(number % MODELS.size()) : BASELINES.get((number - models) % BASELINES.size());
        String dashes = row.scores().scoring() == Scores.Scoring.RELEASE ? "" : " stroke-dasharray=\"5 3\"";
        return Markup.format("stroke=\"%s\" stroke-width=\"%s\"%s", colour, model ? "2" : "1.2", dashes);
    }

    /** Of the releases' own scores, and of what learnt among the baselines. */
    String scores() {
        List<Scores> shown = evaluation.rows().stream()
                .filter(row -> row.scores().scoring() == Scores.Scoring.RELEASE
                        || row.scores().scorer().equals(PoolLogistic.NAME))
                .map(Row::scores)
                .toList();
        return new ScoreHistograms(evaluation.cohort(), shown).svg();
    }
}
