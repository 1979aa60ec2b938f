package org.rigatino.dicom;

/** A request of DIMSE-N that cannot be what the standard asks for. */
final class OperationRefusedException extends DicomException {
    private static final long serialVersionUID = 1L;

    private final transient OperationStatus status;

    OperationRefusedException(OperationStatus status) {
        super(status.toString());
        this.status = status;
    }

    OperationStatus status() {
        return status;
    }
}
