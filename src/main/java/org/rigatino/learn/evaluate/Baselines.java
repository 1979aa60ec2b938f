package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.rigatino.learn.train.DataSet;
import org.rigatino.learn.train.Manifest;
import org.rigatino.learn.train.PatientImage;

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
            List<PatientImage> normals = treatment.learnable(cohort).normals();
            baselines.learn(PcaBaseline.NAME + " is", () -> baselines.pca(cohort, normals, treatment));
            baselines.learn(PoolLogistic.NAME + " is", () -> baselines.poolLogistic(cohort, normals, treatment));
        });
        baselines.scores.addAll(trivial.all(cohort));
        return baselines;
    }

    /** Whether they depend on how images are treated; other baselines see them as they are. */
    static boolean isLearnt(Scores scores) {
        return List.of(PcaBaseline.NAME, PoolLogistic.NAME).contains(scores.scorer());
    }

    /** What cannot be learnt is absent: what was measured of releases stands without it. */
    private void learn(String which, Learning learning) {
        try {
            learning.run();
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            absent.add(which + " absent: " + e.getMessage());
        }
    }

    private void pca(Cohort cohort, List<PatientImage> normals, Treatment treatment) throws IOException {
        requireOther(cohort, Manifest.NORMALS);
        long patients = DataSet.patients(normals);
        if (patients < 2) {
            throw new IllegalArgumentException("it needs images of two patients in the split " + Manifest.NORMALS
                    + ", and " + cohort.directory() + " has those of " + patients);
        }
        scores.addAll(PcaBaseline.scores(cohort, normals, treatment));
    }

    private void poolLogistic(Cohort cohort, List<PatientImage> normals, Treatment treatment) throws IOException {
        requireOther(cohort, Manifest.NORMALS, Manifest.UNLABELED);
        List<PatientImage> pool = treatment.learnable(cohort).pool();
        if (normals.isEmpty() || pool.isEmpty()) {
            throw new IllegalArgumentException("it needs the splits " + Manifest.NORMALS + " and " + Manifest.UNLABELED
                    + ", and " + cohort.directory() + " has no images of the "
                    + (normals.isEmpty() ? "former" : "latter"));
        }
        scores.add(PoolLogistic.scores(cohort, values(normals), values(pool), treatment));
    }

    /** @param splits that a baseline is fitted on */
    private static void requireOther(Cohort cohort, String... splits) {
        if (List.of(splits).contains(cohort.split())) {
            throw new IllegalArgumentException("it is fitted on images of the split " + cohort.split()
                    + ", and what it says of them tells nothing of others");
        }
    }

    private static List<float[]> values(List<PatientImage> images) {
        return images.stream().map(image -> image.image().values()).toList();
    }
}
