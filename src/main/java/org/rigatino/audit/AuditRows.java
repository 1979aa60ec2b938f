package org.rigatino.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads the trail in its order. */
@ApplicationScoped
public class AuditRows {
    @Inject
    DataSource dataSource;

    /** The next rows behind one: since appenders wait for one another, none comes in between later. */
    public List<AuditRow> after(long id, int limit) throws SQLException {
        List<AuditRow> rows = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            return AuditChain.inSnapshot(connection, () -> {
                AuditChain.each(connection, "id > ?", List.of(id), kept -> {
                    rows.add(AuditRow.of(kept));
                    return rows.size() < limit;
                });
                return rows;
            });
        }
    }
}
