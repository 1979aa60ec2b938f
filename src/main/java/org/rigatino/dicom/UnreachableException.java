package org.rigatino.dicom;

/** Nothing could be asked of a peer, whatever it was to be: no connection, or no association, was there. */
public final class UnreachableException extends DicomException {
    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
