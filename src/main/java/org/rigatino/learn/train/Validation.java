package org.rigatino.learn.train;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.rigatino.learn.metric.Ranking;
import org.rigatino.restore.Evidence;
import org.rigatino.restore.Restoration;

/**
 * What a network in training makes of images that no loss has seen the labels of: the mean absolute difference that it
 * leaves in held-back normals, how likely a lesion is read in their cells where something reads, and, where the pool's
 * labels are known, how well image scores tell its abnormal images from its normal ones. Of many images an evenly spaced
 * choice is looked at.
 */
final class Validation {
    static final String DIFFERENCE = "held-back difference";
    static final String READING = "held-back reading";
    static final String POOL_AUROC = "pool AUROC";

    private static final int MOST_HELD_BACK = 128;
    private static final int MOST_POOL = 256;

    private final List<TrainingImage> heldBack;
    private final List<PatientImage> pool;
    private final Calibrator calibrator;

    Validation(List<TrainingImage> heldBack, List<PatientImage> pool, Calibrator calibrator) {
        this.heldBack = spaced(heldBack, MOST_HELD_BACK);
        this.pool = spaced(
                pool.stream().filter(image -> image.abnormal().isPresent()).toList(), MOST_POOL);
        this.calibrator = calibrator;
    }

    private static <T> List<T> spaced(List<T> all, int most) {
        List<T> chosen = new ArrayList<>();
        int count = Math.min(all.size(), most);
        for (int i = 0; i < count; i++) {
            chosen.add(all.get((int) ((long) i * all.size() / count)));
        }
        return chosen;
    }

    /** Restores each image but once. */
    private record Once(Restoration restoration, Map<float[], float[]> restored) implements Restoration {
        @Override
        public float[] restore(float[] values) {
            return restored.computeIfAbsent(values, restoration::restore);
        }

        @Override
        public Optional<float[]> reading(float[] values, float[] drawn) {
            return restoration.reading(values, drawn);
        }
    }

    Map<String, Double> measure(Restoration restoration) {
        Restoration once = new Once(restoration, new IdentityHashMap<>());
        Map<String, Double> measured = new LinkedHashMap<>();
        double difference = difference(once);
        measured.put(DIFFERENCE, difference);
        OptionalDouble reading = reading(once);
        reading.ifPresent(mean -> measured.put(READING, mean));
        double auroc = Double.isFinite(difference) ? poolAuroc(once) : Double.NaN;
        if (!Double.isNaN(auroc)) {
            measured.put(POOL_AUROC, auroc);
        }
        return measured;
    }

    /** Empty where nothing reads. */
    private OptionalDouble reading(Restoration restoration) {
        return heldBack.stream()
                .flatMap(image -> restoration.reading(image.values(), restoration.restore(image.values())).stream())
                .mapToDouble(Validation::mean)
                .average();
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private double difference(Restoration restoration) {
        double sum = 0;
        for (TrainingImage image : heldBack) {
            float[] restored = restoration.restore(image.values());
            double absolute = 0;
            for (int i = 0; i < restored.length; i++) {
                absolute += Math.abs(image.values()[i] - restored[i]);
            }
            sum += absolute / restored.length;
        }
        return sum / heldBack.size();
    }

    private double poolAuroc(Restoration restoration) {
        if (pool.isEmpty()) {
            return Double.NaN;
        }
        List<Evidence> calm = calibrator.evidence(heldBack, restoration, false);
        float[] spread = calibrator.spread(calm);
        double usualLevel = calibrator.usualLevel(calm, spread);
        List<Evidence> images = calibrator.evidence(DataSet.images(pool), restoration, false);
        float[] scores = new float[pool.size()];
        boolean[] abnormal = new boolean[pool.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) calibrator.score(images.get(i), spread, usualLevel);
            abnormal[i] = pool.get(i).abnormal().orElseThrow();
        }
        return Ranking.of(scores, abnormal).auroc();
    }
}
