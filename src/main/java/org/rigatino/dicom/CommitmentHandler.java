package org.rigatino.dicom;

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
}
