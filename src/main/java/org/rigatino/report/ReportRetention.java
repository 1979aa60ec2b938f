package org.rigatino.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.rigatino.identity.StudiesOfOrder;

/** Deletes reports whose time is over, in the caller's transaction, one process at a time. */
@ApplicationScoped
public class ReportRetention {
    private static final String HAS_STUDY =
            "exists (select 1 from study_identity i where " + StudiesOfOrder.MATCHES + ")";

    /** What a withdrawal takes back must not outlive it: it goes a run later. */
    private static final String TAKES_NOTHING_BACK = "(r.status <> 'WITHDRAWN' or not exists (select 1 from report o"
            + " where o.accession_number = r.accession_number and o.status <> 'WITHDRAWN'))";

    @Inject
    DataSource dataSource;

    /** @return how many were deleted of those that came before */
    @Transactional(Transactional.TxType.MANDATORY)
    public int deleteBefore(Instant before) {
        return change(before, "delete from report r where r.received_at < ? and " + TAKES_NOTHING_BACK, 0);
    }

    /**
     * Of those that came before: those that have a study now stay.
     *
     * @return how many had none and were deleted
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public int settle(Instant before) {
        change(
                before,
                "update report r set settled_at = now() where r.settled_at is null and " + HAS_STUDY
                        + " and r.received_at < ?",
                2);
        return change(
                before,
                "delete from report r where r.settled_at is null and not " + HAS_STUDY + " and r.received_at < ? and "
                        + TAKES_NOTHING_BACK,
                2);
    }

    /** @param authorities parameters that stand before the time */
    private int change(Instant before, String sql, int authorities) {
        OffsetDateTime time = before.atOffset(ZoneOffset.UTC);
        try (Connection connection = dataSource.getConnection()) {
            if (!isAlone(connection)) {
                return 0;
            }
            try (PreparedStatement change = connection.prepareStatement(sql)) {
                Reports.bindAuthority(change, 1, authorities);
                change.setObject(authorities + 1, time);
                return change.executeUpdate();
            }
        } catch (SQLException e) {
            throw ReportRows.withoutValues("deleted", e);
        }
    }

    /** Two would lock rows in an order that neither knows. */
    private static boolean isAlone(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                        "select pg_try_advisory_xact_lock(hashtextextended('rigatino.reports', 0))");
                ResultSet row = lock.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
