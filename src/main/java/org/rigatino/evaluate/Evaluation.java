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
 * @param sharpness empty where the mean gradient does not tell the classes apart
 */
record Evaluation(Cohort cohort, List<Row> rows, Optional<Sharpness> sharpness) {
    /** On pairs of like sharpness. */
    static final String MATCHED_AUROC = "matched_auroc";

    static Evaluation run(Cohort cohort, List<ModelRelease> releases, String device) throws IOException {
        ImageMetrics metrics = new ImageMetrics(cohort);
        TrivialScores trivial = new TrivialScores(cohort);
        Optional<Sharpness> sharpness = Sharpness.of(cohort, trivial.gradient(), metrics);
        List<Row> rows = new ArrayList<>();
        for (ModelRelease release : releases) {
            for (Scores scores : scores(release, device, cohort)) {
                rows.add(row(Row.Kind.MODEL, scores, metrics, sharpness));
            }
        }
        for (Scores scores : trivial.all(cohort)) {
            rows.add(row(Row.Kind.BASELINE, scores, metrics, sharpness));
        }
        return new Evaluation(cohort, List.copyOf(rows), sharpness);
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
