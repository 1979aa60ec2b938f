package org.rigatino.dicom;

/** The peer accepted no presentation context for a SOP class and transfer syntax; the association lives on. */
public final class NotNegotiatedException extends DicomException {
    NotNegotiatedException(String message) {
        super(message);
    }
}
