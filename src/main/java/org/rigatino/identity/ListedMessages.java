package org.rigatino.identity;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.rigatino.identity.PatientMessage.Kind;

/** Updates and merges of patients that came, and what to take one of them back would change; {@link TakenBackMessages} does. */
@ApplicationScoped
public class ListedMessages {
    /** Of those that are listed. */
    public static final int MOST = 50;

    static final String SELECT = "select id, kind, event_at, received_at, sending_application, sending_facility,"
            + " voided_at, voided_by, repeats, let_in_at, let_in_by from patient_message ";

    private static final String LIST = SELECT + "order by id desc limit " + MOST;

    private static final String NOT_WHEN_THEY_CAME = "select cast(substring(detail from 'message (\\d+)') as bigint),"
            + " min(detail) filter (where kind = 'PATIENT_NOT_CORRECTED') from audit_event"
            + " where kind in ('PATIENT_CORRECTED', 'PATIENT_NOT_CORRECTED') and study_instance_uid is not null"
            + " and occurred_at >= ? and detail ~ '^[A-Z]+, message \\d+'"
            + " group by 1 having bool_and(kind = 'PATIENT_NOT_CORRECTED')";

    @Inject
    DataSource dataSource;

    /** The last that came, without whose they are. */
    @Transactional
    public List<PatientMessageView> list() {
        List<PatientMessageView> found;
        try (Connection connection = dataSource.getConnection()) {
            found = Sql.list(connection, LIST, ListedMessages::view);
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("listed", e);
        }
        Map<Long, NotCorrected.Why> notApplied = notWhenTheyCame(found);
        return found.stream()
                .map(message -> message.notApplied(notApplied.get(message.id())))
                .toList();
    }

    /**
     * Those of which the trail has a doubt and no study that they changed when they came, whatever they do by now; without those that an
     * administrator has held up.
     */
    private Map<Long, NotCorrected.Why> notWhenTheyCame(List<PatientMessageView> messages) {
        Map<Long, NotCorrected.Why> why = new HashMap<>();
        Optional<Instant> since =
                messages.stream().map(PatientMessageView::receivedAt).min(Instant::compareTo);
        if (since.isEmpty()) {
            return why;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(NOT_WHEN_THEY_CAME)) {
            select.setObject(1, since.get().atOffset(ZoneOffset.UTC));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    why.put(rows.getLong(1), NotCorrected.why(rows.getString(2)));
                }
            }
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("listed", e);
        }
        return why;
    }

    /** Without a value of anybody; empty where there is no such message. */
    @Transactional
    public Optional<MessageEffect> effect(long id) {
        try (Connection connection = dataSource.getConnection()) {
            return MessageEffect.of(connection, id);
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("listed", e);
        }
    }

    /** Of a row of {@link #SELECT}. */
    static PatientMessageView view(ResultSet row) throws SQLException {
        String facility = row.getString(6);
        return new PatientMessageView(
                row.getLong(1),
                Kind.valueOf(row.getString(2)),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                facility.isEmpty() ? row.getString(5) : row.getString(5) + "|" + facility,
                time(row, 7),
                row.getString(8),
                row.getObject(9, Long.class),
                time(row, 10),
                row.getString(11),
                null);
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
