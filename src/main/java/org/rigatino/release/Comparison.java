package org.rigatino.release;

import java.time.Instant;
import java.util.List;
import org.rigatino.release.ReleaseView.Named;

/**
 * A release in shadow beside one that judged the same images, by the latest studies of the shadow.
 *
 * @param rankCorrelation Spearman's, of the percentiles of the images that both judged; null for fewer than two, or where one
 *     says the same of all
 * @param imagesThatDiffer flagged by one alone, those first whose percentiles are furthest apart
 * @param studiesLeftOut judged against normal studies together with slices of the study's other revisions, which a shadow is not given,
 *     or by another release too, so that it is not known who made it urgent: neither in {@code studies} nor among those that differ
 * @param passedOver by the shadow: in neither {@code images} nor {@code studies}
 * @param studiesThatDiffer urgent by one alone, also where the shadow judged nothing of them; the latest first
 */
public record Comparison(
        Named shadow,
        Named other,
        Runs runs,
        Agreement images,
        Double rankCorrelation,
        List<ImageThatDiffers> imagesThatDiffer,
        Agreement studies,
        long studiesLeftOut,
        PassedOver passedOver,
        List<StudyThatDiffers> studiesThatDiffer,
        Cost shadowCost,
        Cost otherCost) {
    /** Studies that are compared at most, and images. */
    public static final int MOST_STUDIES = 1000;

    public static final int MOST_IMAGES = 20_000;

    /** Of what differs, listed. */
    public static final int MOST_LISTED = 200;

    /**
     * What became of the shadow's studies, of all since its first.
     *
     * @param failures the latest, a few
     */
    public record Runs(long done, long failed, List<Failure> failures) {}

    /** @param cause never patient data */
    public record Failure(String studyInstanceUid, String cause, Instant at) {}

    /** Of those that both judged, how many each flags; of studies, how many are HIGH. */
    public record Agreement(long all, long both, long shadowAlone, long otherAlone) {
        public long differing() {
            return shadowAlone + otherAlone;
        }

        public long neither() {
            return all - both - shadowAlone - otherAlone;
        }
    }

    /**
     * What the other judged of the latest studies that a shadow was given, and the shadow did not: refused, or of a file that it
     * could not read.
     *
     * @param images frames
     * @param ofImages frames that the other judged, {@link #MOST_IMAGES} at most
     * @param studies of which it judged nothing
     */
    public record PassedOver(long images, long ofImages, long studies) {
        /** Of the images, rounded up, so that none is lost. */
        long percent() {
            return ofImages == 0 ? 0 : (100 * images + ofImages - 1) / ofImages;
        }
    }

    /** A frame. */
    public record ImageThatDiffers(
            String studyInstanceUid,
            String sopInstanceUid,
            int frameNumber,
            double shadowPercentile,
            boolean shadowFlagged,
            double otherPercentile,
            boolean otherFlagged) {}

    /** @param shadowPriority null where the shadow judged none of its images */
    public record StudyThatDiffers(
            String studyInstanceUid, int revision, String shadowPriority, String otherPriority, Instant judgedAt) {}

    /**
     * What a release costs.
     *
     * @param images by which it is told
     * @param drawingSeconds an image, within the network; null without images
     * @param workSeconds a study, all that a shadow does; null where it serves or has done none
     * @param residentBytes by which a worker grew when it opened it; null where nobody can tell
     */
    public record Cost(long images, Double drawingSeconds, Double workSeconds, Long residentBytes) {}
}
