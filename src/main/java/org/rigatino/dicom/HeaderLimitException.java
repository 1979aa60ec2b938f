package org.rigatino.dicom;

/** A dataset is larger than {@link ReadLimits#headerLength} or {@link ReadLimits#elements} allow. */
final class HeaderLimitException extends DicomException {
    HeaderLimitException(String message) {
        super(message);
    }
}
