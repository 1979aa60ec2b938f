package org.rigatino.triage;

import org.rigatino.refusal.Reason;

/** Why an act on the worklist changed nothing. German is in {@code org/rigatino/page/refusals_de.properties}. */
public enum WorklistReason implements Reason {
    ACKNOWLEDGED("study {0} was acknowledged by {1} at {2}"),
    WITH("study {0} is with {1} since {2}"),
    CHANGED("study {0} has changed since you saw it, and nobody has it: look again"),
    NOBODY_HAS("nobody has study {0}"),
    ESCALATED("study {0} was escalated by {1}"),
    NOT_ESCALATED("study {0} is not escalated"),
    WAITS_TOO_LONG("study {0} was escalated by {1}, since it waits too long: acknowledge it"),
    OPEN("study {0} is open"),
    NO_NAME("\"to\" is not the name of a user"),
    NO_USER("there is no user {0} who may sign in"),
    NO_READER("{0} is neither coordinator nor radiologist");

    private final String english;

    WorklistReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
