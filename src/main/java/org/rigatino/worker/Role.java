package org.rigatino.worker;

/** What one process does; {@code rigatino.roles} picks any of them. */
public enum Role {
    LISTENER,
    WORKER,
    WEB
}
