package org.rigatino.dicom;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Storage Commitment Push Model user (PS3.4 annex J). */
public final class StorageCommitmentScu {
    private StorageCommitmentScu() {}

    /**
     * Requests commitment (N-ACTION) and waits on the same association for the report.
     *
     * @param transactionUid names the request; a later report to the {@link DicomListener} carries it
     * @param wait how long to keep the association open for a report on it; zero does not wait
     * @return the report, or empty where none came on this association: it may come later to the listener
     * @throws NotNegotiatedException where the archive offers no storage commitment
     * @throws DicomException where the request did not reach the archive or was answered with a failure
     */
    public static Optional<StorageCommitmentResult> request(
            RemoteNode node, String transactionUid, List<SopReference> instances, Duration wait) throws DicomException {
        throw new UnsupportedOperationException();
    }
}
