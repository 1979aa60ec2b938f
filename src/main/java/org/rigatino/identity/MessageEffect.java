package org.rigatino.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rigatino.patient.IdentityAttribute;

/**
 * What taking back a message, or letting in one that is held, would change.
 *
 * @param studies by Study Instance UID, each with the attributes of its patient that would be shown otherwise
 * @param all whether these are all; else more are joined with the message's IDs than are looked at, and others may be shown otherwise, too
 * @param digest of that with the values, from which none can be guessed
 */
public record MessageEffect(
        PatientMessageView message, Map<String, List<IdentityAttribute>> studies, boolean all, String digest) {
    /** Who looks waits for them. */
    private static final int MOST = 2 * JoinedStudies.MOST;

    /** Empty where there is no such message. */
    static Optional<MessageEffect> of(Connection connection, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                ListedMessages.SELECT.replace(" from", ", patient_id, prior_id, salt from") + "where id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                PatientMessageView message = ListedMessages.view(row);
                JoinedStudies joined = JoinedStudies.of(connection, row.getString(12), row.getString(13));
                List<String> looked =
                        joined.studies().stream().sorted().limit(MOST).toList();
                Map<String, Map<IdentityAttribute, List<String>>> changed = changed(connection, message, looked);
                boolean all = joined.all() && looked.size() == joined.studies().size();
                Map<String, List<IdentityAttribute>> attributes = new TreeMap<>();
                changed.forEach((study, values) -> attributes.put(study, List.copyOf(values.keySet())));
                return Optional.of(new MessageEffect(
                        message, attributes, all, PatientMessage.digest(row.getBytes(14), all + " " + changed)));
            }
        }
    }

    private static Map<String, Map<IdentityAttribute, List<String>>> changed(
            Connection connection, PatientMessageView message, List<String> studies) throws SQLException {
        PatientMessages.Imagined imagined = message.isHeld()
                ? new PatientMessages.Imagined(-1, message.id())
                : new PatientMessages.Imagined(message.id(), -1);
        Map<String, Map<IdentityAttribute, List<String>>> changed = new TreeMap<>();
        for (String study : studies) {
            Map<IdentityAttribute, List<String>> values = ShownRows.wouldChange(connection, study, imagined);
            if (!values.isEmpty()) {
                changed.put(study, values);
            }
        }
        return changed;
    }
}
