package org.rigatino.learn.train;

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

    /** Whether it has no contrast, as normalisation leaves one: nothing of it is judged. */
    public boolean isFlat() {
        for (float value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** Of values side*side between cell centres, linearly; outside the edge continues. */
    static float sample(float[] values, int side, double row, double column) {
        double y = Math.max(0, Math.min(side - 1.001, row));
        double x = Math.max(0, Math.min(side - 1.001, column));
        int at = (int) y * side + (int) x;
        double down = y - (int) y;
        double right = x - (int) x;
        double upper = values[at] * (1 - right) + values[at + 1] * right;
        double lower = values[at + side] * (1 - right) + values[at + side + 1] * right;
        return (float) (upper * (1 - down) + lower * down);
    }

    /** Shifted by cells and scaled about the centre, the edge continued. */
    TrainingImage moved(int side, double down, double right, double scale) {
        float[] moved = new float[values.length];
        boolean[] inside = new boolean[values.length];
        double centre = (side - 1) / 2.0;
        for (int i = 0; i < values.length; i++) {
            double row = (i / side - centre) / scale + centre - down;
            double column = (i % side - centre) / scale + centre - right;
            moved[i] = sample(values, side, row, column);
            int nearRow = (int) Math.round(Math.max(0, Math.min(side - 1, row)));
            int nearColumn = (int) Math.round(Math.max(0, Math.min(side - 1, column)));
            inside[i] = foreground[nearRow * side + nearColumn];
        }
        return new TrainingImage(moved, inside);
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
