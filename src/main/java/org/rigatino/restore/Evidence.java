package org.rigatino.restore;

import java.util.Optional;

/**
 * What an image shows, before it is held against what is usual.
 *
 * @param differences smoothed, as planes: {@link DifferenceMap#smoothed}
 * @param reading probability that a cell is of a lesion, size*size; empty where the release has no reader
 */
public record Evidence(float[] differences, Optional<float[]> reading) {
    /** Of differences alone. */
    public Evidence(float[] differences) {
        this(differences, Optional.empty());
    }

    /** @param input size*size, and {@code restored} likewise: the first drawing */
    public static Evidence of(float[] input, float[] restored, Optional<float[]> reading, Scoring scoring, int size) {
        return new Evidence(DifferenceMap.smoothed(input, restored, scoring, size), reading);
    }

    public static Evidence of(RestoredFrame frame, Scoring scoring) {
        return of(
                frame.input(),
                frame.restored(),
                frame.reading(),
                scoring,
                frame.grid().size());
    }

    /**
     * How far each cell departs, in units of the normals' spread: by the differences, and where there is a reading as much
     * of that as is likely to be of a lesion.
     *
     * @param spread planes, and {@code usualLevel}, as {@link DifferenceMap#overSpread} takes them
     * @return size*size, at least 0
     */
    public float[] map(float[] spread, Scoring scoring, double usualLevel) {
        float[] map = DifferenceMap.overSpread(differences, spread, scoring, usualLevel);
        if (reading.isPresent()) {
            float[] lesion = reading.get();
            for (int i = 0; i < map.length; i++) {
                map[i] *= lesion[i];
            }
        }
        return map;
    }
}
