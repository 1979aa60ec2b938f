package org.rigatino.dicom;

import java.io.IOException;

/** Root of what goes wrong with DICOM data or peers. The message names what was wrong, where, and never a patient. */
public class DicomException extends IOException {
    /** The first bytes under a SOP Instance UID are kept: others under it are answered 0111H and dropped. */
    static final String UNDER_A_NEW_UID = " whole, under a new SOP Instance UID";

    public DicomException(String message) {
        super(message);
    }

    public DicomException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The exception itself where it is one of these already; else one that says during what it was thrown. */
    static DicomException of(String during, IOException e) {
        return e instanceof DicomException already
                ? already
                : new AssociationException(during + " failed: " + e.getMessage(), e);
    }
}
