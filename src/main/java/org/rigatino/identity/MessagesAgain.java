package org.rigatino.identity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.patient.IdentityAttribute;

/** Whether a message of a patient came before, and whether an administrator took it back. */
final class MessagesAgain {
    /** Who has taken back what is held when it comes. */
    static final String NOBODY = "Rigatino";

    private static final String SAME = "sending_application = ? and sending_facility = ? and control_id = ?";

    /** Of rows of patient_message: they say the same of the same IDs, whenever that was; a merge whatever it calls them. */
    private static final String SAY_THE_SAME =
            "(%1$s.kind, %1$s.patient_id, %1$s.issuer, %1$s.prior_id, %1$s.prior_issuer)"
                    + " = (%2$s.kind, %2$s.patient_id, %2$s.issuer, %2$s.prior_id, %2$s.prior_issuer)"
                    + " and (%1$s.kind = 'MERGE' or " + values("%1$s") + " = " + values("%2$s") + ")";

    /** That what says the same as {@code v} was let in since, and counts. */
    private static final String LET_IN = "exists (select 1 from patient_message l where " + areSame("v", "l")
            + " and l.id > v.id and l.let_in_at is not null and l.voided_at is null)";

    /** What comes, as a row. */
    private static final String COMES = "with n (kind, patient_id, issuer, prior_id, prior_issuer, patient_name,"
            + " patient_birth_date, patient_sex, event_at, event_until) as (select ?, ?, ?, ?, ?, ?, ?, ?,"
            + " cast(? as timestamptz), cast(? as timestamptz)) ";

    private static final String FIND = COMES + "select exists (select 1 from patient_message where " + SAME
            + " and content_sha256 = ? and (voided_at is null or repeats is not null and let_in_at is null)),"
            + " exists (select 1 from n, patient_message h where " + isHeld("h") + " and " + haveOneContent("n", "h")
            + " and (h.event_at, coalesce(h.event_until, h.event_at)) = (n.event_at, n.event_until)),"
            + " (select v.id from patient_message v where v.id in (select id from patient_message where voided_at is not null and "
            + SAME + " union select s.id from n, patient_message s where s.voided_at is not null and "
            + areSame("n", "s")
            + ") and (v.repeats is null or v.let_in_at is not null) and not " + LET_IN
            + " order by v.content_sha256 = ? desc, v.id desc limit 1)";

    private MessagesAgain() {}

    private static String values(String one) {
        return "(%1$s.patient_name, %1$s.patient_birth_date, %1$s.patient_sex)".formatted(one);
    }

    /** Of rows of patient_message: they say the same, whenever that was. */
    static String areSame(String one, String other) {
        return "(" + SAY_THE_SAME.formatted(one, other) + ")";
    }

    /** Of a row of patient_message: it waits for an administrator. */
    static String isHeld(String one) {
        return "%1$s.repeats is not null and %1$s.let_in_at is null".formatted(one);
    }

    /** Of rows of patient_message: they say the same with the same values, whenever that was. */
    private static String haveOneContent(String one, String other) {
        return "(" + areSame(one, other) + " and " + values(one) + " = " + values(other) + ")";
    }

    /** Of rows of patient_message: both are held, and who lets in the one lets in the other. */
    static String areHeldTogether(String one, String other) {
        return "(" + isHeld(one) + " and " + isHeld(other) + " and " + haveOneContent(one, other) + ")";
    }

    /**
     * What came before.
     *
     * @param known whether the same of the same sender counts, or is held, already; or the same of the same time is held already, whoever
     *     sent that
     * @param takenBack the last one of its content, else of its sender and MSH-10 or that says the same, that was taken back and is not let
     *     in; null where there is none
     */
    record Found(boolean known, Long takenBack) {}

    static Found find(Connection connection, PatientCorrections.Sender sender, PatientMessage message)
            throws SQLException {
        Id prior = message.prior() == null ? new Id("", "") : message.prior();
        return Sql.list(
                        connection,
                        FIND,
                        MessagesAgain::found,
                        message.kind().name(),
                        message.patient().id(),
                        message.patient().issuer(),
                        prior.id(),
                        prior.issuer(),
                        message.value(IdentityAttribute.PATIENT_NAME),
                        message.value(IdentityAttribute.PATIENT_BIRTH_DATE),
                        message.value(IdentityAttribute.PATIENT_SEX),
                        message.eventAt(),
                        message.eventUntil(),
                        sender.application(),
                        sender.facility(),
                        sender.controlId(),
                        message.content(),
                        sender.application(),
                        sender.facility(),
                        sender.controlId(),
                        message.content())
                .get(0);
    }

    private static Found found(ResultSet row) throws SQLException {
        Long takenBack = row.getObject(3, Long.class);
        return new Found(row.getBoolean(1) || takenBack != null && row.getBoolean(2), takenBack);
    }
}
