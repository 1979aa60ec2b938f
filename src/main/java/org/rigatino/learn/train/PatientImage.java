package org.rigatino.learn.train;

import java.util.Optional;
import org.rigatino.finding.StackedSlice;
import org.rigatino.image.ModelGrid;

/**
 * An image of a data set and whose it is.
 *
 * @param patient only to tell patients apart; never shown
 * @param abnormal where a label is known; looked at for validation, never for training
 * @param slice empty where it is not known which study the image belongs to in which order, and where the image says nothing
 *     of its study
 * @param lying empty where it is never joined with another
 * @param flagged whether a release had before a radiologist answered; empty where nobody did
 * @param file that it was read from, relative to the data set's folder, with the number of its frame where that is of DICOM
 */
public record PatientImage(
        TrainingImage image,
        String patient,
        Optional<Boolean> abnormal,
        Optional<StudySlice> slice,
        Optional<Lying> lying,
        Optional<Boolean> flagged,
        String file) {
    /** Where an image lies, and the grid that lays its cells on the frame: so that its map may be laid on that of the next. */
    record Lying(StackedSlice slice, ModelGrid grid) {}

    /** Which is never joined with another. */
    PatientImage(
            TrainingImage image, String patient, Optional<Boolean> abnormal, Optional<StudySlice> slice, String file) {
        this(image, patient, abnormal, slice, Optional.empty(), Optional.empty(), file);
    }
}
