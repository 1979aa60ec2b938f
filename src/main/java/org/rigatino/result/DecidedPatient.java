package org.rigatino.result;

import java.time.Instant;

/**
 * The configuration for a study of which a person has said who is its patient, and when: its objects have other UIDs than
 * those that may have been made before of the same SOP Instance UIDs for another patient.
 */
public record DecidedPatient(ResultConfiguration configuration, Instant decidedAt) implements RenewedConfiguration {}
