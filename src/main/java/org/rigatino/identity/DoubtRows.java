package org.rigatino.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.rigatino.identity.Correction.Doubt;

/**
 * Rows of patient_doubt, messages that are not applied to a study for what studies here, or other messages, say; in the caller's
 * transaction and under the lock of the study. Once some of that was deleted nobody can tell whether a doubt would have ended, and it stays
 * until a person takes the message back (ADR 97).
 */
final class DoubtRows {
    /** What no message names any more, nor leads to. */
    private static final String DELETE =
            """
            with of_none as (
              delete from patient_doubt d where not exists (select from patient_message m where m.id = d.message))
            delete from identity_gone g where not exists (select from patient_message m where m.patient_id = g.patient_id)
              and not exists (select from patient_message m where m.prior_id = g.patient_id and m.prior_id <> '')""";

    private DoubtRows() {}

    /** Whether of what was said of one of the IDs some was deleted: to be asked behind a look at what is there. */
    static boolean isSomeGone(Connection connection, Set<String> ids) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select 1 from identity_gone where patient_id = any (?) union all select 1 from identity_said"
                        + " where patient_ids && ? limit 1")) {
            select.setArray(1, connection.createArrayOf("text", ids.toArray()));
            select.setArray(2, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Keeps those that were found, and ends those of messages that are applied. */
    static void write(Connection connection, String study, Correction correction) throws SQLException {
        Map<Long, Doubt> found = new HashMap<>();
        Set<Long> applied = new HashSet<>();
        correction.messages().forEach((number, message) -> {
            Doubt doubt = correction.doubts().get(message);
            if (doubt != null && doubt.restsOnOthers()) {
                found.put(number, doubt);
            } else if (doubt == null && correction.applied().contains(message)) {
                applied.add(number);
            }
        });
        if (!applied.isEmpty()) {
            execute(
                    connection,
                    "delete from patient_doubt where study_instance_uid = ? and message = any (?)",
                    study,
                    applied.toArray());
        }
        for (Doubt doubt : Set.copyOf(found.values())) {
            execute(
                    connection,
                    "insert into patient_doubt (study_instance_uid, message, why) select ?, unnest(?), '" + doubt
                            + "' on conflict do nothing",
                    study,
                    found.entrySet().stream()
                            .filter(one -> one.getValue() == doubt)
                            .map(Map.Entry::getKey)
                            .toArray());
        }
    }

    private static void execute(Connection connection, String sql, String study, Object[] messages)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, study);
            statement.setArray(2, connection.createArrayOf("bigint", messages));
            statement.executeUpdate();
        }
    }

    /** With whose the study is. */
    static void delete(Connection connection, String study) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from patient_doubt where study_instance_uid = ?")) {
            delete.setString(1, study);
            delete.executeUpdate();
        }
    }

    static void deleteOfNoMessage(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.executeUpdate();
        }
    }
}
