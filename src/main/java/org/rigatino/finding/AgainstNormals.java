package org.rigatino.finding;

import org.rigatino.restore.NormalStudies;

/**
 * A study among the normal studies of a release.
 *
 * @param series of the study's the one that scores highest
 * @param pValue share of studies like the normal ones, these and one more, that score as high: above 0, up to 1
 * @param normalStudies how many
 * @param beyond how far beyond the last normal study, as {@link NormalStudies#beyond}
 * @param falseAlarms share of normal studies that may be flagged
 * @param flagged whether the p-value is at or below it
 */
public record AgainstNormals(
        SeriesFinding series, double pValue, int normalStudies, double beyond, double falseAlarms, boolean flagged) {
    /** What scores lower than half of the normal studies do is like them. */
    private static final double UPPER_HALF = 0.5;

    static AgainstNormals of(SeriesFinding series, NormalStudies normals) {
        return new AgainstNormals(
                series,
                normals.pValue(series.score()),
                normals.scores().size(),
                normals.beyond(series.score()),
                normals.falseAlarms(),
                normals.flags(series.score()));
    }

    Priority priority() {
        if (flagged) {
            return Priority.HIGH;
        }
        return pValue <= UPPER_HALF ? Priority.MEDIUM : Priority.LOW;
    }
}
