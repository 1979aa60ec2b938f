package org.rigatino.identity;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.patient.NobodysValues;

/**
 * {@code rigatino.nobody} where the database itself compares: who exports answers may neither read whose they are nor say what
 * is compared with them. The process that started last counts.
 */
@ApplicationScoped
public class NobodysRecord {
    @Inject
    DataSource dataSource;

    @Transactional
    void start(@Observes StartupEvent event) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            write(connection, NobodysValues.of(ConfigProvider.getConfig()));
        }
    }

    /** In place of what was there; in the connection's transaction, one process after the other. */
    public static void write(Connection connection, NobodysValues values) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement insert =
                        connection.prepareStatement("insert into nobodys_value (attribute, value) values (?, ?)")) {
            statement.execute("select pg_advisory_xact_lock(hashtextextended('rigatino.nobody', 0))");
            statement.execute("delete from nobodys_value");
            for (Map.Entry<String, Set<String>> list : Map.of(
                            "PATIENT_ID", values.ids(),
                            "PATIENT_NAME", values.names(),
                            "PATIENT_BIRTH_DATE", values.birthDates())
                    .entrySet()) {
                for (String value : list.getValue()) {
                    insert.setString(1, list.getKey());
                    insert.setString(2, value);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }
}
