package org.rigatino.workitem;

import java.time.Instant;
import java.util.Set;

/**
 * A workitem on record that has not ended.
 *
 * @param source where its input is fetched; null where it is waited for
 * @param progress in percent that the service has taken last; -1 before
 * @param cancelReason why it is to be canceled; null while that is not decided
 * @param attempts that the service refused since the last that it took
 * @param foundAt when it came on record, before its claim was sent
 * @param claimedAt null before
 * @param cancelRequested whether another asks to cancel it
 */
record ClaimedWorkitem(
        long id,
        String service,
        String uid,
        String transactionUid,
        String study,
        Set<String> instances,
        String source,
        WorkitemState state,
        int progress,
        String cancelReason,
        int attempts,
        Instant foundAt,
        Instant claimedAt,
        boolean cancelRequested) {}
