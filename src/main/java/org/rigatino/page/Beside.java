package org.rigatino.page;

import org.rigatino.web.EarlierStudies;

/**
 * The image of an earlier study that lies nearest to the one that is shown.
 *
 * @param viewer null where {@code match} is NONE
 * @param apart by how much the two differ in what was matched, in mm or numbers; null where nothing was measured
 * @param own body part, side and view of the image that is shown, as its header has them; null where {@code match} is NONE
 * @param then the same of the other
 */
public record Beside(EarlierStudies.Restored study, Viewer viewer, Match match, Double apart, String own, String then) {
    /** By what two images were matched. Nothing is ever registered. */
    public enum Match {
        /** Both lie in one Frame of Reference (0020,0052), and are parallel. */
        FRAME_OF_REFERENCE,
        /** By distance from the first slice of the series that was judged. */
        FROM_FIRST_SLICE,
        /** By number, of frames of one instance that does not say where they lie. */
        BY_NUMBER,
        /** Projections have no place: the most abnormal image. */
        PROJECTION,
        /** No image that the same model judged, or none that lies alike. */
        NONE
    }
}
