package org.rigatino.deliver;

import org.rigatino.refusal.Reason;

/** Why something about a destination was refused. German is in {@code org/rigatino/page/refusals_de.properties}. */
public enum DestinationReason implements Reason {
    NO_NAME(
            "\"{0}\" is no name for a destination: 1 to 32 small letters, digits and hyphens, of which none is first or last"),
    UNUSABLE("{0}"),
    WAITS_TOO_LONG(
            "rigatino.deliver.destinations.{0}.{1}: {2} is longer than the {3} minutes that one that is added here may have"),
    NAME_TAKEN("a destination {0} is there already: look at it, and change that"),
    MORE_OPEN("{0} deliveries to {1} are open now, and {2} were shown: look again before you remove it"),
    INHERITS(
            "{0} deliveries to {1} are open still, of one that had the name before, and would be sent to this: agree to that number, or cancel them before (POST /api/destinations/{1}/cancel)"),
    ELSEWHERE(
            "{0} is {1} now, and {2} was shown: what that declined, or was to get, would go to another archive; look again"),
    QUICKER("somebody was quicker: {0} changed {1} at {2}; look again"),
    NOT_ADDED("no destination {0} was added here: one of a file is changed there"),
    BY_FILE(
            "destination {0} is in this process's configuration, which is in force: change rigatino.deliver.destinations.{0} there"),
    PLACE_TAKEN(
            "rigatino.deliver.destinations.{0} would be {1} at {2}:{3}, as {4} is: an archive would receive everything twice"),
    TOO_MANY("{0} destinations were added already, and each has a thread in every process: remove one before"),
    IN_USE(
            "destination {0} is configured and its deliveries are under way: take it out of rigatino.deliver.destinations and restart before they are cancelled, or remove it on the page /administration where it was added there"),
    GONE(
            "no destination {0} is in rigatino.deliver.destinations or on record: add it before its deliveries are sent again"),
    INCOMPLETE("{0} needs .host and .ae-title for C-STORE, or .url for STOW-RS: one is missing or empty"),
    NO_HOST("{0}.host is neither a name nor an address: it is too long, or has blanks or control characters in it"),
    PORT_TOO_SMALL("{0}.port must be greater than or equal to 1"),
    PORT_TOO_LARGE("{0}.port must be less than or equal to 65535"),
    NO_AE_TITLE("{0}.ae-title: \"{1}\" is not an AE title: 1 to 16 printable ASCII characters without backslash"),
    NO_OBJECTS(
            "rigatino.deliver.destinations.{0}.objects is empty, so that nothing would go there: write one or more of {1}, or take the line out for secondary-capture"),
    ESSENTIAL_NOT_SENT(
            "rigatino.deliver.destinations.{0}.essential names {1}, which is not among its .objects ({2}): add it there, or take it out here"),
    ASSESSMENT_NOT_ESSENTIAL(
            "rigatino.deliver.destinations.{0}.essential names assessment, which is made after a study has ended and decides nothing of it: take it out"),
    NOTE_NOT_ESSENTIAL(
            "rigatino.deliver.destinations.{0}.essential names rejection-note, which is made after a study has ended and decides nothing of it: take it out"),
    NOTHING_TO_REJECT(
            "rigatino.deliver.destinations.{0}.objects has rejection-note and nothing that a note could name or that takes its place: add what is made of studies, or take it out"),
    NOTE_WITHOUT_PROOF(
            "rigatino.deliver.destinations.{0}.objects has rejection-note, which hides what is superseded, and .commitment is none, so that nothing proves that what takes its place is there: write storage-commitment or query, or take it out"),
    OWN_LISTENER(
            "rigatino.deliver.destinations.{0} is at {1}:{2}, where Rigatino's own listener is: name the archive's host and port"),
    PORT_NO_NUMBER("port \"{0}\" is not a number from 1 to 65535"),
    NO_SECONDS("{0} \"{1}\" is not a number of seconds"),
    NO_PROOF("commitment \"{0}\" is none of {1}"),
    NOT_AGREED("the box beside \"Remove\" is not ticked"),
    TEST_UNDER_WAY("a test of {0} is under way: wait for its outcome");

    private final String english;

    DestinationReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
