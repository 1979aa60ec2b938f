package org.rigatino.learn.train;

import java.util.Optional;
import org.rigatino.image.ModelGrid;

/**
 * An image of a data set and whose it is.
 *
 * @param patient only to tell patients apart; never shown
 * @param abnormal where a label is known; looked at for validation, never for training
 * @param slice empty where it is not known which study the image belongs to in which order, and where the image says nothing
 *     of its study
 * @param grid that lays its cells on the frame; empty where it is never laid on that of another
 * @param file that it was read from, relative to the data set's folder, with the number of its frame where that is of DICOM
 */
record PatientImage(
        TrainingImage image,
        String patient,
        Optional<Boolean> abnormal,
        Optional<StudySlice> slice,
        Optional<ModelGrid> grid,
        String file) {
    /** Which is never laid on another. */
    PatientImage(
            TrainingImage image, String patient, Optional<Boolean> abnormal, Optional<StudySlice> slice, String file) {
        this(image, patient, abnormal, slice, Optional.empty(), file);
    }
}
