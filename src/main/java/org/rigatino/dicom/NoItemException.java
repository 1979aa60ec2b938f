package org.rigatino.dicom;

/** A sequence holds something else where one of its items was due (PS3.5 7.5). */
final class NoItemException extends DicomException {
    NoItemException(String message) {
        super(message);
    }
}
