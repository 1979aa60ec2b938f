package org.rigatino.workitem;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.rigatino.deliver.BackOff;
import org.rigatino.deliver.dicomweb.UpsRs;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.JsonDataset;

/**
 * For how long a workitem that is ours, or may be, is held against what its service says of it. Nobody else can end it there, and a
 * service that restarts, or a proxy before it, says of everything that it is not there.
 */
final class Hold {
    private static final Duration HELD = Duration.ofDays(1);

    private final UpsRs service;
    private final WorkitemRecord record;
    private final BackOff backOff;
    private final int rejections;

    /** @param rejections after which it is given up that is not held, or not any more */
    Hold(UpsRs service, WorkitemRecord record, BackOff backOff, int rejections) {
        this.service = service;
        this.record = record;
        this.backOff = backOff;
        this.rejections = rejections;
    }

    /** The service refused something. */
    void refused(ClaimedWorkitem workitem, String cause) {
        refused(workitem, cause, isYoung(workitem));
    }

    /** The service refused the claim, and nobody has the workitem. */
    void notClaimed(ClaimedWorkitem workitem, String cause) {
        refused(workitem, cause, false);
    }

    private void refused(ClaimedWorkitem workitem, String cause, boolean held) {
        int attempts = workitem.attempts() + 1;
        if (attempts >= rejections && !held) {
            record.ended(
                    workitem,
                    WorkitemState.GIVEN_UP,
                    cause + " (" + attempts
                            + " times); if it is still IN PROGRESS there, somebody has to end it there");
        } else {
            record.refused(workitem, cause, backOff.after(attempts));
        }
    }

    /** The service says that there is no such workitem. */
    void absent(ClaimedWorkitem workitem, String cause) {
        if (isYoung(workitem)) {
            refused(workitem, cause);
        } else {
            record.ended(workitem, WorkitemState.LOST, cause);
        }
    }

    /** Of one whose claim was sent, and its outcome not heard, from when it came on record. */
    private static boolean isYoung(ClaimedWorkitem workitem) {
        Instant since = workitem.claimedAt() == null ? workitem.foundAt() : workitem.claimedAt();
        return Instant.now().isBefore(since.plus(HELD));
    }

    /** @return empty where it is not there any more; never one that could not be read */
    Optional<String> state(ClaimedWorkitem workitem) throws DicomException {
        Optional<JsonDataset> whole = service.retrieve(workitem.uid());
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(whole.get()
                .text(Workitem.PROCEDURE_STEP_STATE)
                .filter(
                        List.of(Workitem.SCHEDULED, Workitem.IN_PROGRESS, Workitem.COMPLETED, Workitem.CANCELED)
                                ::contains)
                .orElseThrow(() -> new DicomException("its Procedure Step State (0074,1000) is none")));
    }
}
