package org.rigatino.page;

import java.util.Comparator;
import org.rigatino.web.RevisionView.FindingView;

/**
 * What a release said of one frame, and where the frame stands.
 *
 * @param rank from 1 for the most abnormal
 * @param position along the normal of the slice, in mm; null for a projection
 * @param slice null where it is not known
 */
record Place(
        int rank,
        String seriesInstanceUid,
        String sopInstanceUid,
        int frameNumber,
        String modelDigest,
        boolean flagged,
        Double position,
        Slice slice) {
    /** Within a series by Instance Number and frame, as a viewer has them; what has no number last, by position. */
    static final Comparator<Place> BY_NUMBER = Comparator.comparingLong(Place::instanceNumber)
            .thenComparing(Place::position, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Place::sopInstanceUid)
            .thenComparingInt(Place::frameNumber);

    long seriesNumber() {
        return slice == null ? Long.MAX_VALUE : number(slice.seriesNumber());
    }

    boolean isNumbered() {
        return instanceNumber() != Long.MAX_VALUE;
    }

    private long instanceNumber() {
        return slice == null ? Long.MAX_VALUE : number(slice.instanceNumber());
    }

    /** Of VR IS, which files do not always keep to. */
    private static long number(String text) {
        return text.strip().matches("[+-]?[0-9]{1,12}") ? Long.parseLong(text.strip()) : Long.MAX_VALUE;
    }

    boolean isOf(FindingView finding) {
        return isOf(finding.sopInstanceUid(), finding.frameNumber()) && modelDigest.equals(finding.modelDigest());
    }

    boolean isOf(String sop, int frame) {
        return sopInstanceUid.equals(sop) && frameNumber == frame;
    }
}
