package org.rigatino.learn.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.learn.train.Manifest;
import org.rigatino.restore.Estimate;
import org.rigatino.restore.ReleaseMetrics;

/** The evaluation as JSON, per-image scores included. Numbers have four decimals, intervals are pairs. */
record JsonReport(Evaluation evaluation) {
    String text() throws IOException {
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(content()) + "\n";
    }

    private Map<String, Object> content() {
        Map<String, Object> content = cohort(evaluation.cohort());
        content.put("baseline_treatment", evaluation.treatment());
        content.put("absent", evaluation.absent());
        content.put("same_bytes", evaluation.cohort().sameBytes());
        content.put(ReleaseMetrics.CAVEATS, evaluation.allCaveats());
        evaluation.studies().ifPresent(studies -> {
            content.put("studies_with_lesion", studies.withLesion());
            content.put("studies_lesion_free", studies.lesionFree());
        });
        evaluation.sharpness().ifPresent(sharpness -> content.put("sharpness_matched", sharpness(sharpness)));
        content.put("rows", evaluation.rows().stream().map(JsonReport::row).toList());
        content.put("seeds", evaluation.seeds().stream().map(JsonReport::seeds).toList());
        content.put(
                "differences",
                evaluation.differences().stream().map(JsonReport::difference).toList());
        content.put("images", images());
        return content;
    }

    private static Map<String, Object> difference(PairedDifference difference) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("scorer", difference.model());
        content.put("less", difference.other());
        content.put("images", difference.images());
        content.put("series_of_delay", difference.delays());
        content.putAll(metrics(difference.metrics()));
        return content;
    }

    private static Map<String, Object> size(LesionSize size) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("from", size.from());
        content.put("to", size.to().isPresent() ? size.to().getAsInt() : null);
        content.put("images", size.images());
        put(content, "sensitivity", size.sensitivity());
        return content;
    }

    static Map<String, Object> cohort(Cohort cohort) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("data", cohort.name());
        content.put("split", cohort.split());
        content.put("images_normal", cohort.size() - cohort.abnormal());
        content.put("images_abnormal", cohort.abnormal());
        content.put("patients", cohort.patients());
        return content;
    }

    private static Map<String, Object> sharpness(Sharpness sharpness) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("pairs", sharpness.pairs().pairs().size());
        content.put("caliper", sharpness.pairs().caliper());
        put(content, "gradient_auroc", sharpness.gradient());
        sharpness.matchedGradient().ifPresent(matched -> put(content, "gradient_matched_auroc", matched));
        return content;
    }

    private static Map<String, Object> row(Row row) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("kind", row.release().isPresent() ? "model" : "baseline");
        row.release().ifPresent(release -> content.put("digest", release.digest()));
        content.put("scorer", row.scores().scorer());
        content.put("scoring", row.scores().scoring().label());
        content.putAll(measured(row));
        return content;
    }

    /** Every number of a line, and what tells how to read them. */
    static Map<String, Object> measured(Row row) {
        Map<String, Object> content = metrics(row.metrics());
        row.matchedPairs().ifPresent(pairs -> content.put("matched_pairs", pairs));
        content.putAll(studyRule(row));
        content.putAll(markLevel(row));
        content.putAll(sizes(row));
        return content;
    }

    /** Empty where studies are not judged. */
    private static Map<String, Object> studyRule(Row row) {
        return row.metrics().containsKey("study_auroc")
                ? Map.of("study_rule", row.scores().rule())
                : Map.of();
    }

    /** Empty where nothing is marked. */
    private static Map<String, Object> markLevel(Row row) {
        return row.scores()
                .marks()
                .map(marks -> Map.<String, Object>of("mark_level", marks.level()))
                .orElse(Map.of());
    }

    /** Empty where there are none. */
    private static Map<String, Object> sizes(Row row) {
        return row.sizes().isEmpty()
                ? Map.of()
                : Map.of(
                        "sensitivity_by_lesion_pixels",
                        row.sizes().stream().map(JsonReport::size).toList());
    }

    private static Map<String, Object> seeds(SeedSummary seeds) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("scorer", seeds.label());
        seeds.metrics().forEach((name, range) -> {
            content.put(name + "_mean", rounded(range.value()));
            content.put(name + "_range", List.of(rounded(range.low()), rounded(range.high())));
        });
        return content;
    }

    /** Each number under its name, its interval under the name with {@code _interval}. */
    private static Map<String, Object> metrics(Map<String, Estimate> metrics) {
        Map<String, Object> content = new LinkedHashMap<>();
        metrics.forEach((name, estimate) -> put(content, name, estimate));
        return content;
    }

    private static void put(Map<String, Object> content, String name, Estimate estimate) {
        content.put(name, rounded(estimate.value()));
        content.put(name + "_interval", List.of(rounded(estimate.low()), rounded(estimate.high())));
    }

    private List<Map<String, Object>> images() {
        List<Map<String, Object>> images = new ArrayList<>();
        for (int image = 0; image < evaluation.cohort().size(); image++) {
            Manifest.Entry entry = evaluation.cohort().entries().get(image);
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("file", entry.file());
            content.put("patient", entry.patient());
            content.put("label", entry.abnormal() ? "abnormal" : "normal");
            Map<String, Object> scores = new LinkedHashMap<>();
            Map<String, String> refused = new LinkedHashMap<>();
            for (Row row : evaluation.rows()) {
                scores.put(row.label(), row.scores().values()[image]);
                row.scores().refusal(image).ifPresent(rule -> refused.put(row.label(), rule));
            }
            content.put("scores", scores);
            content.put("refused", refused);
            images.add(content);
        }
        return images;
    }

    static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
