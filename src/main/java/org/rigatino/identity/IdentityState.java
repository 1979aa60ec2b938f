package org.rigatino.identity;

/** What is known of whose a study is. */
public enum IdentityState {
    /** Of one patient, with values to show. */
    RECORDED,
    /** Its instances name several patients: none is shown, until a person has said who is right. */
    IN_DOUBT,
    /** Was recorded, and its time is over ({@code rigatino.retention.identity}). */
    DELETED,
    /** Never recorded: received by a version that did not, or no header of it can be read. */
    NOT_RECORDED
}
