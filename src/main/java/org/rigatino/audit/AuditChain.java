package org.rigatino.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The chain as rows of {@code audit_event}, over plain JDBC so that an auditor needs no running Rigatino. */
public final class AuditChain {
    /** Any constant will do, as long as nothing else in the database locks it. */
    private static final long ADVISORY_LOCK = 0x5249474154494E4FL;

    private static final int FETCH_SIZE = 1000;

    /**
     * What {@link #verify} found.
     *
     * @param rows rows that were read, the broken one included
     * @param brokenId id of the first row that does not fit, 0 where all fit
     * @param problem what does not fit, null where all fit
     */
    public record Verification(long rows, long brokenId, String problem) {
        public boolean intact() {
            return problem == null;
        }
    }

    private AuditChain() {}

    /** Within the connection's transaction. Appenders wait for one another until they commit. */
    public static void append(Connection connection, List<AuditTrail.Event> events) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
        }
        Head head = head(connection);
        try (PreparedStatement insert = connection.prepareStatement("insert into audit_event (id, occurred_at, kind,"
                + " study_instance_uid, subject, detail, previous_hash, hash) values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (AuditTrail.Event event : events) {
                AuditRecord row = head.next(event);
                bind(insert, row);
                insert.addBatch();
                head = new Head(row.id(), row.hash());
            }
            insert.executeBatch();
        }
    }

    /** Of the chain: id and hash of its last row. */
    private record Head(long id, String hash) {
        AuditRecord next(AuditTrail.Event event) {
            return new AuditRecord(
                    id + 1,
                    Instant.now(),
                    event.kind(),
                    event.studyInstanceUid(),
                    event.subject(),
                    event.detail(),
                    hash);
        }
    }

    private static Head head(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select id, hash from audit_event order by id desc limit 1")) {
            return row.next() ? new Head(row.getLong(1), row.getString(2)) : new Head(0, AuditRecord.GENESIS);
        }
    }

    private static void bind(PreparedStatement insert, AuditRecord row) throws SQLException {
        insert.setLong(1, row.id());
        insert.setObject(2, row.occurredAt().atOffset(ZoneOffset.UTC));
        insert.setString(3, row.kind());
        insert.setString(4, row.studyInstanceUid());
        insert.setString(5, row.subject());
        insert.setString(6, row.detail());
        insert.setString(7, row.previousHash());
        insert.setString(8, row.hash());
    }

    /**
     * Reads the whole chain, in constant memory, and stops at the first row that is changed, missing or out of place.
     * Rows cut off at the very end cannot be seen from inside: compare {@link Verification#rows} with an earlier count.
     */
    public static Verification verify(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = statement.executeQuery("select id, occurred_at, kind, study_instance_uid, subject,"
                    + " detail, previous_hash, hash from audit_event order by id")) {
                return walk(rows);
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    private static Verification walk(ResultSet rows) throws SQLException {
        long expectedId = 1;
        String previousHash = AuditRecord.GENESIS;
        for (; rows.next(); expectedId++) {
            AuditRecord row = read(rows);
            String hash = rows.getString("hash");
            if (row.id() != expectedId) {
                return new Verification(expectedId, row.id(), "row " + expectedId + " is missing before it");
            }
            if (!row.previousHash().equals(previousHash)) {
                return new Verification(expectedId, row.id(), "it does not follow the row before it");
            }
            if (!row.hash().equals(hash)) {
                return new Verification(expectedId, row.id(), "its content does not match its hash");
            }
            previousHash = hash;
        }
        return new Verification(expectedId - 1, 0, null);
    }

    private static AuditRecord read(ResultSet row) throws SQLException {
        return new AuditRecord(
                row.getLong("id"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getString("kind"),
                row.getString("study_instance_uid"),
                row.getString("subject"),
                row.getString("detail"),
                row.getString("previous_hash"));
    }
}
