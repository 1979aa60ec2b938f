package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.rigatino.image.Frame;
import org.rigatino.learn.metric.Ranking;

/**
 * Scores that need no learning. What does not beat them has learnt nothing. Each counts in the direction that does better
 * on the cohort, which favours it.
 */
final class TrivialScores {
    static final String MEAN_GRADIENT = "mean gradient";

    private final float[] intensity;
    private final float[] deviation;
    private final float[] gradient;
    private final float[] fileSize;

    TrivialScores(Cohort cohort) throws IOException {
        intensity = new float[cohort.size()];
        deviation = new float[cohort.size()];
        gradient = new float[cohort.size()];
        fileSize = new float[cohort.size()];
        for (int image = 0; image < cohort.size(); image++) {
            Frame frame = cohort.frame(image);
            double mean = mean(frame.values());
            intensity[image] = (float) mean;
            deviation[image] = (float) deviation(frame.values(), mean);
            gradient[image] = (float) meanGradient(frame);
            fileSize[image] = Files.size(cohort.file(image));
        }
    }

    /** Of the image's own pixels, one for each image. */
    float[] gradient() {
        return gradient.clone();
    }

    List<Scores> all(Cohort cohort) {
        List<Scores> scores = new ArrayList<>();
        scores.add(directed("mean intensity", intensity, cohort));
        scores.add(directed("standard deviation", deviation, cohort));
        scores.add(directed(MEAN_GRADIENT, gradient, cohort));
        scores.add(directed("file size", fileSize, cohort));
        return scores;
    }

    private static Scores directed(String name, float[] values, Cohort cohort) {
        boolean[] abnormal = new boolean[values.length];
        float[] lower = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            abnormal[i] = cohort.abnormal(i);
            lower[i] = -values[i];
        }
        return Ranking.of(values, abnormal).auroc() < 0.5
                ? Scores.of("low " + name, lower)
                : Scores.of("high " + name, values);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(float[] values, double mean) {
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }

    /** Mean length of the forward differences. */
    static double meanGradient(Frame frame) {
        float[] values = frame.values();
        int columns = frame.columns();
        double sum = 0;
        for (int row = 0; row < frame.rows() - 1; row++) {
            for (int column = 0; column < columns - 1; column++) {
                int at = row * columns + column;
                sum += Math.hypot(values[at + 1] - values[at], values[at + columns] - values[at]);
            }
        }
        return sum / Math.max(1, (frame.rows() - 1) * (columns - 1));
    }
}
