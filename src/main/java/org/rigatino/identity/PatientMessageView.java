package org.rigatino.identity;

import java.time.Instant;

/**
 * An HL7 message of a patient, without whose it is.
 *
 * @param id as the trail names it
 * @param sentBy MSH-3, and MSH-4 where there is one
 * @param takenBackAt null where it counts
 */
public record PatientMessageView(
        long id,
        PatientMessage.Kind kind,
        Instant eventAt,
        Instant receivedAt,
        String sentBy,
        Instant takenBackAt,
        String takenBackBy) {}
