package org.rigatino.identity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.identity.CorrectedStudies.Kept;
import org.rigatino.identity.PatientCorrections.Sender;

/**
 * A message as it stands on record by now, for the trail of studies that follow it.
 *
 * @param sender without an address, which is kept in the trail alone
 * @param takenBackBy null where it counts
 * @param letInBy null where nobody had to
 */
record RecordedMessage(Sender sender, Kept kept, String takenBackBy, String letInBy) {
    private static final String READ =
            "select kind, event_at, patient_id, issuer, prior_id, prior_issuer, patient_name,"
                    + " patient_birth_date, patient_sex, coalesce(event_until, event_at), id, salt, sending_application,"
                    + " sending_facility, control_id, case when voided_at is not null then voided_by end, let_in_by"
                    + " from patient_message where id = any (?)";

    /** By number, without those that are not there any more. */
    static Map<Long, RecordedMessage> read(Connection connection, Collection<Long> ids) throws SQLException {
        return Sql.list(connection, READ, RecordedMessage::of, Sql.numbers(ids)).stream()
                .collect(Collectors.toMap(message -> message.kept().id(), Function.identity()));
    }

    private static RecordedMessage of(ResultSet row) throws SQLException {
        PatientMessage message = PatientMessages.message(row);
        long id = row.getLong(11);
        return new RecordedMessage(
                new Sender(row.getString(13), row.getString(14), row.getString(15), null),
                new Kept(id, message, detail(message, id, row.getBytes(12))),
                row.getString(16),
                row.getString(17));
    }

    /** As the trail calls it. */
    static String detail(PatientMessage message, long id, byte[] salt) {
        return message.kind() + ", message " + id + ", salted sha256 " + message.sha256(salt);
    }

    /**
     * What became of a study that follows.
     *
     * @param messages for which it was due
     * @param events gets it
     */
    static void tell(
            String study, ShownRows.Change change, List<RecordedMessage> messages, List<AuditTrail.Event> events) {
        List<Kept> kept = new ArrayList<>();
        for (RecordedMessage message : messages) {
            if (message.takenBackBy() == null && message.letInBy() == null) {
                kept.add(message.kept());
            } else if (change.changed()) {
                events.add(message.settled(study));
            }
        }
        if (!kept.isEmpty()) {
            CorrectedStudies.tell(study, change, messages.get(0).sender(), kept, events);
        }
    }

    private AuditTrail.Event settled(String study) {
        boolean back = takenBackBy != null;
        String detail = kept.message().kind() + ", message " + kept.id();
        return new Actor(back ? takenBackBy : letInBy, null)
                .did(new AuditTrail.Event(
                        back ? EventKind.PATIENT_MESSAGE_TAKEN_BACK : EventKind.PATIENT_MESSAGE_LET_IN,
                        study,
                        null,
                        detail));
    }
}
