package org.rigatino.learn.evaluate;

import java.io.IOException;
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

    static Baselines of(Cohort cohort, TrivialScores trivial, Treatment of) throws IOException {
        Treatment treatment = of.upTo(LARGEST_GRID);
        List<Scores> scores = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        Map<Manifest.Entry, TrainingImage> normals =
                load(cohort, cohort.manifest().normals(), treatment);
        Map<Manifest.Entry, TrainingImage> pool = load(cohort, cohort.manifest().split(Manifest.UNLABELED), treatment);
        long patients = normals.keySet().stream()
                .map(Manifest.Entry::patient)
                .distinct()
                .count();
        if (patients < 2) {
            absent.add(PcaBaseline.NAME + " is absent: it needs images of two patients in the split " + Manifest.NORMALS
                    + ", and " + cohort.directory() + " has those of " + patients);
        } else {
            scores.addAll(PcaBaseline.scores(cohort, normals, treatment));
        }
        if (normals.isEmpty() || pool.isEmpty()) {
            absent.add(PoolLogistic.NAME + " is absent: it needs the splits " + Manifest.NORMALS + " and "
                    + Manifest.UNLABELED
                    + ", and " + cohort.directory() + " has " + normals.size() + " and " + pool.size()
                    + " images of them");
        } else {
            scores.add(PoolLogistic.scores(cohort, values(normals), values(pool), treatment));
        }
        scores.addAll(trivial.all(cohort));
        return new Baselines(scores, absent);
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
