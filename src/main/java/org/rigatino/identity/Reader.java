package org.rigatino.identity;

import org.rigatino.access.Actor;

/**
 * Somebody who reads lists and studies.
 *
 * @param level how much of whose they are
 */
public record Reader(IdentityLevel level, Actor actor) {}
