package org.rigatino.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** The migrations, applied to an embedded database by its owner. */
public final class PostgresSchema {
    private PostgresSchema() {}

    /** As the owner of the tables. */
    public static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return connect(postgres, DatabaseRole.OWNER);
    }

    public static Connection connect(EmbeddedPostgres postgres, DatabaseRole role) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), role.roleName(), postgres.password(role));
    }

    /** The same with the credentials in the URL, for a command's {@code --url}. */
    public static String url(EmbeddedPostgres postgres, DatabaseRole role) {
        return postgres.jdbcUrl() + "?user=" + role.roleName() + "&password=" + postgres.password(role);
    }

    public static void migrate(EmbeddedPostgres postgres) {
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), DatabaseRole.OWNER.roleName(), postgres.password(DatabaseRole.OWNER))
                .load()
                .migrate();
    }
}
