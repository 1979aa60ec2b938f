package org.rigatino.page;

import org.rigatino.web.RevisionView.FindingView;

/**
 * A judged frame and how it lies.
 *
 * @param normal of the slice, LPS; all 0 where slices are numbered; null for a projection
 * @param position along it in mm, or the slice's number; null for a projection
 * @param location of the file
 */
record LyingFrame(
        FindingView finding, String series, String modality, double[] normal, Double position, String location) {
    /** As of slices of one stack: an angle of 0.8 degrees. */
    private static final double PARALLEL = 1 - 1e-4;
    /** An angle of 25 degrees: heads are not laid alike twice. */
    private static final double ALIKE = 0.906;

    String sop() {
        return finding.sopInstanceUid();
    }

    boolean isProjection() {
        return normal == null || position == null;
    }

    boolean isMeasured() {
        return !isProjection() && (normal[0] != 0 || normal[1] != 0 || normal[2] != 0);
    }

    boolean isNumbered() {
        return !isProjection() && !isMeasured();
    }

    boolean isParallelTo(LyingFrame other) {
        return isMeasured() && other.isMeasured() && Math.abs(product(other)) >= PARALLEL;
    }

    boolean liesAs(LyingFrame other) {
        return isMeasured() && other.isMeasured() && Math.abs(product(other)) >= ALIKE;
    }

    /** Position in the direction of another's normal. */
    double along(LyingFrame other) {
        return product(other) < 0 ? -position : position;
    }

    private double product(LyingFrame other) {
        return normal[0] * other.normal[0] + normal[1] * other.normal[1] + normal[2] * other.normal[2];
    }

    /** Whether it may be another image of the same: the model says which part of the body, and how it was taken. */
    boolean isComparableWith(LyingFrame other) {
        return modality.equals(other.modality) && finding.modelName().equals(other.finding.modelName());
    }
}
