package org.rigatino.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rigatino.finding.Priority;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.persistence.WorklistEntry.State;

/**
 * Which studies of the worklist are wanted; what is null or empty lets all through.
 *
 * @param assignedTo a user's name
 * @param assigned whether anyone has it
 * @param release NAME/VERSION of what gave the study its place
 */
public record WorklistFilter(
        State state,
        Set<Priority> priorities,
        String assignedTo,
        Boolean assigned,
        Boolean escalated,
        String release,
        StudyFilter study) {
    /** Condition of SQL on {@code e}, a row of worklist_entry, with what it joins. */
    String from(IdentityLevel level) {
        List<String> conditions = new ArrayList<>();
        if (state != null) {
            conditions.add("e.state = :state");
        }
        if (!priorities.isEmpty()) {
            conditions.add("e.priority in (:priorities)");
        }
        if (assignedTo != null) {
            conditions.add("e.assigned_to = :assignedTo");
        }
        if (assigned != null) {
            conditions.add(assigned ? "e.assigned_to is not null" : "e.assigned_to is null");
        }
        if (escalated != null) {
            conditions.add(escalated ? "e.escalated_at is not null" : "e.escalated_at is null");
        }
        if (release != null) {
            conditions.add("e.release = :release");
        }
        study.conditions(
                        "exists (select 1 from unnest(e.modalities) as m where m in (:modalities))",
                        ":sender = any (e.senders)",
                        level)
                .forEach(conditions::add);
        return " from worklist_entry e" + study.join("e") + " where " + String.join(" and ", conditions);
    }

    Map<String, Object> parameters(IdentityLevel level) {
        Map<String, Object> parameters = study.parameters(level);
        if (state != null) {
            parameters.put("state", state.name());
        }
        if (!priorities.isEmpty()) {
            parameters.put("priorities", priorities.stream().map(Priority::name).toList());
        }
        if (assignedTo != null) {
            parameters.put("assignedTo", assignedTo);
        }
        if (release != null) {
            parameters.put("release", release);
        }
        return parameters;
    }

    /** The most urgent first; what was seen to, the latest first. */
    String order() {
        return state == State.ACKNOWLEDGED
                ? "e.acknowledged_at desc, e.study_instance_uid"
                : "e.place, e.beyond desc, e.waiting_since, e.study_instance_uid";
    }
}
