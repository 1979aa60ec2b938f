package org.rigatino.dicom;

import java.util.List;
import java.util.OptionalInt;

/**
 * What an archive says that it did for one C-MOVE (PS3.4 C.4.2.1). Counts are of its last response that had any, and empty
 * where it gave none at all.
 *
 * @param complete whether it says that all sub-operations stored what they had: status 0000H, or B000H of warnings alone, and
 *     none failed
 * @param status code and meaning of the last response
 * @param completed sub-operations
 * @param warning sub-operations: stored, with a warning
 * @param failed sub-operations
 * @param failedInstances Failed SOP Instance UID List (0008,0058), where it gave one; no UIDs that are none
 */
public record MoveResult(
        boolean complete,
        String status,
        OptionalInt completed,
        OptionalInt warning,
        OptionalInt failed,
        List<String> failedInstances) {
    public MoveResult {
        failedInstances = List.copyOf(failedInstances);
    }

    /** Instances that it says it has stored, with or without a warning; empty where it does not say. */
    public OptionalInt moved() {
        return completed.isEmpty() && warning.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(completed.orElse(0) + warning.orElse(0));
    }
}
