package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.PGProperty;

/**
 * The database for commands that run without a process that serves, or beside it: the configured one, else the embedded
 * one, which is started for as long as the command runs unless it runs already.
 */
public final class DatabaseConnection implements AutoCloseable {
    private static final String DATASOURCE = "quarkus.datasource.";
    private static final String FLYWAY = "quarkus.flyway.";

    private final Address address;
    private final Connection connection;
    private final AutoCloseable server;

    private DatabaseConnection(Address address, AutoCloseable server) throws SQLException {
        this.address = address;
        this.connection = DriverManager.getConnection(address.url(), properties(address));
        this.server = server;
    }

    /** A backup copies files for hours in which nothing is said, and firewalls forget. */
    private static Properties properties(Address address) {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, address.user());
        PGProperty.PASSWORD.set(properties, address.password());
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        return properties;
    }

    /**
     * Where a database is, and as whom it is spoken to.
     *
     * @param user null where the URL says it
     * @param password null where the URL says it
     */
    public record Address(String url, String user, String password) {}

    /** Of a schema. */
    private interface Check {
        void of(Connection connection) throws IOException, SQLException;
    }

    /**
     * @param url null for the configured database
     * @param role of the embedded database; of a configured one the owner is {@code quarkus.flyway.username}, others
     *     are {@code quarkus.datasource.username}
     * @throws SchemaException where it has another schema than this program's
     */
    public static DatabaseConnection open(String url, DatabaseRole role) throws IOException, SQLException {
        Config config = ConfigProvider.getConfig();
        Optional<String> database =
                url == null ? EmbeddedParts.place(config, EmbeddedParts.DATABASE_URL) : Optional.of(url);
        DatabaseConnection connection = database.isPresent()
                ? new DatabaseConnection(configured(config, database.get(), role), () -> {})
                : embedded(data(config), role);
        return connection.checked(DatabaseSchema::requireCurrent);
    }

    /**
     * The configured database, by whom it is migrated.
     *
     * @throws SchemaException where its schema is not this program's and cannot become so
     */
    public static DatabaseConnection openToMigrate(Config config) throws IOException, SQLException {
        String url = config.getValue(EmbeddedParts.DATABASE_URL, String.class);
        return new DatabaseConnection(configured(config, url, DatabaseRole.OWNER), () -> {})
                .checked(DatabaseSchema::requireMigratable);
    }

    private static Address configured(Config config, String url, DatabaseRole role) {
        boolean migrates = role == DatabaseRole.OWNER
                && config.getOptionalValue(FLYWAY + "username", String.class).isPresent();
        String user = migrates ? FLYWAY : DATASOURCE;
        return new Address(
                url,
                config.getOptionalValue(user + "username", String.class).orElse(null),
                config.getOptionalValue(user + "password", String.class).orElse(null));
    }

    private DatabaseConnection checked(Check check) throws IOException, SQLException {
        try {
            check.of(connection);
            return this;
        } catch (IOException | SQLException e) {
            close();
            throw e;
        }
    }

    private static Path data(Config config) {
        return config.getOptionalValue("rigatino.embedded.data", Path.class).orElse(Path.of("data"));
    }

    /**
     * As {@link #open} of the configured database by its owner; an embedded one is made where there is none.
     *
     * @throws SchemaException where a later version has migrated it
     */
    public static DatabaseConnection openOrCreate() throws IOException, SQLException {
        Config config = ConfigProvider.getConfig();
        Path data = data(config);
        Path cluster = data.resolve("postgres").toAbsolutePath().normalize();
        Optional<String> url = EmbeddedParts.place(config, EmbeddedParts.DATABASE_URL);
        DatabaseConnection connection;
        if (url.isPresent()) {
            connection = new DatabaseConnection(configured(config, url.get(), DatabaseRole.OWNER), () -> {});
        } else if (ClusterServer.url(cluster).isPresent()) {
            connection = embedded(data, DatabaseRole.OWNER);
        } else {
            connection = started(data, cluster, DatabaseRole.OWNER);
        }
        return connection.checked(DatabaseSchema::requireKnown);
    }

    private static DatabaseConnection embedded(Path data, DatabaseRole role) throws IOException, SQLException {
        Path cluster = data.resolve("postgres").toAbsolutePath().normalize();
        if (Files.notExists(PostgresCredentials.file(cluster))) {
            throw new IOException("no database is named and " + data + " holds none: set QUARKUS_DATASOURCE_JDBC_URL,"
                    + " or start ./rigatino serve once");
        }
        Optional<String> running = ClusterServer.url(cluster);
        if (running.isPresent()) {
            return new DatabaseConnection(address(running.get(), cluster, role), () -> {});
        }
        return started(data, cluster, role);
    }

    private static DatabaseConnection started(Path data, Path cluster, DatabaseRole role)
            throws IOException, SQLException {
        DataDirectory lock = DataDirectory.lock(data);
        EmbeddedPostgres started = EmbeddedPostgres.start(cluster, 0);
        return new DatabaseConnection(address(started.jdbcUrl(), cluster, role), () -> {
            try (lock) {
                started.closeUnused();
            }
        });
    }

    private static Address address(String url, Path cluster, DatabaseRole role) throws IOException {
        return new Address(
                url, role.roleName(), PostgresCredentials.read(cluster).of(role));
    }

    public Address address() {
        return address;
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        try (server;
                connection) {
            // In reverse: the server waits for whoever is connected.
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException("the embedded PostgreSQL does not stop: " + e.getMessage(), e);
        }
    }
}
