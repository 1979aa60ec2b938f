package org.rigatino.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** The migrations, applied to an embedded database. */
public final class PostgresSchema {
    private PostgresSchema() {}

    public static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), EmbeddedPostgres.USER, "");
    }

    public static void migrate(EmbeddedPostgres postgres) {
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), EmbeddedPostgres.USER, "")
                .load()
                .migrate();
    }
}
