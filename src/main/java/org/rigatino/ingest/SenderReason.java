package org.rigatino.ingest;

import org.rigatino.refusal.Reason;

/** Why a sender was not added or taken out. German is in {@code org/rigatino/page/refusals_de.properties}. */
public enum SenderReason implements Reason {
    NO_LIST(
            "rigatino.ingest.{0} is not set, so that all are served and none needs to be added: set it where only some may send"),
    THERE_ALREADY("{0} may send already"),
    NOT_ADDED("{0} was not added here: what rigatino.ingest.{1} has is changed there"),
    NO_ADDRESS(
            "rigatino.ingest.remote-addresses: \"{0}\" is not the address of one machine, as 192.0.2.7 or 2001:db8::7; names and networks are for the configuration"),
    NO_AE_TITLE(
            "rigatino.ingest.calling-ae-titles: \"{0}\" is not an AE title: 1 to 16 printable ASCII characters without backslash");

    private final String english;

    SenderReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
