package org.rigatino.dicom;

import java.util.List;

/** Takes the storage commitment reports that archives send to the {@link DicomListener}. Called by many threads. */
@FunctionalInterface
public interface CommitmentHandler {
    /**
     * Returns once the report is durable: the archive is answered 0000H then. Where it throws, the archive is answered
     * 0110H and may report again.
     *
     * @param callingAeTitle the archive's AE title as it named itself
     */
    void report(String callingAeTitle, StorageCommitmentResult result) throws Exception;

    /**
     * Where reports of an archive are awaited from: it may open associations for these alone (PS3.4 J.3.3), whether or not the
     * listener's rules name it among those that may send.
     *
     * @param callingAeTitle the archive's AE title as it names itself
     * @return host names or addresses, empty where no report of it is awaited
     */
    default List<String> hosts(String callingAeTitle) {
        return List.of();
    }

    /** Whether reports are asked for under this AE title of ours, which need not be the listener's: it answers to it for these alone. */
    default boolean isRequestor(String calledAeTitle) {
        return false;
    }
}
