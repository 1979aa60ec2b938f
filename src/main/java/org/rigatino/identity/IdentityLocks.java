package org.rigatino.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Held to the end of the transaction: first the messages, then the studies, last the chain (ADR 64). */
final class IdentityLocks {
    private IdentityLocks() {}

    /** One message after the other. */
    static void ofMessages(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended('rigatino.patients', 0))")) {
            lock.executeQuery().close();
        }
    }

    /** Their first revisions' rows, in one order. */
    static void ofStudies(Connection connection, List<String> studies) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select id from study"
                + " where study_instance_uid = any (?) and revision = 1 order by id for update")) {
            lock.setArray(1, connection.createArrayOf("text", studies.toArray()));
            lock.executeQuery().close();
        }
    }
}
