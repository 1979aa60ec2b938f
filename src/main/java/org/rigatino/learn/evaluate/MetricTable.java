package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rigatino.restore.Estimate;

/** One table of the report as text in cells: a line for each scorer and scoring, then one for each set of seeds. */
record MetricTable(List<String> headings, List<Line> lines) {
    record Line(String label, List<String> cells) {}

    private record Column(String heading, String metric) {}

    private static final List<Column> IMAGE = List.of(
            new Column("image AUROC", "image_auroc"),
            new Column("image AP", "image_ap"),
            new Column("sensitivity", "sensitivity"),
            new Column("specificity", "specificity"),
            new Column("normals unlike", ImageMetrics.UNLIKE_NORMAL),
            new Column("anomalies unlike", ImageMetrics.UNLIKE_ABNORMAL));
    private static final List<Column> PIXEL = List.of(
            new Column("pixel AUROC", "pixel_auroc"),
            new Column("pixel AP", "pixel_ap"),
            new Column("AUPRO to 0.3", "aupro"),
            new Column("Dice", "dice"),
            new Column("lesion kept", ImageMetrics.LESION_BRIGHTNESS_KEPT));
    private static final List<Column> MARKS = List.of(
            new Column("flagged without a mark", Marks.FLAGGED_WITHOUT_MARK),
            new Column("normals with a mark", Marks.MARKED_LESION_FREE_SHARE),
            new Column("of the anomaly, marked", Marks.MARKED_LESION_RECALL),
            new Column("of what is marked, anomaly", Marks.MARKED_LESION_PRECISION));
    private static final List<Column> STUDY = List.of(
            new Column("study AUROC", "study_auroc"),
            new Column("sensitivity", "study_sensitivity"),
            new Column("false alarms", "study_false_alarm_rate"),
            new Column("delay in slices", "study_delay_slices"));
    private static final List<Column> PAIRED =
            List.of(IMAGE.get(0), STUDY.get(0), new Column("study sensitivity", "study_sensitivity"), STUDY.get(2));
    private static final List<Column> MATCHED = List.of(new Column("AUROC on pairs", Evaluation.MATCHED_AUROC));

    static MetricTable image(Evaluation evaluation) {
        return of(evaluation, IMAGE);
    }

    static MetricTable pixel(Evaluation evaluation) {
        return of(evaluation, PIXEL);
    }

    static MetricTable marks(Evaluation evaluation) {
        return of(evaluation, MARKS);
    }

    static MetricTable study(Evaluation evaluation) {
        return of(evaluation, STUDY);
    }

    /** Of lesions by their pixels, a line for each scorer that has a threshold. */
    static MetricTable sizes(Evaluation evaluation) {
        List<Row> rows =
                evaluation.rows().stream().filter(row -> !row.sizes().isEmpty()).toList();
        List<Line> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(new Line(
                row.label(),
                row.sizes().stream().map(size -> text(size.sensitivity())).toList())));
        List<String> headings = rows.isEmpty()
                ? List.of()
                : rows.get(0).sizes().stream()
                        .map(size -> size.text() + ": " + size.images())
                        .toList();
        return new MetricTable(headings, lines);
    }

    static MetricTable differences(Evaluation evaluation) {
        List<Line> lines = new ArrayList<>();
        evaluation
                .differences()
                .forEach(each -> add(lines, each.model() + " less " + each.other(), each.metrics(), PAIRED));
        return new MetricTable(PAIRED.stream().map(Column::heading).toList(), lines);
    }

    static MetricTable matched(Evaluation evaluation) {
        return of(evaluation, MATCHED);
    }

    private static MetricTable of(Evaluation evaluation, List<Column> columns) {
        List<Line> lines = new ArrayList<>();
        evaluation.rows().forEach(row -> add(lines, row.label(), row.metrics(), columns));
        evaluation.seeds().forEach(seeds -> add(lines, seeds.label(), seeds.metrics(), columns));
        return new MetricTable(columns.stream().map(Column::heading).toList(), lines);
    }

    private static void add(List<Line> lines, String label, Map<String, Estimate> metrics, List<Column> columns) {
        if (columns.stream().anyMatch(column -> metrics.containsKey(column.metric))) {
            lines.add(new Line(
                    label,
                    columns.stream()
                            .map(column -> metrics.containsKey(column.metric) ? text(metrics.get(column.metric)) : "")
                            .toList()));
        }
    }

    static String text(Estimate is) {
        return String.format(Locale.ROOT, "%.3f (%.3f-%.3f)", is.value(), is.low(), is.high());
    }
}
