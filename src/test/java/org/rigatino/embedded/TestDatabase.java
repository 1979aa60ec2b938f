package org.rigatino.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.FileUtils;
import org.flywaydb.core.Flyway;

/**
 * A database of a test's own, with the migrations, on the one server of a JVM of tests: making it is a copy of files, where a server is
 * some ten processes. Roles are the whole server's: who changes them, or stops the server, takes a {@link MigratedCluster}.
 */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger MADE = new AtomicInteger();

    private static EmbeddedPostgres shared;
    private static PostgresCredentials credentials;

    private final EmbeddedPostgres server;
    private final String name;

    private TestDatabase(EmbeddedPostgres server, String name) {
        this.server = server;
        this.name = name;
    }

    /** That of a cluster which is there, with a server and migrations of its own. */
    public static TestDatabase ofCluster(Path directory) throws IOException {
        return new TestDatabase(MigratedCluster.start(directory), EmbeddedPostgres.DATABASE);
    }

    /** With all migrations. */
    public static TestDatabase migrated() throws IOException {
        TestDatabase database = new TestDatabase(shared(), "test" + MADE.incrementAndGet());
        database.asSuperuser(
                EmbeddedPostgres.DATABASE,
                "create database " + database.name + " template " + EmbeddedPostgres.DATABASE);
        database.applyRoles();
        return database;
    }

    /** As a release left it whose latest migration was this one. */
    public static TestDatabase ofSchema(String version) throws IOException {
        TestDatabase database = migrated();
        database.asSuperuser(database.name, "drop schema public cascade; create schema public");
        database.applyRoles();
        database.migrate(version);
        return database;
    }

    /** With all migrations from now on. */
    public TestDatabase migrate() {
        return migrate("latest");
    }

    private TestDatabase migrate(String target) {
        Flyway.configure()
                .dataSource(jdbcUrl(), DatabaseRole.OWNER.roleName(), password(DatabaseRole.OWNER))
                .target(target)
                .load()
                .migrate();
        return this;
    }

    public String jdbcUrl() {
        return server.jdbcUrl().replaceFirst("[^/]*$", name);
    }

    public String password(DatabaseRole role) {
        return server.password(role);
    }

    public Connection connect(DatabaseRole role) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), role.roleName(), password(role));
    }

    /** Whoever is connected still is turned out. */
    @Override
    public void close() throws IOException {
        if (name.equals(EmbeddedPostgres.DATABASE)) {
            server.close();
        } else {
            asSuperuser(EmbeddedPostgres.DATABASE, "drop database " + name + " with (force)");
        }
    }

    private void applyRoles() throws IOException {
        PostgresRoles.apply(jdbcUrl(), credentials);
    }

    private void asSuperuser(String database, String sql) throws IOException {
        String url = server.jdbcUrl().replaceFirst("[^/]*$", database);
        try (Connection connection =
                        DriverManager.getConnection(url, PostgresCredentials.SUPERUSER, server.superuserPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IOException(sql + ": " + e.getMessage(), e);
        }
    }

    private static synchronized EmbeddedPostgres shared() throws IOException {
        if (shared == null) {
            Path folder = Files.createTempDirectory("rigatino-databases");
            EmbeddedPostgres started = MigratedCluster.start(folder.resolve("postgres"));
            credentials = PostgresCredentials.read(folder.resolve("postgres"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, folder)));
            shared = started;
        }
        return shared;
    }

    private static void end(EmbeddedPostgres server, Path folder) {
        try {
            server.close();
            FileUtils.deleteDirectory(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
