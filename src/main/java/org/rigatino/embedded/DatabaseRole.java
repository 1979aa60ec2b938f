package org.rigatino.embedded;

/** The roles of the database, as {@code sql/setup/roles.sql} makes them. */
public enum DatabaseRole {
    /** Owns the tables and migrates them. */
    OWNER("rigatino_owner"),
    /** Of a running process. */
    APPLICATION("rigatino_app"),
    /** Reads. */
    AUDITOR("rigatino_auditor"),
    /** Makes folders of images that were answered. */
    EXPORTER("rigatino_exporter");

    private final String roleName;

    DatabaseRole(String roleName) {
        this.roleName = roleName;
    }

    public String roleName() {
        return roleName;
    }
}
