package org.rigatino.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Gives an embedded database its roles and passwords, and closes it to everyone without one. */
final class PostgresRoles {
    private static final String SCRIPT = "/db/migration/setup/roles.sql";
    private static final String ACCESS = "# Written by Rigatino.\nhost all all 127.0.0.1/32 scram-sha-256\n";

    private PostgresRoles() {}

    /** For the server's next start; a database of a version that trusted whoever connects is closed too. */
    static void requirePasswords(Path cluster) throws IOException {
        if (!isWritten(cluster)
                || !Files.readString(file(cluster), StandardCharsets.ISO_8859_1).equals(ACCESS)) {
            Files.writeString(file(cluster), ACCESS, StandardCharsets.US_ASCII);
        }
    }

    /** Before the server's start, which needs it: one that was cut short while it was written left it empty. */
    static void mendAccess(Path cluster) throws IOException {
        if (!isWritten(cluster)) {
            requirePasswords(cluster);
        }
    }

    private static boolean isWritten(Path cluster) throws IOException {
        return Files.exists(file(cluster)) && Files.size(file(cluster)) > 0;
    }

    private static Path file(Path cluster) {
        return cluster.resolve("pg_hba.conf");
    }

    /** Running it again changes nothing. */
    static void apply(String jdbcUrl, PostgresCredentials credentials) throws IOException {
        try (Connection connection =
                        DriverManager.getConnection(jdbcUrl, PostgresCredentials.SUPERUSER, credentials.superuser());
                Statement statement = connection.createStatement()) {
            // Statements with passwords stay out of the server's log, whatever becomes of them.
            statement.execute("set log_min_error_statement = panic; set password_encryption = 'scram-sha-256'");
            statement.execute(script());
            for (DatabaseRole role : DatabaseRole.values()) {
                statement.execute("alter role " + role.roleName() + " password '" + credentials.of(role) + "'");
            }
            statement.execute(
                    "alter role " + PostgresCredentials.SUPERUSER + " password '" + credentials.superuser() + "'");
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IOException("the embedded PostgreSQL does not take its roles: " + e.getMessage());
        }
    }

    private static String script() throws IOException {
        try (InputStream in = PostgresRoles.class.getResourceAsStream(SCRIPT)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
