package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rigatino.restore.Networks;

/** What is said above and below the tables, alike on the console and on the page. */
record Sentences(Evaluation evaluation) {
    String cohort() {
        Cohort cohort = evaluation.cohort();
        return String.format(
                Locale.ROOT,
                "%s, %s: %d normal and %d abnormal images of %d patients; 95 %% intervals over patients",
                cohort.name(),
                cohort.split(),
                cohort.size() - cohort.abnormal(),
                cohort.abnormal(),
                cohort.patients());
    }

    String studies(Studies studies) {
        return String.format(
                Locale.ROOT,
                "%d series with a lesion and %d lesion-free ones (slices two and more away from a lesion, five at least)",
                studies.withLesion(),
                studies.lesionFree());
    }

    /** How each scorer that has them judges series, and how all others do. */
    List<String> rules() {
        List<String> rules = new ArrayList<>();
        for (Row row : evaluation.rows()) {
            if (row.scores().normals().isPresent()) {
                rules.add(row.label() + ": " + row.scores().rule() + ".");
            }
        }
        rules.add((rules.isEmpty() ? "All" : "All others") + ": " + Scores.HIGHEST_SLICE + ".");
        return rules;
    }

    /** Of each scorer that marks anything, from where on. */
    List<String> marks() {
        List<String> marks = new ArrayList<>();
        for (Row row : evaluation.rows()) {
            row.scores()
                    .marks()
                    .ifPresent(made -> marks.add(row.label() + ": from " + made.level()
                            + " times the normal variation on, where a site sets no level."));
        }
        return marks;
    }

    String sharpness(Sharpness sharpness) {
        int pairs = sharpness.pairs().pairs().size();
        return String.format(
                Locale.ROOT,
                "%d %s of an abnormal and a normal image whose mean gradients differ by %.3g at most; AUROC of a low"
                        + " mean gradient %s on all images, %s there",
                pairs,
                pairs == 1 ? "pair" : "pairs",
                sharpness.pairs().caliper(),
                MetricTable.text(sharpness.gradient()),
                sharpness.matchedGradient().map(MetricTable::text).orElse("not measured"));
    }

    /** Of each scorer that refuses one of a pair. */
    List<String> pairs(Sharpness sharpness) {
        int all = sharpness.pairs().pairs().size();
        List<String> pairs = new ArrayList<>();
        for (Row row : evaluation.rows()) {
            row.matchedPairs().ifPresent(judged -> {
                if (judged < all) {
                    pairs.add(row.label() + ": both are judged of " + judged + " pairs"
                            + (judged < Sharpness.FEWEST ? ", too few." : "."));
                }
            });
        }
        return pairs;
    }

    private static String tooFew(String pairs) {
        return "Sharpness tells the classes apart: " + pairs + ", where " + Sharpness.FEWEST
                + " pairs are needed to compare scorers on.";
    }

    /** Of those that are of fewer images than there are. */
    List<String> differences() {
        int all = evaluation.cohort().size();
        return evaluation.differences().stream()
                .filter(difference -> difference.images() < all)
                .map(difference -> difference.model() + " less " + difference.other() + ": on the "
                        + difference.images() + " of the " + all + " images that both judge.")
                .toList();
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>(evaluation.cohort().sameBytes());
        notes.addAll(evaluation.allCaveats());
        evaluation.rows().stream()
                .filter(row -> row.scores().scoring() == Scores.Scoring.RELEASE)
                .filter(row -> row.release()
                        .filter(release -> release.file().method().equals(Networks.TORCHSCRIPT))
                        .isPresent())
                .forEach(row -> notes.add(row.scores().scorer()
                        + " was imported: whether its network learnt from any of these images is not known here."));
        evaluation
                .sharpness()
                .filter(sharpness -> !sharpness.isEnough())
                .ifPresent(sharpness -> notes.add(tooFew(sharpness(sharpness))));
        if (!evaluation.cohort().masked()) {
            notes.add("No masks: pixels are not judged.");
        }
        if (evaluation.studies().isEmpty()) {
            notes.add("No series: the manifest has no column slice, so that studies are not judged.");
        }
        if (!evaluation.seeds().isEmpty()) {
            notes.add("Lines of several seeds: mean, and in brackets the smallest and the largest.");
        }
        Treatment treatment = evaluation.treatment();
        notes.add(String.format(Locale.ROOT, "Baselines on a grid of at most 64 cells a side: %s.", treatment.text()));
        notes.addAll(evaluation.absent());
        return notes;
    }
}
