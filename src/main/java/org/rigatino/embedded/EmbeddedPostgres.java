package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.commons.io.FileUtils;

/** One PostgreSQL server as a child process, whose database outlives both. */
public final class EmbeddedPostgres implements AutoCloseable {
    public static final String DATABASE = "postgres";
    public static final String USER = "postgres";

    private static final Duration START = Duration.ofSeconds(60);

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;

    private EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts the server, after ending one that a killed process may have left behind on the same directory. The caller
     * holds the directory for itself.
     *
     * @param directory of the database cluster, made where absent
     * @param port on loopback, 0 for any free one
     */
    public static EmbeddedPostgres start(Path directory, int port) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        Files.createDirectories(absolute.getParent());
        removeUnfinished(absolute);
        OrphanPostgres.end(absolute);
        ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(
                absolute.resolveSibling("postgres.log").toFile());
        try {
            return new EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                    .setDataDirectory(absolute)
                    .setOverrideWorkingDirectory(
                            absolute.resolveSibling("postgres-programs").toFile())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    // The library starts the server with -F: a committed row would not survive a power cut.
                    .setServerConfig("fsync", "on")
                    .setLocaleConfig("locale", "C")
                    .setPGStartupWait(START)
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .start());
        } catch (IOException | IllegalStateException e) {
            throw new IOException(
                    "the embedded PostgreSQL does not start (see " + absolute.resolveSibling("postgres.log") + "): "
                            + e.getMessage(),
                    e);
        }
    }

    /** A cluster whose making was cut short has no control file yet, and so holds nothing. */
    private static void removeUnfinished(Path directory) throws IOException {
        if (Files.isDirectory(directory) && !Files.exists(directory.resolve("global/pg_control"))) {
            FileUtils.deleteDirectory(directory.toFile());
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + DATABASE;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
