package org.rigatino.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rigatino.image.Frame;

/** Scores that need no learning. What does not beat them has learnt nothing. */
final class Baselines {
    private Baselines() {}

    static Map<String, Float> of(Path file, Frame frame) throws IOException {
        float[] values = frame.values();
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / values.length;
        Map<String, Float> scores = new LinkedHashMap<>();
        scores.put("mean_intensity", (float) mean);
        scores.put("standard_deviation", (float) Math.sqrt(Math.max(0, squares / values.length - mean * mean)));
        scores.put("mean_gradient", (float) meanGradient(frame));
        scores.put("file_size", (float) Files.size(file));
        return scores;
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
