package org.rigatino.train;

import org.rigatino.restore.Normalisation;

/**
 * An image as a network sees it.
 *
 * @param values side*side in [-1, 1]
 * @param foreground side*side: what lies inside the patient
 */
public record TrainingImage(float[] values, boolean[] foreground) {
    static TrainingImage of(Normalisation.Normalised normalised) {
        return new TrainingImage(normalised.values(), normalised.foreground());
    }

    /** Left and right exchanged. */
    TrainingImage mirrored(int side) {
        float[] mirrored = new float[values.length];
        boolean[] inside = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            int from = i - i % side + side - 1 - i % side;
            mirrored[i] = values[from];
            inside[i] = foreground[from];
        }
        return new TrainingImage(mirrored, inside);
    }
}
