package org.rigatino.audit;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** The chain as rows of {@code audit_event}, over plain JDBC so that an auditor needs no running Rigatino. */
public final class AuditChain {
    /** Any constant will do, as long as nothing else in the database locks it. */
    private static final long ADVISORY_LOCK = 0x5249474154494E4FL;

    private static final int FETCH_SIZE = 1000;

    /** In the order of {@link #read}. */
    static final String COLUMNS =
            "id, occurred_at, kind, study_instance_uid, subject, detail, actor, address, version, previous_hash, hash";

    /**
     * What {@link #verify} found.
     *
     * @param rows rows that were read, the broken one included
     * @param lastId id of the last row that fits, 0 where there is none
     * @param head its hash, 64 zeros where there is none
     * @param brokenId id of the first row that does not fit or is missing, 0 where all fit
     * @param problem what does not fit, null where all fit
     */
    public record Verification(long rows, long lastId, String head, long brokenId, String problem) {
        public boolean intact() {
            return problem == null;
        }

        /** Which row is broken, and how; of one that is not intact. */
        public String told() {
            return "row " + brokenId + " is broken: " + problem;
        }
    }

    private AuditChain() {}

    /** Within the connection's transaction. Appenders wait for one another until they commit. */
    public static void append(Connection connection, List<AuditTrail.Event> events) throws SQLException {
        Anchor head = lockedHead(connection);
        List<AuditRow> rows = new ArrayList<>();
        for (AuditTrail.Event event : events) {
            AuditRow row = AuditRow.of(head, Instant.now(), event);
            rows.add(row);
            head = new Anchor(row.id(), row.hash());
        }
        insert(connection, rows);
    }

    /** As a role that may append this kind of row alone, within the connection's transaction. */
    public static void appendExportOfAnswers(Connection connection, AuditTrail.Event event) throws SQLException {
        AuditRow row = AuditRow.of(lockedHead(connection), Instant.now(), event);
        try (PreparedStatement append = connection.prepareStatement(
                "select append_answers_exported(?, ?::timestamptz, ?, ?, ?, ?::smallint, ?, ?)")) {
            append.setLong(1, row.id());
            append.setString(2, row.occurredAt().toString());
            append.setString(3, row.detail());
            append.setString(4, row.actor());
            append.setString(5, row.address());
            append.setInt(6, row.version());
            append.setString(7, row.previousHash());
            append.setString(8, row.hash());
            append.execute();
        }
    }

    private static Anchor lockedHead(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
        }
        return head(connection);
    }

    /** The last row, id 0 where there is none. */
    public static Anchor head(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select id, hash from audit_head")) {
            if (!row.next()) {
                throw new SQLException("audit_head is empty");
            }
            return new Anchor(row.getLong(1), row.getString(2));
        }
    }

    /** One statement, which the database takes whole or not at all. */
    private static void insert(Connection connection, List<AuditRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into audit_event (" + COLUMNS + ")"
                + " select * from unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[],"
                + " ?::text[], ?::text[], ?::smallint[], ?::text[], ?::text[])")) {
            insert.setArray(1, array(connection, "bigint", rows, AuditRow::id));
            insert.setArray(
                    2, array(connection, "text", rows, row -> row.occurredAt().toString()));
            insert.setArray(3, array(connection, "text", rows, AuditRow::kind));
            insert.setArray(4, array(connection, "text", rows, AuditRow::studyInstanceUid));
            insert.setArray(5, array(connection, "text", rows, AuditRow::subject));
            insert.setArray(6, array(connection, "text", rows, AuditRow::detail));
            insert.setArray(7, array(connection, "text", rows, AuditRow::actor));
            insert.setArray(8, array(connection, "text", rows, AuditRow::address));
            insert.setArray(9, array(connection, "smallint", rows, AuditRow::version));
            insert.setArray(10, array(connection, "text", rows, AuditRow::previousHash));
            insert.setArray(11, array(connection, "text", rows, AuditRow::hash));
            insert.executeUpdate();
        }
    }

    private static Array array(
            Connection connection, String type, List<AuditRow> rows, Function<AuditRow, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(value).toArray());
    }

    /** What is done with each row of {@link #each}. */
    interface Visitor {
        /** @return whether to go on */
        boolean visit(AuditRow row) throws SQLException;
    }

    /**
     * Reads rows in the order of the chain, in constant memory, as of the transaction's snapshot.
     *
     * @param condition SQL behind {@code where}, with a parameter for each value
     */
    static void each(Connection connection, String condition, List<Object> values, Visitor visitor)
            throws SQLException {
        select(connection, condition + " order by id", values, visitor);
    }

    /** The last rows, the latest first. */
    static List<AuditRow> latest(Connection connection, String condition, List<Object> values, int limit)
            throws SQLException {
        List<AuditRow> rows = new ArrayList<>();
        List<Object> all = new ArrayList<>(values);
        all.add(limit);
        select(connection, condition + " order by id desc limit ?", all, rows::add);
        return rows;
    }

    private static void select(Connection connection, String which, List<Object> values, Visitor visitor)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from audit_event where " + which)) {
            select.setFetchSize(FETCH_SIZE);
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                boolean more = true;
                while (more && rows.next()) {
                    more = visitor.visit(read(rows));
                }
            }
        }
    }

    private static AuditRow read(ResultSet row) throws SQLException {
        return new AuditRow(
                row.getLong("id"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getString("kind"),
                row.getString("study_instance_uid"),
                row.getString("subject"),
                row.getString("detail"),
                row.getString("actor"),
                row.getString("address"),
                row.getInt("version"),
                row.getString("previous_hash"),
                row.getString("hash"));
    }

    /** Without anchors: rows that were rewritten or cut off together with {@code audit_head} are not seen. */
    public static Verification verify(Connection connection) throws SQLException {
        return verify(connection, Anchors.NONE);
    }

    /**
     * Reads the whole chain and stops at the first row that is changed, missing, out of place, or not the one of an
     * anchor.
     *
     * @param anchors rows as they were known outside the database
     */
    static Verification verify(Connection connection, Anchors anchors) throws SQLException {
        return inSnapshot(connection, () -> {
            Anchor head = head(connection);
            ChainWalk walk = ChainWalk.ofWhole(anchors);
            each(connection, "true", List.of(), walk::fits);
            return walk.end(head);
        });
    }

    /** The same within the connection's own transaction, of what that sees, rows that it has added among them. */
    public static Verification verifyWithin(Connection connection) throws SQLException {
        ChainWalk walk = ChainWalk.ofWhole(Anchors.NONE);
        each(connection, "true", List.of(), walk::fits);
        return walk.end(head(connection));
    }

    /**
     * A whole trail that lies elsewhere than in a database, as far as the first row that does not fit.
     *
     * @param rows in the order of the chain
     * @param anchor of the last of them, as {@link Anchor} writes it
     * @throws IllegalArgumentException where the anchor is none
     */
    public static Verification verify(Iterator<AuditRow> rows, String anchor) {
        Anchor head = Anchor.parse(anchor);
        ChainWalk walk = ChainWalk.ofWhole(Anchors.NONE);
        boolean fits = true;
        while (fits && rows.hasNext()) {
            fits = walk.fits(rows.next());
        }
        return walk.end(head);
    }

    /** A query that sees one state of the database. */
    interface Query<T> {
        T run() throws SQLException;
    }

    /** Takes the connection's transaction, and gives it back as it was. */
    static <T> T inSnapshot(Connection connection, Query<T> query) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        int isolation = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try {
            return query.run();
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
            connection.setTransactionIsolation(isolation);
        }
    }
}
