package org.rigatino.deliver.dicomweb;

import org.rigatino.dicom.DicomException;

/** An answer to QIDO-RS that is no success, and does not pass by itself. */
public final class RefusedSearchException extends DicomException {
    private final int status;

    RefusedSearchException(String message, int status) {
        super(message + (status / 100 == 3 ? ", a redirect, and none is followed" : ""));
        this.status = status;
    }

    /** 401, 403, 407: by who we are. */
    public boolean isOfIdentity() {
        return status == 401 || status == 403 || status == 407;
    }

    /** 404, 405, 501: nothing is searched there. */
    public boolean isOfPlace() {
        return status == 404 || status == 405 || status == 501;
    }
}
