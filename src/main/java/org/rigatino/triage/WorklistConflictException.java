package org.rigatino.triage;

import java.time.Instant;
import java.util.Map;
import org.rigatino.persistence.WorklistEntry;
import org.rigatino.persistence.WorklistEntry.State;
import org.rigatino.refusal.Conflict;
import org.rigatino.refusal.Refusal;

/** Somebody was quicker, or the study is not in the state that the act needs. */
public final class WorklistConflictException extends Conflict {
    private static final long serialVersionUID = 1L;

    private final transient WorklistView current;

    private WorklistConflictException(Refusal refusal, WorklistView current) {
        super(refusal);
        this.current = current;
    }

    /** @param values after the study */
    static WorklistConflictException of(WorklistEntry entry, WorklistReason reason, Object... values) {
        Object[] all = new Object[values.length + 1];
        all[0] = entry.studyInstanceUid;
        System.arraycopy(values, 0, all, 1, values.length);
        return new WorklistConflictException(reason.refusal(all), WorklistView.of(entry, false, Instant.now()));
    }

    /** Says who has the study. */
    static WorklistConflictException of(WorklistEntry entry) {
        if (entry.state == State.ACKNOWLEDGED) {
            return of(entry, WorklistReason.ACKNOWLEDGED, entry.acknowledgedBy, entry.acknowledgedAt);
        }
        return entry.assignedTo == null
                ? of(entry, WorklistReason.CHANGED)
                : of(entry, WorklistReason.WITH, entry.assignedTo, entry.assignedAt);
    }

    /** The entry as it is now. */
    @Override
    public Map<String, Object> more() {
        return Map.of("entry", current);
    }
}
