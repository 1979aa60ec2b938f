package org.rigatino.dicom;

/** The peer sent A-ABORT (PS3.8 9.3.8). */
public final class AssociationAbortedException extends AssociationException {
    AssociationAbortedException(String message) {
        super(message);
    }
}
