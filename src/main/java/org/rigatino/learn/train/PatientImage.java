package org.rigatino.learn.train;

import java.util.Optional;

/**
 * An image of a data set and whose it is.
 *
 * @param patient only to tell patients apart; never shown
 * @param abnormal where a label is known; looked at for validation, never for training
 * @param slice empty where it is not known which study the image belongs to in which order, and where the image says nothing
 *     of its study
 */
record PatientImage(TrainingImage image, String patient, Optional<Boolean> abnormal, Optional<StudySlice> slice) {
    PatientImage(TrainingImage image, String patient, Optional<Boolean> abnormal) {
        this(image, patient, abnormal, Optional.empty());
    }
}
