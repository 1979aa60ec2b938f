package org.rigatino.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rigatino.metric.Estimate;
import org.rigatino.metric.Ranking;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Restorer;

/**
 * What releases and baselines make of the labelled images of a split.
 *
 * @param treatment of the baselines
 * @param absent why any baseline is, a sentence each
 * @param sharpness empty where the mean gradient does not tell the classes apart
 */
record Evaluation(
        Cohort cohort, Treatment treatment, List<Row> rows, List<String> absent, Optional<Sharpness> sharpness) {
    /** On pairs of like sharpness. */
    static final String MATCHED_AUROC = "matched_auroc";

    static Evaluation run(Cohort cohort, List<ModelRelease> releases, Treatment treatment, String device)
            throws IOException {
        ImageMetrics metrics = new ImageMetrics(cohort);
        TrivialScores trivial = new TrivialScores(cohort);
        Optional<Sharpness> sharpness = Sharpness.of(cohort, trivial.gradient(), metrics);
        List<Row> rows = new ArrayList<>();
        for (ModelRelease release : releases) {
            for (Scores scores : scores(release, device, cohort)) {
                rows.add(row(Row.Kind.MODEL, scores, metrics, sharpness));
            }
        }
        Baselines baselines = Baselines.of(cohort, trivial, treatment);
        for (Scores scores : baselines.scores()) {
            rows.add(row(Row.Kind.BASELINE, scores, metrics, sharpness));
        }
        return new Evaluation(cohort, treatment, List.copyOf(rows), baselines.absent(), sharpness);
    }

    private static List<Scores> scores(ModelRelease release, String device, Cohort cohort) throws IOException {
        try (Restorer restorer = Restorer.open(release, device, RestorationScores.BATCH)) {
            return new RestorationScores(
                            release.name() + "/" + release.version(),
                            restorer::restore,
                            release.file().scoring(),
                            release.spread(),
                            release.file().calibration())
                    .of(cohort);
        }
    }

    private static Row row(Row.Kind kind, Scores scores, ImageMetrics metrics, Optional<Sharpness> sharpness) {
        Map<String, Estimate> measured = new LinkedHashMap<>(metrics.of(scores));
        sharpness.ifPresent(matched -> measured.put(
                MATCHED_AUROC, metrics.ranking(scores.values(), matched.pairs()::contains, Ranking::auroc)));
        measured.values().removeIf(estimate -> !estimate.present());
        return new Row(kind, scores, measured);
    }
}
