package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The database for commands that run without a process that serves, or beside it: the configured one, else the embedded
 * one, which is started for as long as the command runs unless it runs already.
 */
public final class DatabaseConnection implements AutoCloseable {
    private static final String DATASOURCE = "quarkus.datasource.";
    private static final String FLYWAY = "quarkus.flyway.";

    private final Connection connection;
    private final AutoCloseable server;

    private DatabaseConnection(Connection connection, AutoCloseable server) {
        this.connection = connection;
        this.server = server;
    }

    /**
     * @param url null for the configured database
     * @param role of the embedded database; of a configured one the owner is {@code quarkus.flyway.username}, others
     *     are {@code quarkus.datasource.username}
     */
    public static DatabaseConnection open(String url, DatabaseRole role) throws IOException, SQLException {
        Config config = ConfigProvider.getConfig();
        Optional<String> database =
                Optional.ofNullable(url).or(() -> config.getOptionalValue(EmbeddedParts.DATABASE_URL, String.class));
        if (database.isPresent()) {
            String user = role == DatabaseRole.OWNER
                            && config.getOptionalValue(FLYWAY + "username", String.class)
                                    .isPresent()
                    ? FLYWAY
                    : DATASOURCE;
            return new DatabaseConnection(
                    DriverManager.getConnection(
                            database.get(),
                            config.getOptionalValue(user + "username", String.class)
                                    .orElse(null),
                            config.getOptionalValue(user + "password", String.class)
                                    .orElse(null)),
                    () -> {});
        }
        return embedded(
                config.getOptionalValue("rigatino.embedded.data", Path.class).orElse(Path.of("data")), role);
    }

    private static DatabaseConnection embedded(Path data, DatabaseRole role) throws IOException, SQLException {
        Path cluster = data.resolve("postgres").toAbsolutePath().normalize();
        if (!Files.exists(PostgresCredentials.file(cluster))) {
            throw new IOException("no database is named and " + data + " holds none: set QUARKUS_DATASOURCE_JDBC_URL,"
                    + " or start ./rigatino serve once");
        }
        Optional<String> running = ClusterServer.url(cluster);
        if (running.isPresent()) {
            return new DatabaseConnection(connect(running.get(), cluster, role), () -> {});
        }
        DataDirectory lock = DataDirectory.lock(data);
        EmbeddedPostgres started = EmbeddedPostgres.start(cluster, 0);
        return new DatabaseConnection(connect(started.jdbcUrl(), cluster, role), () -> {
            try (lock) {
                started.close();
            }
        });
    }

    private static Connection connect(String url, Path cluster, DatabaseRole role) throws IOException, SQLException {
        return DriverManager.getConnection(
                url, role.roleName(), PostgresCredentials.read(cluster).of(role));
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            server.close();
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException("the embedded PostgreSQL does not stop: " + e.getMessage(), e);
        }
    }
}
