package org.rigatino.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Takes rows that wait, the oldest first. Where a transaction of several fails they are taken one by one, and what fails then comes a minute
 * later, behind those that did not. One turn at a time.
 */
final class RowsInTurn {
    private static final Logger LOG = Logger.getLogger(RowsInTurn.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** By table, until when nothing is told. */
    private final Map<String, Instant> quiet = new ConcurrentHashMap<>();

    /**
     * Takes, by turns of each, what waits of it at its first turn, and what comes meanwhile as long as others have turns; so that no stream
     * is endless, and none holds up another.
     */
    void round(DataSource dataSource, WaitingRows... kinds) {
        Map<WaitingRows, Long> last = new HashMap<>();
        boolean more;
        do {
            more = false;
            for (WaitingRows kind : kinds) {
                more |= turn(kind, dataSource, last.computeIfAbsent(kind, one -> last(one, dataSource)));
            }
        } while (more);
    }

    /** The id of the one that came last; 0 where none waits. */
    private long last(WaitingRows waiting, DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.list(connection, "select coalesce(max(id), 0) from " + waiting.table(), row -> row.getLong(1))
                    .get(0);
        } catch (SQLException e) {
            tell(waiting, "", e);
            return 0;
        }
    }

    /**
     * As many as one transaction takes; what fails is told once a minute.
     *
     * @return whether there may be more of those up to {@code last}
     */
    private boolean turn(WaitingRows waiting, DataSource dataSource, long last) {
        try {
            List<Long> rows = next(waiting, dataSource);
            if (!rows.isEmpty() && problem(waiting, rows) != null) {
                oneByOne(waiting, dataSource, rows);
            }
            return rows.stream().anyMatch(row -> row <= last);
        } catch (SQLException | RuntimeException e) {
            tell(waiting, "", e);
            return false;
        }
    }

    private void oneByOne(WaitingRows waiting, DataSource dataSource, List<Long> rows) throws SQLException {
        for (Long row : rows) {
            Exception problem = problem(waiting, List.of(row));
            if (problem != null) {
                pass(waiting, dataSource, row);
                tell(waiting, ", id " + row, problem);
            }
        }
    }

    /** Null where it went well. */
    private static Exception problem(WaitingRows waiting, List<Long> rows) {
        try {
            waiting.take(rows, Instant.now().truncatedTo(ChronoUnit.MICROS));
            return null;
        } catch (SQLException | RuntimeException e) {
            return e;
        }
    }

    /** While the database is away this fails too, and no row is to blame. */
    private static void pass(WaitingRows waiting, DataSource dataSource, Long row) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Sql.change(connection, "update " + waiting.table() + " set tried_at = clock_timestamp() where id = ?", row);
        }
    }

    private static List<Long> next(WaitingRows waiting, DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.list(
                    connection,
                    "select id from " + waiting.table() + " where tried_at is null or tried_at < now() - interval '"
                            + PAUSE.toSeconds() + " seconds' order by tried_at nulls first, id limit "
                            + waiting.atOnce(),
                    row -> row.getLong(1));
        }
    }

    /** Without its message, which may have what a patient is called. */
    private void tell(WaitingRows waiting, String row, Exception problem) {
        Instant now = Instant.now();
        if (now.isBefore(quiet.getOrDefault(waiting.table(), Instant.MIN))) {
            return;
        }
        quiet.put(waiting.table(), now.plus(PAUSE));
        String why = problem instanceof SQLException e ? "the database says " + e.getSQLState() : name(problem);
        LOG.warnf(
                "studies of patients whom HL7 messages join are not shown anew (table %s), which is tried again each"
                        + " minute and told once a minute: %s",
                waiting.table() + row, why);
    }

    private static String name(Throwable problem) {
        StringBuilder names = new StringBuilder();
        for (Throwable one = problem; one != null; one = one.getCause()) {
            names.append(names.isEmpty() ? "" : ", because of ")
                    .append(one.getClass().getName());
        }
        return names.toString();
    }
}
