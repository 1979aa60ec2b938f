package org.rigatino.access;

import org.rigatino.refusal.Reason;

/** Why something about a user was refused; nothing typed is quoted. German is in {@code org/rigatino/page/refusals_de.properties}. */
public enum UserReason implements Reason {
    NO_NAME("that is not a user name: 1 to 64 lower case letters, digits and . _ @ -, the first a letter or a digit"),
    NO_ROLE(
            "a user needs one or more of the roles administrator, auditor, coordinator, radiologist, and has no others"),
    NO_PASSWORD("the password is missing"),
    TOO_SHORT("the password is too short: use at least {0} characters"),
    TOO_PLAIN("the password is too plain: it needs at least {0} different characters"),
    WRONG("the password so far is wrong, or was wrong too often: what an administrator does for you is to set another"),
    BUSY("too many passwords are being compared now: try again in a few seconds"),
    SAME("this is the password that you have"),
    NOT_KEPT("you sign in elsewhere: no password of yours is kept here"),
    TOO_LONG("the password is longer than {0} bytes, which bcrypt would cut off"),
    DIFFER("the two passwords differ"),
    THERE_ALREADY("there is a user {0} already"),
    NOT_THERE("there is no user {0}"),
    NOBODY("there is no such user"),
    TOO_MANY("there are {0} users already: remove one before"),
    QUICKER("somebody was quicker: {0} changed {1} at {2}; look again"),
    NOT_AS_SHOWN("{0} is not as the version says that was seen: look again"),
    FIRST(
            "the first user needs the role administrator: from then on everybody has to sign in, and nobody else could add another"),
    CLOSED("the first user was added meanwhile: sign in"),
    LAST(
            "{0} is the only administrator who may sign in: let another one before (./rigatino user can still do it at the machine)"),
    ONLY(
            "{0} is the only user, and without any nobody would be asked to sign in: add another first, or disable this one"),
    OWN("this would take away your own access: tick that you mean it, or add own=true by REST"),
    NOT_AGREED("the box beside \"Remove\" is not ticked");

    private final String english;

    UserReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
