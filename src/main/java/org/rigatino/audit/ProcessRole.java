package org.rigatino.audit;

/** What one process does; {@link #PROPERTY} picks any of them. */
public enum ProcessRole {
    LISTENER,
    WORKER,
    WEB;

    public static final String PROPERTY = "rigatino.roles";

    /** Where the setting is absent. */
    public static final String ALL = "listener,worker,web";
}
