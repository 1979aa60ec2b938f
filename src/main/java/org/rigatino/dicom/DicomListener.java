package org.rigatino.dicom;

import java.io.IOException;

/**
 * Accepts associations: Verification SCP, Storage SCP, and the Storage Commitment reports of archives. One thread an
 * association, bounded by {@link ListenerRules#maxAssociations()}.
 */
public final class DicomListener implements AutoCloseable {
    private DicomListener() {}

    /** Binds and accepts. */
    public static DicomListener start(ListenerRules rules, StoreHandler stores, CommitmentHandler commitments)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The port bound to, also where the rules asked for port 0. */
    public int port() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
