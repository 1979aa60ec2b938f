package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.rigatino.learn.metric.MatchedPairs;
import org.rigatino.learn.metric.Ranking;
import org.rigatino.learn.train.LearntImages;
import org.rigatino.learn.train.LoneSlices;
import org.rigatino.restore.Estimate;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.RestoredFrame;
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
    /** Of the images that are measured, those that the release has learnt from. */
    private static final class LearntInCohort {
        private final String name;
        private final ModelRelease release;
        private final LearntImages learnt;
        private int images;

        private LearntInCohort(String name, ModelRelease release) {
            this.name = name;
            this.release = release;
            learnt = LearntImages.of(release.file());
        }

        private void see(RestoredFrame restored) {
            images += learnt.contains(restored.input()) ? 1 : 0;
        }

        private List<String> caveats(Cohort cohort) throws IOException {
            List<String> caveats = new ArrayList<>();
            if (images > 0) {
                caveats.add(name + " has learnt from " + images + " of the " + cohort.size()
                        + " images: it is measured on what it knows, and its numbers are too good.");
            }
            LoneSlices lone = lone(cohort);
            if (lone.tooMany()) {
                caveats.add(name + " joins slices with those beside them, and of " + lone.alone()
                        + " of the "
                        + lone.images() + " images neither is there: it is measured on slices by themselves, and its"
                        + " numbers are not those of the series that it serves.");
            }
            return caveats;
        }

        private LoneSlices lone(Cohort cohort) throws IOException {
            if (!release.file().scoring().joins()) {
                return new LoneSlices(0, cohort.size());
            }
            CohortSlices slices = new CohortSlices(cohort, image -> true);
            long alone =
                    IntStream.range(0, cohort.size()).filter(slices::isAlone).count();
            return new LoneSlices((int) alone, cohort.size());
        }
    }

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
                LearntInCohort seen = new LearntInCohort(name, release);
                List<Scores> scores = RestorationScores.of(name, restorer, seen::see).of(cohort);
                caveats.put(release, seen.caveats(cohort));
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
        return alone ? release.model() : release.model() + "@" + release.digest().substring(0, DIGITS);
    }

    private static Row row(
            Optional<ModelRelease> release, Scores scores, ImageMetrics metrics, Optional<Sharpness> sharpness)
            throws IOException {
        Map<String, Estimate> measured = new LinkedHashMap<>(metrics.of(scores));
        Optional<MatchedPairs> pairs =
                sharpness.filter(Sharpness::isEnough).map(all -> all.pairs().among(scores::judges));
        pairs.filter(Sharpness::isEnough)
                .ifPresent(matched -> measured.put(
                        MATCHED_AUROC, metrics.ranking(scores.values(), matched::contains, Ranking::auroc)));
        measured.values().removeIf(estimate -> !estimate.present());
        OptionalInt matched = pairs.map(judged -> OptionalInt.of(judged.pairs().size())).orElse(OptionalInt.empty());
        return new Row(release, scores, measured, metrics.sizes(scores), matched);
    }
}
