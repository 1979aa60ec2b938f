package org.rigatino.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Whether a message of a patient came before, and whether an administrator took it back. */
final class MessagesAgain {
    /** Who has taken back what is held when it comes. */
    static final String NOBODY = "Rigatino";

    private static final String SAME = "sending_application = ? and sending_facility = ? and control_id = ?";

    /** A merge of the same two is the same, whatever its time and whatever it calls them: who took it back said that they are two persons. */
    private static final String SAME_MERGE =
            "v.kind = 'MERGE' and (v.patient_id, v.issuer, v.prior_id, v.prior_issuer)";

    /** That the very same as {@code v}, of the same IDs, was let in since, and counts. */
    private static final String LET_IN = "exists (select 1 from patient_message l where l.patient_id = v.patient_id"
            + " and (l.content_sha256 = v.content_sha256 or " + SAME_MERGE
            + " = (l.patient_id, l.issuer, l.prior_id, l.prior_issuer)) and l.id > v.id and l.let_in_at is not null"
            + " and l.voided_at is null)";

    private static final String FIND = "select exists (select 1 from patient_message where " + SAME
            + " and content_sha256 = ? and (voided_at is null or repeats is not null and let_in_at is null)),"
            + " (select v.id from patient_message v where v.voided_at is not null and (v.content_sha256 = ? or " + SAME
            + " or " + SAME_MERGE + " = (?, ?, ?, ?)) and (v.repeats is null or v.let_in_at is not null) and not "
            + LET_IN
            + " order by v.content_sha256 = ? desc, v.id desc limit 1)";

    private MessagesAgain() {}

    /** Of rows of patient_message: they say the same, a merge whatever its time. */
    static String areSame(String one, String other) {
        return "(%1$s.content_sha256 = %2$s.content_sha256 or %1$s.kind = 'MERGE' and (%1$s.patient_id, %1$s.issuer, %1$s.prior_id,"
                        .formatted(one, other)
                + " %1$s.prior_issuer) = (%2$s.patient_id, %2$s.issuer, %2$s.prior_id, %2$s.prior_issuer))"
                        .formatted(one, other);
    }

    /**
     * What came before.
     *
     * @param known whether the same of the same sender counts, or is held, already
     * @param takenBack the last one of its content, else of its sender and MSH-10 or a merge of the same IDs, that was taken back and is
     *     not let in; null where there is none
     */
    record Found(boolean known, Long takenBack) {}

    static Found find(Connection connection, PatientCorrections.Sender sender, PatientMessage message)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIND)) {
            bind(select, 1, sender);
            select.setString(4, message.content());
            select.setString(5, message.content());
            bind(select, 6, sender);
            select.setString(9, message.patient().id());
            select.setString(10, message.patient().issuer());
            select.setString(11, message.prior() == null ? "" : message.prior().id());
            select.setString(12, message.prior() == null ? "" : message.prior().issuer());
            select.setString(13, message.content());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Found(row.getBoolean(1), row.getObject(2, Long.class));
            }
        }
    }

    private static void bind(PreparedStatement select, int first, PatientCorrections.Sender sender)
            throws SQLException {
        select.setString(first, sender.application());
        select.setString(first + 1, sender.facility());
        select.setString(first + 2, sender.controlId());
    }
}
