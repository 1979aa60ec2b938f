package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** One PostgreSQL server as a child process, whose database outlives both. */
public final class EmbeddedPostgres implements AutoCloseable {
    public static final String DATABASE = "postgres";

    private static final Duration START = Duration.ofSeconds(60);

    private final Path cluster;
    private final PostgresServer server;
    private PostgresCredentials credentials;
    private Upkeep upkeep;

    private EmbeddedPostgres(Path cluster, PostgresServer server) {
        this.cluster = cluster;
        this.server = server;
    }

    /**
     * Starts the server, after ending one that a killed process may have left behind on the same directory. The caller
     * holds the directory for itself. Where it ends by itself later it is started again.
     *
     * @param directory of the database cluster, made where absent
     * @param port on loopback, 0 for any free one
     */
    public static EmbeddedPostgres start(Path directory, int port) throws IOException {
        return start(directory, port, START);
    }

    /** @param patience with a server that says nothing */
    static EmbeddedPostgres start(Path directory, int port, Duration patience) throws IOException {
        Path cluster = directory.toAbsolutePath().normalize();
        Files.createDirectories(cluster.getParent());
        PostgresAccount account = PostgresAccount.current();
        EmbeddedPostgres postgres = new EmbeddedPostgres(
                cluster, new PostgresServer(cluster, port == 0 ? Ports.free(1)[0] : port, account, patience));
        ClusterFolder folder = new ClusterFolder(cluster);
        if (folder.isMade()) {
            postgres.server.endLeftBehind();
            postgres.credentials = Files.notExists(PostgresCredentials.file(cluster))
                    ? PostgresCredentials.create(cluster)
                    : PostgresCredentials.complete(cluster);
        } else {
            postgres.initialise(folder, account);
        }
        PostgresRoles.mendAccess(cluster);
        postgres.server.start(postgres.credentials.superuser());
        postgres.requireKnownSchema();
        try {
            PostgresRoles.requirePasswords(cluster);
            PostgresRoles.apply(postgres.jdbcUrl(), postgres.credentials);
        } catch (IOException | RuntimeException e) {
            postgres.server.stop();
            throw e;
        }
        postgres.upkeep = new Upkeep("PostgreSQL", cluster, postgres.server::awaitEnd, postgres::startAgain);
        return postgres;
    }

    private void initialise(ClusterFolder folder, PostgresAccount account) throws IOException {
        Path unfinished = folder.begin(account);
        credentials = PostgresCredentials.create(cluster);
        Path password = Files.createTempFile(cluster.getParent(), "superuser", ".tmp");
        try {
            Files.writeString(password, credentials.superuser());
            server.initialise(unfinished, password);
        } finally {
            Files.delete(password);
        }
        folder.end();
    }

    private void startAgain() throws IOException {
        server.endLeftBehind();
        server.start(credentials.superuser());
    }

    /** Before anything of it is changed, roles among it. */
    private void requireKnownSchema() throws IOException {
        try (Connection connection = superuser()) {
            DatabaseSchema.requireKnown(connection);
        } catch (SchemaException e) {
            server.stop();
            throw e;
        } catch (SQLException e) {
            server.stop();
            throw new IOException("the embedded PostgreSQL does not tell its schema: " + e.getMessage(), e);
        }
    }

    private Connection superuser() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), PostgresCredentials.SUPERUSER, credentials.superuser());
    }

    public String jdbcUrl() {
        return server.jdbcUrl();
    }

    /** Configuration properties that lead a process here: as the application, and as the owner for its migrations. */
    public Map<String, String> settings() {
        return settings(jdbcUrl(), credentials);
    }

    /** The same for a server of another process of this account. */
    public static Map<String, String> settings(Path directory, String jdbcUrl) throws IOException {
        return settings(
                jdbcUrl, PostgresCredentials.read(directory.toAbsolutePath().normalize()));
    }

    private static Map<String, String> settings(String jdbcUrl, PostgresCredentials credentials) {
        return Map.of(
                EmbeddedParts.DATABASE_URL,
                jdbcUrl,
                "quarkus.datasource.username",
                DatabaseRole.APPLICATION.roleName(),
                "quarkus.datasource.password",
                credentials.of(DatabaseRole.APPLICATION),
                "quarkus.flyway.username",
                DatabaseRole.OWNER.roleName(),
                "quarkus.flyway.password",
                credentials.of(DatabaseRole.OWNER));
    }

    public Connection connect(DatabaseRole role) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), role.roleName(), password(role));
    }

    public String password(DatabaseRole role) {
        return credentials.of(role);
    }

    /** Of {@code postgres}, which nothing needs but making the roles. */
    String superuserPassword() {
        return credentials.superuser();
    }

    /** Is not started again from now on, where it ends. */
    void keepNoLonger() {
        upkeep.end();
    }

    /**
     * Ends the server that runs on the cluster, if one does: by a fast shutdown, or an immediate one, recovered from the
     * write-ahead log at the next start, where that takes too long.
     */
    @Override
    public void close() throws IOException {
        if (upkeep != null) {
            upkeep.close();
        }
        server.stop();
    }

    /** The same once nobody else is connected any more; whoever comes meanwhile is refused. */
    void closeUnused() throws IOException {
        upkeep.close();
        server.stopUnused();
    }
}
