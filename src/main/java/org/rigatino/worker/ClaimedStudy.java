package org.rigatino.worker;

import java.nio.file.Path;
import java.util.List;

/**
 * A study revision that this process has taken on.
 *
 * @param version of the row when it was taken: another value means that somebody else has taken it since
 * @param instances of this revision that are still to be restored
 * @param files of every instance of the Study Instance UID, earlier revisions included, own outputs left out
 * @param patients identities of earlier revisions, see {@link org.rigatino.ingest.PatientIdentity}
 */
record ClaimedStudy(
        long id,
        String studyInstanceUid,
        int revision,
        int version,
        List<ReceivedInstance> instances,
        List<Path> files,
        List<String> patients) {
    /** @param file where the store keeps it */
    record ReceivedInstance(long id, String sopInstanceUid, Path file) {}
}
