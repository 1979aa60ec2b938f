package org.rigatino.ingest;

import org.rigatino.dicom.Uids;

/**
 * A study revision whose quiet period has ended; value of {@code rigatino.studies}, key StudyInstanceUID. UIDs and
 * locations only.
 *
 * @param instanceStore the publisher's {@code rigatino.ingest.store}, for people: a worker reads below its own
 */
public record StudyReady(String studyInstanceUid, int revision, String instanceStore) {
    /** Anybody may write to a topic, and not every text is one for the record. */
    public StudyReady {
        if (!Uids.isValid(studyInstanceUid) || revision < 1 || instanceStore == null) {
            throw new IllegalArgumentException(
                    "a StudyReady event needs studyInstanceUid (PS3.5 9.1), revision from 1 on, and instanceStore");
        }
    }
}
