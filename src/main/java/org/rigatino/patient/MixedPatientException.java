package org.rigatino.patient;

/** Instances of a study do not say that they are of one patient. The message names the attribute and no value. */
public final class MixedPatientException extends Exception {
    MixedPatientException(String message) {
        super(message);
    }
}
