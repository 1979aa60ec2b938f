package org.rigatino.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.rigatino.identity.PatientCorrections.Sender;
import org.rigatino.patient.IdentityAttribute;

/** Adds and deletes rows of patient_message, in the caller's transaction and behind {@link IdentityLocks#ofMessages}. */
final class PatientMessageRows {
    /** Messages of one ID within a day: no patient changes more often. */
    private static final int MOST_OF_A_DAY = 500;

    private static final String INSERT = "insert into patient_message (received_at, sending_application,"
            + " sending_facility, control_id, kind, event_at, patient_id, issuer, prior_id, prior_issuer, patient_name,"
            + " patient_birth_date, patient_sex, salt, content_sha256, event_until, repeats, voided_at, voided_by) values (?, ?, ?, ?, ?, ?, ?,"
            + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (sending_application, sending_facility, control_id, content_sha256) where voided_at is null"
            + " do nothing returning id";

    /** Of a message: a study is of its IDs, images of which came before the event, or is shown under one of them. */
    private static final String SHOWS = "(exists (select 1 from identity_statement s where s.patient_id <> ''"
            + " and s.patient_id in (%1$s.patient_id, %1$s.prior_id)"
            + " and s.recorded_at <= coalesce(%1$s.event_until, %1$s.event_at))"
            + " or exists (select 1 from study_identity i join identity_statement s"
            + " on s.study_instance_uid = i.study_instance_uid"
            + " and s.recorded_at <= coalesce(%1$s.event_until, %1$s.event_at)"
            + " where i.state = 'RECORDED' and i.patient_id <> ''"
            + " and (i.patient_id in (%1$s.patient_id, %1$s.prior_id)"
            + " or i.former_ids && array[%1$s.patient_id, %1$s.prior_id])))";

    /**
     * Of a message, or of one that merges from a study's ID lead to: it tells whether those are of one person. Merges that are held lead there once they
     * are let in.
     */
    private static final String TELLS = "(" + SHOWS.formatted("one")
            + " or exists (with recursive merged (message, id) as ("
            + "select one.id, first.id from (values (one.patient_id), (one.prior_id)) first (id) where first.id <> ''"
            + " union select k.id, k.prior_id" + MergedIds.INTO + ")"
            + " select 1 from merged join patient_message k on k.id = merged.message and k.id <> one.id where "
            + SHOWS.formatted("k") + "))";

    /**
     * IDs that other merges join with the one that a merge in doubt merges, where a study is of one of them: what leads from them to who is left
     * there is in doubt by that (ADR 97, 105).
     */
    private static final String IN_DOUBT =
            """
            with recursive joined (message, apart, id) as (
              select m.id, m.patient_id, m.prior_id from patient_message m
                where m.kind = 'MERGE' and m.prior_id <> '' and m.id in (select message from patient_doubt)
              union
              select joined.message, joined.apart, other.id from joined cross join lateral ("""
                    + MergedIds.NEXT
                    + """
            ) other where other.id not in ('', joined.apart)),
            in_doubt (message, id) as (
              select message, id from joined where message in (
                select o.message from joined o join identity_statement s on s.patient_id = o.id))
            """;

    /**
     * Nor of an update of several IDs one of them: whose the others are tells whether it is of one person. Nor a merge in doubt, be it for a
     * study that is deleted, nor one that joins its ID with others, while a study is of one of them.
     */
    private static final String DELETE = IN_DOUBT
            + "delete from patient_message m where m.received_at < ? and m.id not in (select message from in_doubt)"
            + " and not (m.kind = 'MERGE' and m.prior_id in (select id from in_doubt)) and not exists ("
            + "select 1 from (select m.id, m.patient_id, m.prior_id, m.event_at, m.event_until"
            + " union all select s.id, s.patient_id, s.prior_id, s.event_at, s.event_until from patient_message s"
            + " where s.voided_at is null and s.id <> m.id and " + PatientMessages.SAID_WITH + ") one where " + TELLS
            + ")";

    private PatientMessageRows() {}

    /** @param most merges of IDs of which there is no study */
    static boolean hasRoom(Connection connection, String[] ids, int most) throws SQLException {
        return Sql.list(
                        connection,
                        "select (select count(*) from patient_message where (patient_id = any (?)"
                                + " or prior_id <> '' and prior_id = any (?)) and (voided_at is null or repeats is not null)"
                                + " and received_at > now() - interval '1 day'),"
                                + " (select count(*) from (select 1 from patient_message m where kind = 'MERGE' and voided_at is null"
                                + " and not exists (select 1 from identity_statement s where s.patient_id <> ''"
                                + " and s.patient_id in (m.patient_id, m.prior_id)) limit ?) as merges)",
                        row -> row.getInt(1) < MOST_OF_A_DAY && row.getInt(2) < most,
                        Arrays.asList(ids),
                        Arrays.asList(ids),
                        most == Integer.MAX_VALUE ? 0 : most)
                .get(0);
    }

    /** Null where it is there already. */
    static Long insert(
            Connection connection, Sender sender, PatientMessage message, byte[] salt, Long repeats, Instant at)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, at.atOffset(ZoneOffset.UTC));
            insert.setString(2, sender.application());
            insert.setString(3, sender.facility());
            insert.setString(4, sender.controlId());
            insert.setString(5, message.kind().name());
            insert.setObject(6, message.eventAt().atOffset(ZoneOffset.UTC));
            insert.setString(7, message.patient().id());
            insert.setString(8, message.patient().issuer());
            insert.setString(9, message.prior() == null ? "" : message.prior().id());
            insert.setString(10, message.prior() == null ? "" : message.prior().issuer());
            insert.setString(11, message.value(IdentityAttribute.PATIENT_NAME));
            insert.setString(12, message.value(IdentityAttribute.PATIENT_BIRTH_DATE));
            insert.setString(13, message.value(IdentityAttribute.PATIENT_SEX));
            insert.setBytes(14, salt);
            insert.setString(15, message.content());
            insert.setObject(16, message.eventUntil().atOffset(ZoneOffset.UTC));
            insert.setObject(17, repeats, Types.BIGINT);
            insert.setObject(18, repeats == null ? null : at.atOffset(ZoneOffset.UTC));
            insert.setString(19, repeats == null ? null : MessagesAgain.NOBODY);
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? row.getLong(1) : null;
            }
        }
    }

    static int deleteBefore(Connection connection, Instant before) throws SQLException {
        return Sql.change(connection, DELETE, before);
    }
}
