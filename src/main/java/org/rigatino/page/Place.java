package org.rigatino.page;

import java.util.Comparator;

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
    /** Series by series, each by Instance Number and frame, as a viewer has them; by position where numbers are not known. */
    static final Comparator<Place> IN_SERIES = Comparator.comparingLong(Place::seriesNumber)
            .thenComparing(Place::seriesInstanceUid)
            .thenComparingLong(Place::instanceNumber)
            .thenComparing(Place::position, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Place::sopInstanceUid)
            .thenComparingInt(Place::frameNumber);

    private long seriesNumber() {
        return slice == null ? Long.MAX_VALUE : number(slice.seriesNumber());
    }

    private long instanceNumber() {
        return slice == null ? Long.MAX_VALUE : number(slice.instanceNumber());
    }

    /** Of VR IS, which files do not always keep to. */
    private static long number(String text) {
        return text.strip().matches("[+-]?[0-9]{1,12}") ? Long.parseLong(text.strip()) : Long.MAX_VALUE;
    }

    boolean isOf(String sop, int frame) {
        return sopInstanceUid.equals(sop) && frameNumber == frame;
    }
}
