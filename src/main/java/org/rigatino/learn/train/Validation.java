package org.rigatino.learn.train;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.rigatino.learn.metric.Ranking;

/**
 * What a network in training makes of images that no loss has seen the labels of: the mean absolute difference that it
 * leaves in held-back normals, and, where the pool's labels are known, how well image scores tell its abnormal images
 * from its normal ones. Of many images an evenly spaced choice is looked at.
 */
final class Validation {
    static final String DIFFERENCE = "held-back difference";
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

    Map<String, Double> measure(UnaryOperator<float[]> restore) {
        Map<float[], float[]> restored = new IdentityHashMap<>();
        UnaryOperator<float[]> once = values -> restored.computeIfAbsent(values, restore);
        Map<String, Double> measured = new LinkedHashMap<>();
        double difference = difference(once);
        measured.put(DIFFERENCE, difference);
        double auroc = Double.isFinite(difference) ? poolAuroc(once) : Double.NaN;
        if (!Double.isNaN(auroc)) {
            measured.put(POOL_AUROC, auroc);
        }
        return measured;
    }

    private double difference(UnaryOperator<float[]> restore) {
        double sum = 0;
        for (TrainingImage image : heldBack) {
            float[] restored = restore.apply(image.values());
            double absolute = 0;
            for (int i = 0; i < restored.length; i++) {
                absolute += Math.abs(image.values()[i] - restored[i]);
            }
            sum += absolute / restored.length;
        }
        return sum / heldBack.size();
    }

    private double poolAuroc(UnaryOperator<float[]> restore) {
        if (pool.isEmpty()) {
            return Double.NaN;
        }
        List<float[]> calm = calibrator.differences(heldBack, restore, false);
        float[] spread = calibrator.spread(calm);
        double usualLevel = calibrator.usualLevel(calm, spread);
        List<float[]> differences = calibrator.differences(DataSet.images(pool), restore, false);
        float[] scores = new float[pool.size()];
        boolean[] abnormal = new boolean[pool.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) calibrator.score(differences.get(i), spread, usualLevel);
            abnormal[i] = pool.get(i).abnormal().orElseThrow();
        }
        return Ranking.of(scores, abnormal).auroc();
    }
}
