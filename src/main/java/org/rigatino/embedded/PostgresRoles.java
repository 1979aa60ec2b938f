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

    private PostgresRoles() {}

    /** For the server's next start; a database of a version that trusted whoever connects is closed too. */
    static void requirePasswords(Path cluster) throws IOException {
        Files.writeString(
                cluster.resolve("pg_hba.conf"),
                "# Written at every start.\nhost all all 127.0.0.1/32 scram-sha-256\n",
                StandardCharsets.US_ASCII);
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
