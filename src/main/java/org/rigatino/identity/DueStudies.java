package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;

/**
 * Studies that a message bears on beyond those of its own transaction, for which every other message waits, and those that are joined
 * with what left a mark: rows of identity_due, of which each further transaction takes as many (ADR 93).
 */
@ApplicationScoped
public class DueStudies implements WaitingRows {
    private static final String TAKE =
            "delete from identity_due where id = any (?) returning study_instance_uid, messages";

    private static final String OF_A_MARK =
            "images came of its patient, or of one whom messages join with its patient, or a person said whose images"
                    + " are, or what they said was deleted";

    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    /**
     * However many marks bear on a study it has one row of them, the oldest.
     *
     * @param messages numbers of what came in one, or of the one that is settled; none where a mark is the cause
     */
    static void add(Connection connection, List<String> studies, List<Long> messages) throws SQLException {
        if (studies.isEmpty()) {
            return;
        }
        Sql.change(
                connection,
                "insert into identity_due (study_instance_uid, messages) select unnest(cast(? as text[])),"
                        + " cast(? as bigint[]) on conflict (study_instance_uid) where messages = '{}' do nothing",
                studies,
                Sql.numbers(messages));
    }

    @Override
    public String table() {
        return "identity_due";
    }

    @Override
    public int atOnce() {
        return JoinedStudies.MOST;
    }

    private record Due(String study, List<Long> messages) {}

    @Override
    @Transactional(rollbackOn = Exception.class)
    public void take(List<Long> rows, Instant at) throws SQLException {
        List<AuditTrail.Event> events = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            IdentityLocks.ofMessages(connection);
            List<Due> due = take(connection, rows);
            IdentityLocks.ofStudies(connection, due.stream().map(Due::study).toList());
            Map<Long, RecordedMessage> messages = RecordedMessage.read(
                    connection,
                    due.stream().flatMap(one -> one.messages().stream()).collect(Collectors.toSet()));
            for (Due one : due) {
                tell(one, ShownRows.show(connection, one.study(), at), messages, events);
            }
        }
        audit.append(events);
    }

    /** Where no messages are taken: what was corrected is at its end ({@link TakenBackMessages#endCorrections}). */
    void forget() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Sql.change(connection, "delete from identity_due");
        }
    }

    private static void tell(
            Due due, ShownRows.Change change, Map<Long, RecordedMessage> messages, List<AuditTrail.Event> events) {
        if (!due.messages().isEmpty()) {
            RecordedMessage.tell(
                    due.study(),
                    change,
                    due.messages().stream()
                            .map(messages::get)
                            .filter(Objects::nonNull)
                            .toList(),
                    events);
        } else if (change.lapsed()) {
            events.add(IdentityRows.lapsed(due.study()));
        } else if (change.changed()) {
            events.add(new AuditTrail.Event(EventKind.PATIENT_CORRECTED, due.study(), null, OF_A_MARK));
        }
    }

    private static List<Due> take(Connection connection, List<Long> rows) throws SQLException {
        return Sql.list(
                connection,
                TAKE,
                row -> new Due(
                        row.getString(1), List.of((Long[]) row.getArray(2).getArray())),
                Sql.numbers(rows));
    }
}
