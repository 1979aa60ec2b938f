package org.rigatino.worker;

import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.rigatino.patient.PatientIdentity;

/**
 * A study revision that this process has taken on.
 *
 * @param version of the row when it was taken: another value means that somebody else has taken it since
 * @param contentTime as {@link org.rigatino.persistence.Study#contentTime}
 * @param instances of this revision that are still to be restored
 * @param files of every instance of the Study Instance UID that tells whose the study is, earlier revisions included; own
 *     outputs, and what a person has set aside, left out
 * @param patient what is known beside them
 * @param patientDecidedAt when a person said who that is; null where nobody had to
 */
record ClaimedStudy(
        long id,
        String studyInstanceUid,
        int revision,
        int version,
        OffsetDateTime contentTime,
        List<ReceivedInstance> instances,
        List<Path> files,
        PatientIdentity.Known patient,
        Instant patientDecidedAt) {
    /**
     * @param file where the store keeps it
     * @param sha256 of the bytes received, in hex
     */
    record ReceivedInstance(long id, String sopInstanceUid, Path file, String sha256) {}
}
