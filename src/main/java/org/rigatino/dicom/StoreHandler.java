package org.rigatino.dicom;

import java.io.InputStream;

/** Decides about each C-STORE that reaches the {@link DicomListener}. Called by many threads. */
@FunctionalInterface
public interface StoreHandler {
    /**
     * @param dataset the dataset's bytes as they arrive, without File Meta Information; what is left unread is skipped.
     *     A read throws where the association ends or falls silent: nothing is answered then, whatever is returned.
     * @return the status to answer; the association lives on whatever it is
     */
    StoreStatus store(StoreRequest request, InputStream dataset);
}
