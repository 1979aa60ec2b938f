package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.rigatino.audit.AuditTrail;

/**
 * Studies that a message bears on beyond those of its own transaction, for which every other message waits: rows of identity_due, of
 * which each further transaction takes as many (ADR 93).
 */
@ApplicationScoped
public class DueStudies {
    private static final String TAKE =
            "delete from identity_due where id in (select id from identity_due order by id limit " + JoinedStudies.MOST
                    + ") returning study_instance_uid, messages";

    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    /** @param messages numbers of what came in one, or of the one that is settled */
    static void add(Connection connection, List<String> studies, List<Long> messages) throws SQLException {
        if (studies.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into identity_due (study_instance_uid,"
                + " messages) select unnest(cast(? as text[])), cast(? as bigint[])")) {
            insert.setArray(1, connection.createArrayOf("text", studies.toArray()));
            insert.setArray(2, connection.createArrayOf("bigint", messages.toArray()));
            insert.executeUpdate();
        }
    }

    static void deleteAll(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from identity_due")) {
            delete.executeUpdate();
        }
    }

    boolean areAny() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select 1 from identity_due limit 1");
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    private record Due(String study, List<Long> messages) {}

    /** The next of them, in a transaction of their own. */
    @Transactional(rollbackOn = Exception.class)
    void show(Instant at) throws SQLException {
        List<AuditTrail.Event> events = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            IdentityLocks.ofMessages(connection);
            List<Due> due = take(connection);
            IdentityLocks.ofStudies(connection, due.stream().map(Due::study).toList());
            Map<Long, RecordedMessage> messages = RecordedMessage.read(
                    connection,
                    due.stream().flatMap(one -> one.messages().stream()).collect(Collectors.toSet()));
            for (Due one : due) {
                ShownRows.Change change = ShownRows.show(connection, one.study(), at);
                RecordedMessage.tell(
                        one.study(),
                        change,
                        one.messages().stream()
                                .map(messages::get)
                                .filter(Objects::nonNull)
                                .toList(),
                        events);
            }
        }
        audit.append(events);
    }

    private static List<Due> take(Connection connection) throws SQLException {
        List<Due> due = new ArrayList<>();
        try (PreparedStatement delete = connection.prepareStatement(TAKE);
                ResultSet rows = delete.executeQuery()) {
            while (rows.next()) {
                due.add(new Due(
                        rows.getString(1), List.of((Long[]) rows.getArray(2).getArray())));
            }
        }
        return due;
    }
}
