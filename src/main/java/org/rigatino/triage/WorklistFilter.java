package org.rigatino.triage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rigatino.finding.Priority;
import org.rigatino.persistence.WorklistEntry.State;

/**
 * Which studies of the worklist are wanted; what is null or empty lets all through.
 *
 * @param assignedTo a user's name
 * @param assigned whether anyone has it
 */
public record WorklistFilter(
        State state, Set<Priority> priorities, String assignedTo, Boolean assigned, Boolean escalated) {
    /** What waits for someone. */
    public static final WorklistFilter OPEN = new WorklistFilter(State.OPEN, Set.of(), null, null, null);

    /** Condition of HQL on {@code e}. */
    String condition() {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        if (state != null) {
            conditions.add("e.state = :state");
        }
        if (priorities != null && !priorities.isEmpty()) {
            conditions.add("e.priority in :priorities");
        }
        if (assignedTo != null) {
            conditions.add("e.assignedTo = :assignedTo");
        }
        if (assigned != null) {
            conditions.add(assigned ? "e.assignedTo is not null" : "e.assignedTo is null");
        }
        if (escalated != null) {
            conditions.add(escalated ? "e.escalatedAt is not null" : "e.escalatedAt is null");
        }
        return String.join(" and ", conditions);
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        if (state != null) {
            parameters.put("state", state);
        }
        if (priorities != null && !priorities.isEmpty()) {
            parameters.put("priorities", priorities);
        }
        if (assignedTo != null) {
            parameters.put("assignedTo", assignedTo);
        }
        return parameters;
    }

    /** The most urgent first; what was seen to, the latest first. */
    String order() {
        return state == State.ACKNOWLEDGED
                ? "e.acknowledgedAt desc, e.studyInstanceUid"
                : "e.place, e.beyond desc, e.waitingSince, e.studyInstanceUid";
    }
}
