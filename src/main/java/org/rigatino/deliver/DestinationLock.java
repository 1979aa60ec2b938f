package org.rigatino.deliver;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** One process at a time works for a destination. PostgreSQL lets go of the lock when the process dies. */
final class DestinationLock implements AutoCloseable {
    private final Connection connection;
    private final String destination;

    private DestinationLock(Connection connection, String destination) {
        this.connection = connection;
        this.destination = destination;
    }

    /** Empty where another process holds it. Call outside a transaction. */
    static Optional<DestinationLock> tryAcquire(DataSource dataSource, String destination) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            if (call(connection, "pg_try_advisory_lock", destination)) {
                return Optional.of(new DestinationLock(connection, destination));
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return Optional.empty();
    }

    private static boolean call(Connection connection, String function, String destination) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select " + function + "(hashtextextended(?, 0))")) {
            statement.setString(1, "rigatino.deliver." + destination);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            call(connection, "pg_advisory_unlock", destination);
        }
    }
}
