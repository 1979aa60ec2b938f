package org.rigatino.rule;

import org.rigatino.refusal.Reason;

/** What is likely to be otherwise than was meant. German is in {@code org/rigatino/page/refusals_de.properties}. */
public enum RuleWarningKind implements Reason {
    /** Names are those that the rule lets look. */
    NO_RELEASE_SERVES(true, "rule \"{0}\" lets {1} look, none of which serves: images that it is about are refused"),
    /** The name is that of the destination. */
    UNKNOWN_DESTINATION(
            true, "rule \"{0}\" sends to {1}, which is not in force: its studies fail until an administrator adds it"),
    /** The destination's name, and then kinds of objects. */
    KINDS_NOT_TAKEN(true, "rule \"{0}\" sends to {2} what that does not take: {3}"),
    /** Names are those of the destinations. */
    NOTHING_SENT(true, "rule \"{0}\" sends to {1} nothing that is made of a study: its studies fail"),
    /** Of what, and then the rule that decides it. */
    NEVER_DECIDES(false, "rule \"{0}\" never decides {2}: rule \"{3}\" before it is about every image and does"),
    /** The name is that of the release in shadow. */
    PROMOTION_KEEPS_OUT(
            false,
            "rule \"{0}\" does not let {1} look, which is in shadow: once it is promoted, images are refused that are judged now");

    final boolean harms;
    private final String english;

    RuleWarningKind(boolean harms, String english) {
        this.harms = harms;
        this.english = english;
    }

    /** {0} is the rule, {1} all names, {2} the first and {3} the others. */
    @Override
    public String english() {
        return english;
    }

    /** Or else of releases. */
    boolean isOfDestinations() {
        return this == UNKNOWN_DESTINATION || this == KINDS_NOT_TAKEN || this == NOTHING_SENT;
    }
}
