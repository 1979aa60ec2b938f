package org.rigatino.learn.train;

import java.util.Optional;

/**
 * An image of a data set and whose it is.
 *
 * @param patient only to tell patients apart; never shown
 * @param abnormal where a label is known; looked at for validation, never for training
 */
record PatientImage(TrainingImage image, String patient, Optional<Boolean> abnormal) {}
