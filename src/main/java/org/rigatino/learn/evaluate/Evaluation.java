package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.rigatino.learn.metric.MatchedPairs;
import org.rigatino.learn.metric.Ranking;
import org.rigatino.restore.Estimate;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Restorer;

/**
 * What releases and baselines make of the labelled images of a split.
 *
 * @param treatment of the baselines
 * @param rows releases first, each under its own scoring, then plain
 * @param seeds of releases that differ by nothing else
 * @param differences of the models from the first one and from baselines
 * @param studies empty where the cohort has no series
 * @param absent why any baseline is, a sentence each
 * @param caveats by release why its numbers are not those of what it serves, a sentence each
 * @param sharpness empty where the mean gradient does not tell the classes apart
 * @param cases of each release, by its name
 */
record Evaluation(
        Cohort cohort,
        Treatment treatment,
        List<Row> rows,
        List<SeedSummary> seeds,
        List<PairedDifference> differences,
        Optional<Studies> studies,
        List<String> absent,
        Map<ModelRelease, List<String>> caveats,
        Optional<Sharpness> sharpness,
        Map<String, List<Case>> cases) {
    /** Of a digest, to tell releases of one name apart. */
    private static final int DIGITS = 8;

    /** On pairs of like sharpness. */
    static final String MATCHED_AUROC = "matched_auroc";

    /** Of all releases. */
    List<String> allCaveats() {
        return caveats.values().stream().flatMap(List::stream).toList();
    }

    static Evaluation run(Cohort cohort, List<ModelRelease> releases, Treatment treatment, String device)
            throws IOException {
        ImageMetrics metrics = new ImageMetrics(cohort);
        TrivialScores trivial = new TrivialScores(cohort);
        Optional<Sharpness> sharpness = Sharpness.of(cohort, trivial.gradient(), metrics);
        List<Row> rows = new ArrayList<>();
        Map<String, List<Case>> cases = new LinkedHashMap<>();
        Map<ModelRelease, List<String>> caveats = new LinkedHashMap<>();
        for (ModelRelease release : releases) {
            String name = name(release, releases);
            try (Restorer restorer = Restorer.open(release, device, RestorationScores.BATCH)) {
                Caveats seen = new Caveats(name, release);
                List<Scores> scores =
                        RestorationScores.of(name, restorer, seen::see).of(cohort);
                caveats.put(release, seen.of(cohort));
                for (Scores each : scores) {
                    rows.add(row(Optional.of(release), each, metrics, sharpness));
                }
                cases.put(name, Case.of(cohort, scores.get(0), restorer));
            }
        }
        Baselines baselines = Baselines.of(cohort, trivial, treatment);
        for (Scores each : baselines.scores()) {
            rows.add(row(Optional.empty(), each, metrics, sharpness));
        }
        return new Evaluation(
                cohort,
                treatment,
                List.copyOf(rows),
                SeedSummary.of(rows),
                PairedDifference.of(rows, metrics),
                metrics.studies(),
                baselines.absent(),
                caveats,
                sharpness,
                cases);
    }

    /** NAME/VERSION, and where another is called so too the beginning of its digest. */
    private static String name(ModelRelease release, List<ModelRelease> releases) {
        boolean alone = releases.stream()
                .noneMatch(other -> other != release && other.model().equals(release.model()));
        return alone
                ? release.model()
                : release.model() + "@" + release.digest().substring(0, DIGITS);
    }

    private static Row row(
            Optional<ModelRelease> release, Scores scores, ImageMetrics metrics, Optional<Sharpness> sharpness)
            throws IOException {
        Map<String, Estimate> measured = new LinkedHashMap<>(metrics.of(scores));
        Optional<MatchedPairs> pairs =
                sharpness.filter(Sharpness::isEnough).map(all -> all.pairs().among(scores::judges));
        pairs.filter(Sharpness::isEnough)
                .ifPresent(matched -> measured.put(
                        MATCHED_AUROC, metrics.ranking(scores.values(), matched.items()::get, Ranking::auroc)));
        measured.values().removeIf(estimate -> !estimate.present());
        OptionalInt matched =
                pairs.map(judged -> OptionalInt.of(judged.pairs().size())).orElse(OptionalInt.empty());
        return new Row(release, scores, measured, metrics.sizes(scores), matched);
    }
}
