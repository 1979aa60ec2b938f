package org.rigatino.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A name that one process at a time holds, over all that share the database. Takes a connection of its own until closed;
 * PostgreSQL lets go of the lock when the process dies.
 */
public final class AdvisoryLock implements AutoCloseable {
    private static final int ANSWER_SECONDS = 10;

    private final Connection connection;
    private final String name;

    private AdvisoryLock(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /** The name under which one process sends to a destination. */
    public static String ofDestination(String destination) {
        return "rigatino.deliver." + destination;
    }

    /** The name under which one process performs workitems of a service. */
    public static String ofWorkitems(String service) {
        return "rigatino.workitem." + service;
    }

    /** The name under which one process restores a study revision. */
    public static String ofRevision(String studyInstanceUid, int revision) {
        return "rigatino.study." + studyInstanceUid + "." + revision;
    }

    /** The name under which one process judges finished studies again. */
    public static String ofReruns() {
        return "rigatino.rerun";
    }

    /** The name under which one process keeps the worklist. */
    public static String ofWorklist() {
        return "rigatino.triage.worklist";
    }

    /** Empty where another holds it. Call outside a transaction. */
    public static Optional<AdvisoryLock> tryAcquire(DataSource dataSource, String name) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            if (call(connection, "pg_try_advisory_lock", name)) {
                return Optional.of(new AdvisoryLock(connection, name));
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return Optional.empty();
    }

    private static boolean call(Connection connection, String function, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select " + function + "(hashtextextended(?, 0))")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Whether it is still held: PostgreSQL lets go of it with the connection. */
    public boolean isHeld() throws SQLException {
        return connection.isValid(ANSWER_SECONDS);
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            call(connection, "pg_advisory_unlock", name);
        }
    }
}
