package org.rigatino.evaluate;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rigatino.metric.Estimate;

/** The evaluation as text: a line for each scorer and scoring, image level first. */
record ConsoleTable(Evaluation evaluation) {
    private record Column(String heading, String metric) {}

    private static final List<Column> IMAGE = List.of(
            new Column("image AUROC", "image_auroc"),
            new Column("image AP", "image_ap"),
            new Column("sensitivity", "sensitivity"),
            new Column("specificity", "specificity"));
    private static final List<Column> MATCHED = List.of(new Column("AUROC on pairs", Evaluation.MATCHED_AUROC));
    private static final List<Column> PIXEL = List.of(
            new Column("pixel AUROC", "pixel_auroc"),
            new Column("pixel AP", "pixel_ap"),
            new Column("AUPRO to 0.3", "aupro"),
            new Column("Dice", "dice"));

    void print(PrintWriter out) {
        Cohort cohort = evaluation.cohort();
        out.printf(
                Locale.ROOT,
                "%s, %s: %d normal and %d abnormal images of %d patients; 95 %% intervals over patients%n",
                cohort.name(),
                cohort.split(),
                cohort.size() - cohort.abnormal(),
                cohort.abnormal(),
                cohort.patients());
        table(out, IMAGE);
        if (cohort.masked()) {
            table(out, PIXEL);
        } else {
            out.printf("%nNo masks: pixels are not judged.%n");
        }
        evaluation.sharpness().ifPresent(sharpness -> matched(out, sharpness));
        evaluation.absent().forEach(sentence -> out.printf("%n%s%n", sentence));
        out.flush();
    }

    private void matched(PrintWriter out, Sharpness sharpness) {
        out.printf(
                Locale.ROOT,
                "%n%d pairs of an abnormal and a normal image whose mean gradients differ by %.3g at most;"
                        + " AUROC of a low mean gradient %s on all images, %s there%n",
                sharpness.pairs().pairs().size(),
                sharpness.pairs().caliper(),
                text(Optional.of(sharpness.gradient())),
                text(Optional.of(sharpness.matchedGradient())));
        table(out, MATCHED);
    }

    private void table(PrintWriter out, List<Column> columns) {
        int width = evaluation.rows().stream()
                .mapToInt(row -> row.scores().label().length())
                .max()
                .orElse(0);
        out.printf("%n%-" + width + "s", "");
        columns.forEach(column -> out.printf("  %-19s", column.heading));
        out.println();
        for (Row row : evaluation.rows()) {
            if (columns.stream().anyMatch(column -> row.metrics().containsKey(column.metric))) {
                out.printf("%-" + width + "s", row.scores().label());
                columns.forEach(column -> out.printf(
                        "  %-19s", text(Optional.ofNullable(row.metrics().get(column.metric)))));
                out.println();
            }
        }
    }

    private static String text(Optional<Estimate> estimate) {
        return estimate.map(is -> String.format(Locale.ROOT, "%.3f (%.3f-%.3f)", is.value(), is.low(), is.high()))
                .orElse("");
    }
}
