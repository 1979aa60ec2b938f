package org.rigatino.result;

/**
 * The configuration for a revision that judges again what another judged: its objects have other UIDs than those of the other,
 * also where the same release judged both.
 */
public record JudgedAgain(ResultConfiguration configuration, int revision) implements RenewedConfiguration {}
