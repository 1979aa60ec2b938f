package org.rigatino.learn.evaluate;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rigatino.chart.Picture;

/** The evaluation as one page that needs no other file. It shows patients. */
record HtmlReport(Evaluation evaluation) {
    private static final String TEMPLATE = "report.html";

    /** @param caption names the file: text of others, which the template escapes as all else */
    record Figure(List<String> pictures, String caption) {}

    record Drawn(String words, String uri) {
        static Drawn of(Picture picture) throws IOException {
            return new Drawn(picture.words(), picture.uri());
        }
    }

    record Cases(String heading, List<Figure> figures) {}

    /** @param from first and {@code to} last departure in colour, in units of normal variation */
    record Model(String name, String from, String to, List<Cases> cases) {}

    String text() throws IOException {
        Sentences sentences = new Sentences(evaluation);
        Charts charts = new Charts(evaluation);
        List<Model> models = new ArrayList<>();
        for (Map.Entry<String, List<Case>> model : evaluation.cases().entrySet()) {
            if (!model.getValue().isEmpty()) {
                models.add(model(model.getKey(), model.getValue()));
            }
        }
        return template()
                .data("cohort", evaluation.cohort().name(), "about", sentences.cohort(), "notes", sentences.notes())
                .data("sections", Section.of(evaluation))
                .data("roc", Drawn.of(charts.roc()))
                .data("precisionRecall", Drawn.of(charts.precisionRecall()))
                .data("scores", Drawn.of(charts.scores()))
                .data("models", models)
                .render();
    }

    /** An engine without Quarkus, which does not run here: it escapes, and knows of no value that is not there. */
    private static Template template() throws IOException {
        Engine engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .strictRendering(true)
                .build();
        try (InputStream text = HtmlReport.class.getResourceAsStream(TEMPLATE)) {
            return engine.parse(
                    new String(text.readAllBytes(), StandardCharsets.UTF_8),
                    Variant.forContentType(Variant.TEXT_HTML),
                    TEMPLATE);
        }
    }

    private Model model(String name, List<Case> all) throws IOException {
        double level = all.get(0).level();
        return new Model(name, decimals(level), decimals(level + CasePictures.SPAN), cases(all));
    }

    private static String decimals(double number) {
        return new DecimalFormat("0.#", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }

    private List<Cases> cases(List<Case> all) throws IOException {
        List<Cases> cases = new ArrayList<>();
        for (Case.Extreme extreme : Case.Extreme.values()) {
            List<Figure> figures = new ArrayList<>();
            for (Case one : all) {
                if (one.extreme() == extreme) {
                    figures.add(figure(one));
                }
            }
            cases.add(new Cases(extreme.heading, figures));
        }
        return cases;
    }

    private Figure figure(Case one) throws IOException {
        boolean[] mask = evaluation.cohort().mask(one.image(), one.restored().frame());
        return new Figure(
                CasePictures.of(one, mask),
                String.format(
                        Locale.ROOT,
                        "%s, score %.3f, percentile %.0f, %s",
                        evaluation.cohort().entries().get(one.image()).file(),
                        one.finding().score(),
                        one.finding().percentile(),
                        one.finding().flagged() ? "flagged" : "not flagged"));
    }
}
