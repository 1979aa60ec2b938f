package org.rigatino.identity;

import java.time.Instant;

/**
 * An HL7 message of a patient, without whose it is.
 *
 * @param id as the trail names it
 * @param sentBy MSH-3, and MSH-4 where there is one
 * @param takenBackAt null where it counts
 * @param repeats the number of the message that was taken back and that this one is again; null of all others
 * @param letInAt null where nobody let it in
 * @param notApplied why it changed no study when it came, where it was of any: it may since, by what came later; null of others, and
 *     of one that is looked at alone
 */
public record PatientMessageView(
        long id,
        PatientMessage.Kind kind,
        Instant eventAt,
        Instant receivedAt,
        String sentBy,
        Instant takenBackAt,
        String takenBackBy,
        Long repeats,
        Instant letInAt,
        String letInBy,
        NotCorrected.Why notApplied) {
    PatientMessageView notApplied(NotCorrected.Why why) {
        return new PatientMessageView(
                id, kind, eventAt, receivedAt, sentBy, takenBackAt, takenBackBy, repeats, letInAt, letInBy, why);
    }

    /** Whether it was taken back before it came, and waits for an administrator. */
    public boolean isHeld() {
        return repeats != null && letInAt == null;
    }
}
