package org.rigatino.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Takes rows that wait, the oldest first. Where a transaction of several fails they are taken one by one, and what fails then is passed over
 * for a minute, so that the others go on. One round at a time.
 */
final class RowsInTurn {
    private static final Logger LOG = Logger.getLogger(RowsInTurn.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST_PASSED = 10_000;

    private final Cache<Long, Boolean> failed = Caffeine.newBuilder()
            .maximumSize(MOST_PASSED)
            .expireAfterWrite(PAUSE)
            .build();
    private volatile Instant quietUntil = Instant.MIN;

    /** All of them but those that fail, which is told once a minute. */
    void round(WaitingRows waiting, DataSource dataSource) {
        Instant begun = Instant.now();
        try {
            Set<Long> passed = new HashSet<>(failed.asMap().keySet());
            for (List<Long> rows = next(waiting, dataSource, passed);
                    !rows.isEmpty();
                    rows = next(waiting, dataSource, passed)) {
                if (problem(waiting, rows) != null) {
                    passed.addAll(oneByOne(waiting, dataSource, rows, begun));
                }
            }
        } catch (SQLException | RuntimeException e) {
            tell(begun, waiting.table(), e);
        }
    }

    /** Those that fail. */
    private List<Long> oneByOne(WaitingRows waiting, DataSource dataSource, List<Long> rows, Instant begun)
            throws SQLException {
        List<Long> failing = new ArrayList<>();
        for (Long row : rows) {
            Exception problem = problem(waiting, List.of(row));
            if (problem != null) {
                requireDatabase(dataSource);
                failed.put(row, true);
                failing.add(row);
                tell(begun, waiting.table() + ", id " + row, problem);
            }
        }
        return failing;
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

    /** While it is away no row is to blame. */
    private static void requireDatabase(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select 1")) {
            select.executeQuery().close();
        }
    }

    private static List<Long> next(WaitingRows waiting, DataSource dataSource, Set<Long> passed) throws SQLException {
        List<Long> next = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select id from " + waiting.table()
                        + " where id <> all (?) order by id limit " + waiting.atOnce())) {
            select.setArray(1, connection.createArrayOf("bigint", passed.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    next.add(rows.getLong(1));
                }
            }
        }
        return next;
    }

    /** Without its message, which may have what a patient is called. */
    private void tell(Instant begun, String where, Exception problem) {
        if (begun.isBefore(quietUntil)) {
            return;
        }
        quietUntil = begun.plus(PAUSE);
        String why = problem instanceof SQLException e ? "the database says " + e.getSQLState() : name(problem);
        LOG.warnf(
                "studies of patients whom HL7 messages join are not shown anew (table %s), which is tried again each"
                        + " minute and told once a minute: %s",
                where, why);
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
