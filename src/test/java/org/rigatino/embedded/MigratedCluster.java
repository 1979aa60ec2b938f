package org.rigatino.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.rigatino.dicom.Tool;

/**
 * A cluster with its roles and migrations, made once in a JVM of tests; whoever asks gets a copy of their own. Its server
 * does not wait for the disk: a process that is killed loses nothing by that, a machine that fails does.
 */
public final class MigratedCluster {
    /** Where it lies; a property, as each application has this class anew from a class loader of its own. */
    private static final String MADE = "rigatino.tests.migrated-cluster";

    /** The passwords are random and long: to derive their keys slowly protects nothing, and takes 8 ms a connection. */
    private static final String QUICK = "fsync = off\nscram_iterations = 1\n";

    private MigratedCluster() {}

    /** A server on a copy. Where the folder has a cluster already, on that, migrated. */
    public static EmbeddedPostgres start(Path directory) throws IOException {
        boolean there = Files.exists(directory);
        copyTo(directory);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0);
        if (there) {
            PostgresSchema.migrate(postgres);
        }
        return postgres;
    }

    /** With its credentials beside it; nothing where the folder has a cluster already. */
    public static void copyTo(Path directory) throws IOException {
        if (Files.exists(directory)) {
            return;
        }
        Path made = made();
        Files.createDirectories(directory.getParent());
        run("cp", "-a", made.toString(), directory.toString());
        Files.copy(PostgresCredentials.file(made), PostgresCredentials.file(directory));
    }

    private static Path made() throws IOException {
        if (System.getProperty(MADE) == null) {
            Path folder = Files.createTempDirectory("rigatino-migrated");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> run("rm", "-rf", folder.toString())));
            System.setProperty(MADE, make(folder.resolve("postgres")).toString());
        }
        return Path.of(System.getProperty(MADE));
    }

    private static Path make(Path cluster) throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(cluster, 0)) {
            PostgresSchema.migrate(postgres);
            dropTemplates(postgres);
        }
        Files.writeString(cluster.resolve("postgresql.auto.conf"), QUICK, StandardOpenOption.APPEND);
        return cluster;
    }

    /** Half of the cluster's files, for databases that nobody makes. */
    private static void dropTemplates(EmbeddedPostgres postgres) throws IOException {
        try (Connection superuser = DriverManager.getConnection(
                        postgres.jdbcUrl(), PostgresCredentials.SUPERUSER, postgres.superuserPassword());
                Statement statement = superuser.createStatement()) {
            statement.execute("update pg_database set datistemplate = false");
            statement.execute("drop database template0");
            statement.execute("drop database template1");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void run(String... command) {
        try {
            Tool.runSuccessfully(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
