package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The process on a cluster: its start until it answers, and its end. What is in the cluster is {@link EmbeddedPostgres}' concern. */
final class PostgresServer {
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
    private volatile Process process;

    /** @param patience with a server that says nothing */
    PostgresServer(Path cluster, int port, PostgresAccount account, Duration patience) throws IOException {
        this.cluster = cluster;
        this.port = port;
        this.account = account;
        this.bin = PostgresPrograms.unpack(account.programs(cluster)).resolve("bin");
        this.patience = patience;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + EmbeddedPostgres.DATABASE;
    }

    /** Makes the files of a cluster in an empty folder; the other file holds the superuser's password. */
    void initialise(Path unfinished, Path password) throws IOException {
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

    void start(String superuserPassword) throws IOException {
        process = run(List.of(
                program("postgres"),
                "-D",
                cluster.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
        awaitAnswer(superuserPassword);
    }

    /** For as long as it says that it is starting: recovery may take long, and stopped in the middle it would begin anew. */
    private void awaitAnswer(String superuserPassword) throws IOException {
        long silent = System.nanoTime();
        long told = silent;
        for (String refusal = refusal(superuserPassword); !refusal.isEmpty(); refusal = refusal(superuserPassword)) {
            if (endsWithin(process, POLL_MILLIS)) {
                throw new IOException("the embedded PostgreSQL does not start, see " + log());
            }
            long now = System.nanoTime();
            if (refusal.equals(STARTING)) {
                silent = now;
            } else if (now - silent > patience.toNanos()) {
                stop();
                throw new IOException("the embedded PostgreSQL does not answer within " + patience + ", see " + log());
            }
            if (now - told > patience.dividedBy(2).toNanos()) {
                told = now;
                tell("the embedded PostgreSQL is not ready yet, as while it recovers after a crash, see " + log());
            }
        }
    }

    /** SQLSTATE; empty where it answers. */
    private String refusal(String superuserPassword) {
        try (Connection connection =
                DriverManager.getConnection(jdbcUrl(), PostgresCredentials.SUPERUSER, superuserPassword)) {
            return connection.isValid(1) ? "" : "invalid";
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    /** Until it has ended by itself: how. */
    String awaitEnd() throws InterruptedException {
        return "exit status " + process.waitFor() + ", see " + log();
    }

    /** Ends a server that a killed process has left behind on the cluster, if there is one. */
    void endLeftBehind() throws IOException {
        stop();
        awaitEnding();
    }

    private void awaitEnding() throws IOException {
        Optional<ProcessHandle> ending = ClusterServer.ending(cluster);
        if (ending.isPresent() && !endsWithin(ending.get(), START)) {
            throw new IOException(
                    "PostgreSQL (process " + ending.get().pid() + "), which was killed, is not gone within " + START
                            + " and holds " + cluster + ": end its parent process, then start again");
        }
    }

    /** By a fast shutdown, or an immediate one, recovered from the write-ahead log at the next start, where that takes too long. */
    void stop() throws IOException {
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

    /** The same once nobody is connected any more; whoever comes meanwhile is refused. */
    void stopUnused() throws IOException {
        Process stop = run(List.of(program("pg_ctl"), "stop", "-D", cluster.toString(), "-m", "smart", "--no-wait"));
        if (endsWithin(stop, patience.toMillis()) && stop.exitValue() == 0) {
            boolean others = !endsWithin(process, TimeUnit.SECONDS.toMillis(OTHERS_SECONDS));
            if (others) {
                tell("waiting for other commands that use the embedded PostgreSQL, which this one started");
            }
            while (others) {
                others = !endsWithin(process, patience.toMillis());
            }
        }
        stop();
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
}
