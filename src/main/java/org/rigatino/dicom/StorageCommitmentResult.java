package org.rigatino.dicom;

import java.util.List;
import java.util.Map;

/**
 * One N-EVENT-REPORT of the Storage Commitment Push Model (PS3.4 J.3.3).
 *
 * @param committed instances that the archive has taken responsibility for
 * @param failed instances that it has not, with the Failure Reason (0008,1197)
 */
public record StorageCommitmentResult(
        String transactionUid, List<SopReference> committed, Map<SopReference, Integer> failed) {
    public StorageCommitmentResult {
        committed = List.copyOf(committed);
        failed = Map.copyOf(failed);
    }
}
