package org.rigatino.triage;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.identity.Identity;
import org.rigatino.persistence.StudyState;

/**
 * A page of study revisions that are not on the worklist.
 *
 * @param total of all pages
 * @param page from 0
 */
public record RevisionPage(long total, int page, int size, List<Row> entries) {
    /**
     * @param identity whose it is, as far as the reader is shown it; null where they are shown nothing
     * @param refusalRule null where it was not refused
     * @param refusalDetail the value that the rule found, of one of its images; null where none is recorded
     * @param waitsFor what somebody has to do before anything is made of it; null where it waits for nobody
     * @param instances that came for it, without what Rigatino made
     * @param senders AE titles that they came from
     */
    public record Row(
            String studyInstanceUid,
            Identity identity,
            int revision,
            StudyState state,
            String refusalRule,
            String refusalDetail,
            @Schema(
                            description =
                                    "A destination, where none is in force and the revision is READY or RESTORING; absent otherwise")
                    String waitsFor,
            int instances,
            List<String> senders,
            Instant firstReceivedAt,
            Instant lastReceivedAt) {}

    /** The last page that there is; the first where there is none. */
    int last() {
        return (int) (Math.max(0, total - 1) / size);
    }

    public boolean isFollowed() {
        return total > (page + 1L) * size;
    }
}
