package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One PostgreSQL server as a child process, whose database outlives both. */
public final class EmbeddedPostgres implements AutoCloseable {
    public static final String DATABASE = "postgres";

    private static final Duration START = Duration.ofSeconds(60);

    /** cannot_connect_now */
    private static final String STARTING = "57P03";

    private static final long STOP_SECONDS = 30;
    private static final long OTHERS_SECONDS = 5;
    private static final long POLL_MILLIS = 100;

    private final Path cluster;
    private final int port;
    private final PostgresAccount account;
    private final Path bin;
    private final Duration patience;
    private volatile Process server;
    private PostgresCredentials credentials;
    private Upkeep upkeep;

    private EmbeddedPostgres(Path cluster, int port, PostgresAccount account, Path bin, Duration patience) {
        this.cluster = cluster;
        this.port = port;
        this.account = account;
        this.bin = bin;
        this.patience = patience;
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
        Path bin = PostgresPrograms.unpack(account.programs(cluster)).resolve("bin");
        EmbeddedPostgres postgres =
                new EmbeddedPostgres(cluster, port == 0 ? Ports.free(1)[0] : port, account, bin, patience);
        ClusterFolder folder = new ClusterFolder(cluster);
        if (folder.isMade()) {
            postgres.stopServer();
            postgres.awaitEnding();
            postgres.credentials = Files.notExists(PostgresCredentials.file(cluster))
                    ? PostgresCredentials.create(cluster)
                    : PostgresCredentials.complete(cluster);
        } else {
            postgres.initialise(folder);
        }
        postgres.startServer();
        postgres.requireKnownSchema();
        PostgresRoles.requirePasswords(cluster);
        PostgresRoles.apply(postgres.jdbcUrl(), postgres.credentials);
        postgres.upkeep = new Upkeep("PostgreSQL", cluster, postgres::awaitEnd, postgres::startAgain);
        return postgres;
    }

    private void awaitEnding() throws IOException {
        Optional<ProcessHandle> ending = ClusterServer.ending(cluster);
        if (ending.isPresent() && !endsWithin(ending.get(), START)) {
            throw new IOException(
                    "PostgreSQL (process " + ending.get().pid() + "), which was killed, is not gone within " + START
                            + " and holds " + cluster + ": end its parent process, then start again");
        }
    }

    private void initialise(ClusterFolder folder) throws IOException {
        Path unfinished = folder.begin(account);
        credentials = PostgresCredentials.create(cluster);
        Path password = Files.createTempFile(cluster.getParent(), "superuser", ".tmp");
        try {
            Files.writeString(password, credentials.superuser());
            initialise(unfinished, password);
        } finally {
            Files.delete(password);
        }
        folder.end();
    }

    private void initialise(Path unfinished, Path password) throws IOException {
        Process initdb = run(List.of(
                program("initdb"),
                "--pgdata=" + unfinished,
                "--username=" + PostgresCredentials.SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF-8",
                "--locale=C"));
        if (!endsWithin(initdb, START.toMillis()) || initdb.exitValue() != 0) {
            initdb.destroyForcibly();
            throw new IOException("the embedded PostgreSQL's cluster cannot be made, see " + log());
        }
    }

    private String awaitEnd() throws InterruptedException {
        return "exit status " + server.waitFor() + ", see " + log();
    }

    private void startAgain() throws IOException {
        stopServer();
        awaitEnding();
        startServer();
    }

    private void startServer() throws IOException {
        server = run(List.of(
                program("postgres"),
                "-D",
                cluster.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
        awaitAnswer();
    }

    /** For as long as it says that it is starting: recovery may take long, and stopped in the middle it would begin anew. */
    private void awaitAnswer() throws IOException {
        long silent = System.nanoTime();
        long told = silent;
        for (String refusal = refusal(); !refusal.isEmpty(); refusal = refusal()) {
            if (endsWithin(server, POLL_MILLIS)) {
                throw new IOException("the embedded PostgreSQL does not start, see " + log());
            }
            long now = System.nanoTime();
            if (refusal.equals(STARTING)) {
                silent = now;
            } else if (now - silent > patience.toNanos()) {
                stopServer();
                throw new IOException("the embedded PostgreSQL does not answer within " + patience + ", see " + log());
            }
            if (now - told > patience.dividedBy(2).toNanos()) {
                told = now;
                tell("the embedded PostgreSQL is not ready yet, as while it recovers after a crash, see " + log());
            }
        }
    }

    /** Before anything of it is changed, roles among it. */
    private void requireKnownSchema() throws IOException {
        try (Connection connection = superuser()) {
            DatabaseSchema.requireKnown(connection);
        } catch (SchemaException e) {
            stopServer();
            throw e;
        } catch (SQLException e) {
            stopServer();
            throw new IOException("the embedded PostgreSQL does not tell its schema: " + e.getMessage(), e);
        }
    }

    private Connection superuser() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), PostgresCredentials.SUPERUSER, credentials.superuser());
    }

    private String program(String name) {
        return bin.resolve(name).toString();
    }

    private Process run(List<String> command) throws IOException {
        return new ProcessBuilder(account.command(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path log() {
        return cluster.resolveSibling("postgres.log");
    }

    /** At once: before Quarkus runs the log is held back. */
    private static void tell(String what) {
        System.err.println("rigatino: " + what);
    }

    /** SQLSTATE; empty where it answers. */
    private String refusal() {
        try (Connection connection = superuser()) {
            return connection.isValid(1) ? "" : "invalid";
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    private static boolean endsWithin(Process process, long millis) throws IOException {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the embedded PostgreSQL", e);
        }
    }

    private static boolean endsWithin(ProcessHandle process, Duration limit) throws IOException {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a killed PostgreSQL to end", e);
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
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
        stopServer();
    }

    /** The same once nobody else is connected any more; whoever comes meanwhile is refused. */
    void closeUnused() throws IOException {
        upkeep.close();
        Process stop = run(List.of(program("pg_ctl"), "stop", "-D", cluster.toString(), "-m", "smart", "--no-wait"));
        if (endsWithin(stop, patience.toMillis()) && stop.exitValue() == 0) {
            boolean others = !endsWithin(server, TimeUnit.SECONDS.toMillis(OTHERS_SECONDS));
            if (others) {
                tell("waiting for other commands that use the embedded PostgreSQL, which this one started");
            }
            while (others) {
                others = !endsWithin(server, patience.toMillis());
            }
        }
        stopServer();
    }

    private void stopServer() throws IOException {
        Optional<ProcessHandle> running = ClusterServer.find(cluster);
        if (running.isEmpty()) {
            return;
        }
        for (String mode : List.of("fast", "immediate")) {
            Process stop = run(List.of(
                    program("pg_ctl"),
                    "stop",
                    "-D",
                    cluster.toString(),
                    "-m",
                    mode,
                    "-t",
                    Long.toString(STOP_SECONDS)));
            if (endsWithin(stop, TimeUnit.SECONDS.toMillis(2 * STOP_SECONDS)) && stop.exitValue() == 0) {
                return;
            }
        }
        throw new IOException("PostgreSQL (process " + running.get().pid() + ") does not stop and holds " + cluster
                + ": end it, then start again");
    }
}
