package org.rigatino.triage;

import java.time.Instant;
import org.rigatino.persistence.WorklistEntry;
import org.rigatino.persistence.WorklistEntry.State;

/** Somebody was quicker, or the study is not in the state that the act needs. */
public final class WorklistConflictException extends RuntimeException {
    private final transient WorklistView current;

    private WorklistConflictException(String message, WorklistView current) {
        super(message);
        this.current = current;
    }

    static WorklistConflictException of(WorklistEntry entry, String message) {
        return new WorklistConflictException(message, WorklistView.of(entry, Instant.now()));
    }

    /** Says who has the study. */
    static WorklistConflictException of(WorklistEntry entry) {
        return of(entry, whoHasIt(entry));
    }

    private static String whoHasIt(WorklistEntry entry) {
        String study = "study " + entry.studyInstanceUid;
        if (entry.state == State.ACKNOWLEDGED) {
            return study + " was acknowledged by " + entry.acknowledgedBy + " at " + entry.acknowledgedAt;
        }
        if (entry.assignedTo != null) {
            return study + " is with " + entry.assignedTo + " since " + entry.assignedAt;
        }
        return study + " has changed since you saw it, and nobody has it: look again";
    }

    /** The entry as it is now. */
    public WorklistView current() {
        return current;
    }
}
