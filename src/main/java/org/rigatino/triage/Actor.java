package org.rigatino.triage;

/**
 * Who acts on the worklist.
 *
 * @param name of a user or a machine
 * @param address where the request came from; null where that is not known
 */
public record Actor(String name, String address) {}
