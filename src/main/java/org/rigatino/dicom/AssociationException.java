package org.rigatino.dicom;

/** An association could not be established, or ended before its work was done. Open another one to try again. */
public class AssociationException extends DicomException {
    AssociationException(String message) {
        super(message);
    }

    AssociationException(String message, Throwable cause) {
        super(message, cause);
    }
}
