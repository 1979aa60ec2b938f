package org.rigatino.dicomweb;

import org.rigatino.dicom.DicomException;

/** What came of a study cannot be right, or cannot come; somebody has to mend the cause before it is asked for again. */
public class HopelessRetrievalException extends DicomException {
    public HopelessRetrievalException(String message) {
        super(message);
    }
}
