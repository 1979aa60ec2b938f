package org.rigatino.release;

import java.time.Instant;
import java.util.List;

/**
 * What would be otherwise of what a release judged, by the record alone: nothing is run.
 *
 * @param studies null where no false alarms were supposed
 * @param images null where no threshold was
 * @param modality null where no modalities were
 */
public record WhatIf(String modelDigest, String model, Studies studies, Images images, OfModality modality) {
    /** Study revisions, and images, that are looked at: the latest. */
    public static final int MOST = 100_000;

    /** Changed studies that are listed at a time. */
    public static final int LISTED = 50;

    /**
     * Revisions that the release decided against its normal studies.
     *
     * @param judged how many, {@value #MOST} at most
     * @param more whether so many were looked at that there may be earlier ones
     * @param flagged with the false alarms in force when each was judged
     * @param wouldBe with those that are supposed
     * @param added flagged now and not then
     * @param removed flagged then and not now
     * @param highOtherwise of those that were not flagged, those that are HIGH all the same: another release says so
     * @param changed the latest revision first
     * @param next null where there are no more of them
     */
    public record Studies(
            long judged,
            boolean more,
            long flagged,
            long wouldBe,
            long added,
            long removed,
            long highOtherwise,
            List<ChangedStudy> changed,
            Long next) {}

    /**
     * @param falseAlarmsPer100 in force when it was judged
     * @param wouldBe whether it would be flagged; it was where it would not
     * @param judgedByOthers whether another release judged images of it too, whose word this one does not change
     */
    public record ChangedStudy(
            String studyInstanceUid,
            int revision,
            Instant receivedAt,
            double pValue,
            double falseAlarmsPer100,
            boolean wouldBe,
            boolean judgedByOthers) {}

    /**
     * Frames that the release judged and that stand restored.
     *
     * @param more whether so many were looked at that there may be earlier ones
     * @param flagged by the threshold in force
     * @param wouldBe by the one that is supposed
     * @param studies the last judged, of which an image changes, {@value #LISTED} at most
     */
    public record Images(
            long judged, boolean more, long flagged, long wouldBe, long added, long removed, List<String> studies) {}

    /**
     * @param judged frames that the release judged and that stand restored
     * @param out of those, of a modality that is not among the supposed ones: they would be refused
     * @param refused instances that the rule modality refused, of one of the supposed ones: they pass this rule, and
     *     whether all others is not on record
     * @param more whether so many of either were looked at that there may be earlier ones
     * @param unknown rules of which the record does not hold what they ask for
     */
    public record OfModality(long judged, long out, long refused, boolean more, List<String> unknown) {}
}
