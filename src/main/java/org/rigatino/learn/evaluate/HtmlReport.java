package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.rigatino.learn.chart.Picture;

/** The evaluation as one page that needs no other file. It shows patients. */
record HtmlReport(Evaluation evaluation) {
    private static final String STYLE =
            """
            body { font: 14px/1.5 sans-serif; margin: 2em auto; max-width: 76em; padding: 0 1em; color: #222; }
            table { border-collapse: collapse; margin: 1em 0; }
            th, td { padding: 0.25em 0.9em; text-align: left; border-bottom: 1px solid #ddd; white-space: nowrap; }
            .charts { display: flex; flex-wrap: wrap; gap: 1em; align-items: flex-start; }
            .cases { display: flex; flex-wrap: wrap; gap: 1.2em; }
            figure { margin: 0 0 1em; width: 36em; }
            figure div { display: flex; gap: 4px; }
            img { width: 9em; height: 9em; object-fit: contain; background: #000; image-rendering: pixelated; }
            img.chart { width: auto; height: auto; max-width: 100%; background: none; image-rendering: auto; }
            figcaption { font-size: 12px; color: #555; overflow-wrap: anywhere; }
            .warning { background: #fff3cd; padding: 0.5em 1em; }
            """;

    String text() throws IOException {
        Sentences sentences = new Sentences(evaluation);
        Charts charts = new Charts(evaluation);
        StringBuilder page =
                new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        page.append("<title>Evaluation on ")
                .append(Markup.escape(evaluation.cohort().name()));
        page.append("</title>\n<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n<h1>Evaluation</h1>\n");
        paragraph(
                page, "warning", "Not for diagnostic use. This page shows patients: keep it where the images may be.");
        paragraph(page, "cohort", sentences.cohort());
        page.append("<h2>Image level</h2>\n");
        table(page, MetricTable.image(evaluation));
        if (evaluation.cohort().masked()) {
            page.append("<h2>Pixel level</h2>\n");
            table(page, MetricTable.pixel(evaluation));
        }
        evaluation.studies().ifPresent(studies -> {
            page.append("<h2>Studies</h2>\n");
            paragraph(page, "note", sentences.studies(studies));
            table(page, MetricTable.study(evaluation));
            sentences.rules().forEach(rule -> paragraph(page, "note", rule));
        });
        titled(page, Sentences.SIZES, MetricTable.sizes(evaluation));
        titled(page, Sentences.DIFFERENCES, MetricTable.differences(evaluation));
        evaluation.sharpness().ifPresent(sharpness -> {
            page.append("<h2>Pairs of like sharpness</h2>\n");
            paragraph(page, "pairs", sentences.sharpness(sharpness));
            table(page, MetricTable.matched(evaluation));
        });
        sentences.notes().forEach(note -> paragraph(page, "note", note));
        page.append("<h2>Curves</h2>\n<div class=\"charts\">\n");
        chart(page, charts.roc());
        chart(page, charts.precisionRecall());
        page.append("</div>\n<h2>Scores</h2>\n");
        chart(page, charts.scores());
        for (Map.Entry<String, List<Case>> model : evaluation.cases().entrySet()) {
            cases(page, model.getKey(), model.getValue());
        }
        return page.append("</body>\n</html>\n").toString();
    }

    private static void chart(StringBuilder page, Picture picture) throws IOException {
        page.append(Markup.format(
                "<img class=\"chart\" alt=\"%s\" src=\"%s\"/>%n", Markup.escape(picture.words()), picture.uri()));
    }

    private static void paragraph(StringBuilder page, String kind, String text) {
        page.append(Markup.format("<p class=\"%s\">%s</p>%n", kind, Markup.escape(text)));
    }

    /** Nothing where the table is empty. */
    private static void titled(StringBuilder page, String title, MetricTable table) {
        if (!table.lines().isEmpty()) {
            page.append("<h2>").append(Markup.escape(title)).append("</h2>\n");
            table(page, table);
        }
    }

    private static void table(StringBuilder page, MetricTable table) {
        page.append("<table>\n<tr><th></th>");
        table.headings()
                .forEach(heading ->
                        page.append("<th>").append(Markup.escape(heading)).append("</th>"));
        page.append("</tr>\n");
        for (MetricTable.Line line : table.lines()) {
            page.append("<tr><td>").append(Markup.escape(line.label())).append("</td>");
            line.cells()
                    .forEach(cell ->
                            page.append("<td>").append(Markup.escape(cell)).append("</td>"));
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private void cases(StringBuilder page, String model, List<Case> cases) throws IOException {
        page.append("<h2>").append(Markup.escape(model)).append("</h2>\n");
        paragraph(
                page,
                "note",
                "Image with the mask's edge in green; what the model saw; what it drew; departure in colour, from 3 to 8"
                        + " units of normal variation. One image a patient.");
        for (Case.Extreme extreme : Case.Extreme.values()) {
            page.append("<h3>").append(extreme.heading).append("</h3>\n<div class=\"cases\">\n");
            for (Case one : cases) {
                if (one.extreme() == extreme) {
                    figure(page, one);
                }
            }
            page.append("</div>\n");
        }
    }

    private void figure(StringBuilder page, Case one) throws IOException {
        page.append("<figure><div>");
        boolean[] mask = evaluation.cohort().mask(one.image(), one.restored().frame());
        for (String uri : CasePictures.of(one, mask)) {
            page.append("<img alt=\"\" src=\"").append(uri).append("\"/>");
        }
        page.append(Markup.format(
                "</div><figcaption>%s, score %.3f, percentile %.0f, %s</figcaption></figure>%n",
                Markup.escape(evaluation.cohort().entries().get(one.image()).file()),
                one.finding().score(),
                one.finding().percentile(),
                one.finding().flagged() ? "flagged" : "not flagged"));
    }
}
