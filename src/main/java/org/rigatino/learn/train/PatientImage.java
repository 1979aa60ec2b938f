package org.rigatino.learn.train;

import java.util.Optional;
import org.rigatino.finding.SlicePlace;
import org.rigatino.image.ModelGrid;
import org.rigatino.image.Slab;

/**
 * An image of a data set and whose it is.
 *
 * @param patient only to tell patients apart; never shown
 * @param abnormal where a label is known; looked at for validation, never for training
 * @param slice empty where it is not known which study the image belongs to in which order, and where the image says nothing
 *     of its study
 * @param lying empty where it is never joined with another
 * @param file that it was read from, relative to the data set's folder, with the number of its frame where that is of DICOM
 */
record PatientImage(
        TrainingImage image,
        String patient,
        Optional<Boolean> abnormal,
        Optional<StudySlice> slice,
        Optional<Lying> lying,
        String file) {
    /**
     * Where an image lies, so that its map may be laid on that of the next.
     *
     * @param stack slices of others are never beside it
     * @param slab empty where slices are numbered: the next number is the next slice then
     * @param grid that lays its cells on the frame
     */
    record Lying(String stack, SlicePlace place, Optional<Slab> slab, ModelGrid grid) {
        /** Of two that are next to each other in a stack, whether a worker would join them too. */
        boolean isBeside(Lying other) {
            return slab.isPresent() && other.slab.isPresent()
                    ? slab.get().isBeside(other.slab.get())
                    : slab.isEmpty() && other.slab.isEmpty();
        }
    }

    /** Which is never joined with another. */
    PatientImage(
            TrainingImage image, String patient, Optional<Boolean> abnormal, Optional<StudySlice> slice, String file) {
        this(image, patient, abnormal, slice, Optional.empty(), file);
    }
}
