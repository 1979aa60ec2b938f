package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.learn.train.Manifest;
import org.rigatino.learn.train.TrainingImage;

/**
 * What a model has to beat.
 *
 * @param absent why any of them could not be had, a sentence each
 */
record Baselines(List<Scores> scores, List<String> absent) {
    /** Cells a side; a finer grid gained nothing. */
    private static final int LARGEST_GRID = 64;

    private interface Learning {
        /** @throws IllegalArgumentException where there is not enough to learn from; says what it needs */
        void run() throws IOException;
    }

    static Baselines of(Cohort cohort, TrivialScores trivial, Treatment of) {
        Treatment treatment = of.upTo(LARGEST_GRID);
        Baselines baselines = new Baselines(new ArrayList<>(), new ArrayList<>());
        baselines.learn(PcaBaseline.NAME + " and " + PoolLogistic.NAME + " are", () -> {
            Map<Manifest.Entry, TrainingImage> normals =
                    load(cohort, cohort.manifest().normals(), treatment);
            baselines.learn(PcaBaseline.NAME + " is", () -> baselines.pca(cohort, normals, treatment));
            baselines.learn(
                    PoolLogistic.NAME + " is", () -> baselines.poolLogistic(cohort, values(normals), treatment));
        });
        baselines.scores.addAll(trivial.all(cohort));
        return baselines;
    }

    /** What cannot be learnt is absent: what was measured of releases stands without it. */
    private void learn(String which, Learning learning) {
        try {
            learning.run();
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            absent.add(which + " absent: " + e.getMessage());
        }
    }

    private void pca(Cohort cohort, Map<Manifest.Entry, TrainingImage> normals, Treatment treatment)
            throws IOException {
        long patients = normals.keySet().stream()
                .map(Manifest.Entry::patient)
                .distinct()
                .count();
        if (patients < 2) {
            throw new IllegalArgumentException("it needs images of two patients in the split " + Manifest.NORMALS
                    + ", and " + cohort.directory() + " has those of " + patients);
        }
        scores.addAll(PcaBaseline.scores(cohort, normals, treatment));
    }

    private void poolLogistic(Cohort cohort, List<float[]> normals, Treatment treatment) throws IOException {
        List<float[]> pool = values(load(cohort, cohort.manifest().split(Manifest.UNLABELED), treatment));
        if (normals.isEmpty() || pool.isEmpty()) {
            throw new IllegalArgumentException("it needs the splits " + Manifest.NORMALS + " and " + Manifest.UNLABELED
                    + ", and " + cohort.directory() + " has " + normals.size() + " and " + pool.size()
                    + " images of them");
        }
        scores.add(PoolLogistic.scores(cohort, normals, pool, treatment));
    }

    private static Map<Manifest.Entry, TrainingImage> load(
            Cohort cohort, List<Manifest.Entry> entries, Treatment treatment) throws IOException {
        List<TrainingImage> images = treatment.load(cohort, entries);
        Map<Manifest.Entry, TrainingImage> loaded = new LinkedHashMap<>();
        for (int i = 0; i < images.size(); i++) {
            loaded.put(entries.get(i), images.get(i));
        }
        return loaded;
    }

    private static List<float[]> values(Map<Manifest.Entry, TrainingImage> images) {
        return images.values().stream().map(TrainingImage::values).toList();
    }
}
