package org.rigatino.deliver.dicomweb;

import org.rigatino.dicom.DicomException;

/** An answer that has more than is read of one: less asked for may have less of it. */
public final class AnswerTooLongException extends DicomException {
    AnswerTooLongException(String said) {
        super(said + " with a body that is longer than " + BoundedBody.MOST_BYTES + " bytes");
    }
}
