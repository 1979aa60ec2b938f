package org.rigatino.study;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;

/**
 * A study revision that this process has taken on.
 *
 * @param version of the row when it was taken: another value means that somebody else has taken it since
 * @param contentTime as {@link org.rigatino.persistence.Study#contentTime}
 * @param instances of this revision that are still to be restored
 * @param restoredBefore of all revisions that stand, one of each series and sender, of which objects stand
 * @param identifying locations, below the instance store, of every instance of the Study Instance UID that tells whose the
 *     study is, earlier revisions included; own outputs, and what a person has set aside, left out
 * @param earlierPatients names of the patients of other revisions that stand
 * @param decidedPatients names that a person has said to be right
 * @param patientDecidedAt when a person said so; null where nobody had to
 * @param again that the revision judges again what others judged, so that its objects get UIDs of their own; false for what
 *     came in
 */
public record ClaimedStudy(
        long id,
        String studyInstanceUid,
        int revision,
        int version,
        OffsetDateTime contentTime,
        List<ReceivedInstance> instances,
        List<RestoredBefore> restoredBefore,
        List<String> identifying,
        List<String> earlierPatients,
        Set<String> decidedPatients,
        Instant patientDecidedAt,
        boolean again) {
    /**
     * An instance of which objects stand.
     *
     * @param ruledDestinations of its revision, as {@link org.rigatino.persistence.Study#ruledDestinations}; null where no rule
     *     said anything
     */
    public record RestoredBefore(ReceivedInstance instance, String ruledDestinations) {}

    /**
     * @param location below the instance store
     * @param sha256 of the bytes received, in hex
     * @param callingAeTitle {@link org.rigatino.persistence.Instance#ADOPTED} where it is not known
     */
    public record ReceivedInstance(
            long id, String sopInstanceUid, String location, String sha256, String callingAeTitle) {}
}
