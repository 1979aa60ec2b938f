package org.rigatino.identity;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of identity_said: of whose patient images say another thing, or another of them counts. Triggers of identity_statement and
 * study_patient write them, in the transaction of whoever changes those (ADR 92).
 */
final class IdentityMarks {
    private static final int AT_ONCE = 50;

    /** With IDs that a message is of: of others nothing is shown but what their own images say. */
    private static final String READ =
            """
            with due as (select id, study_instance_uid, patient_ids from identity_said order by id limit %d)
            select d.study_instance_uid, array_agg(d.id), array(
                select said.id from (
                  select s.patient_id as id from identity_statement s where s.study_instance_uid = d.study_instance_uid
                  union
                  select unnest(gone.patient_ids) from due gone where gone.study_instance_uid = d.study_instance_uid) said
                where said.id <> '' and (
                  exists (select 1 from patient_message p where p.patient_id = said.id and p.voided_at is null)
                  or exists (select 1 from patient_message p where p.prior_id = said.id and p.prior_id <> ''
                    and p.voided_at is null)))
            from due d group by d.study_instance_uid order by min(d.id)"""
                    .formatted(AT_ONCE);

    private IdentityMarks() {}

    /** One study's, once or several times. */
    record Mark(String study, Array rows, String[] ids) {}

    static boolean areAny(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from identity_said limit 1");
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    /** The oldest of them. */
    static List<Mark> read(Connection connection) throws SQLException {
        List<Mark> marks = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(READ);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                marks.add(new Mark(rows.getString(1), rows.getArray(2), (String[])
                        rows.getArray(3).getArray()));
            }
        }
        return marks;
    }

    static void delete(Connection connection, Mark mark) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from identity_said where id = any (?)")) {
            delete.setArray(1, mark.rows());
            delete.executeUpdate();
        }
    }

    static void deleteAll(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from identity_said")) {
            delete.executeUpdate();
        }
    }
}
