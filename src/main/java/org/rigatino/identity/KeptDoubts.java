package org.rigatino.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rigatino.identity.Correction.Doubt;
import org.rigatino.identity.PatientMessage.Kind;
import org.rigatino.identity.PatientMessages.Counted;

/**
 * Doubts that a study's messages stay in once something that those may rest on was deleted (ADR 97), and in which what says the same again
 * is, whenever it was and whoever sends it (ADR 104). A person's act ends them, and nothing that is said.
 */
final class KeptDoubts {
    /**
     * The study's own, of messages that were taken back, too; and merges of the same IDs in doubt for other studies, or for some that are
     * deleted, but one of an ID that a merge into the same has led the study away from. What is of another patient whom the study's images
     * name is not its own.
     */
    private static final String READ =
            """
            select m.kind, m.event_at, m.patient_id, m.issuer, m.prior_id, m.prior_issuer, m.patient_name, m.patient_birth_date,
              m.patient_sex, coalesce(m.event_until, m.event_at), m.id, d.why, d.own
            from (select message, why, not exists (
                select from patient_message p
                  join identity_statement t on t.patient_id = p.prior_id and p.prior_id not in ('', ?)
                where p.id = message and t.study_instance_uid = patient_doubt.study_instance_uid) as own
              from patient_doubt where study_instance_uid = ?
              union all
              (select distinct on (o.message) o.message, o.why, false from patient_message s join patient_doubt o on o.message = s.id
              where s.kind = 'MERGE' and s.prior_id <> '' and s.prior_id = any (?) and o.study_instance_uid <> ?
                and not exists (select from study_identity i
                  where i.study_instance_uid = ? and s.prior_id = any (i.former_ids)
                    and (s.patient_id = i.patient_id or s.patient_id = any (i.former_ids)))
              order by o.message)) d
              join patient_message m on m.id = d.message
            order by m.id""";

    private KeptDoubts() {}

    private record Kept(long number, PatientMessage message, Doubt doubt, boolean own) {}

    /**
     * Empty where nothing was deleted: all that speaks against a message is there then. To be asked behind a look at what images say.
     *
     * @param id whom the study's images name, and is shown
     * @param counted messages that are followed
     * @param ids of theirs
     */
    static Map<PatientMessage, Doubt> of(
            Connection connection, String study, String id, List<Counted> counted, Set<String> ids)
            throws SQLException {
        if (!DoubtRows.isSomeGone(connection, ids)) {
            return Map.of();
        }
        List<Kept> kept = read(connection, study, id, ids);
        Map<PatientMessage, Doubt> doubts = new HashMap<>();
        for (Counted one : counted) {
            kept.stream()
                    .filter(doubt -> isIn(doubt, one, counted))
                    .findFirst()
                    .ifPresent(doubt -> doubts.put(one.message(), doubt.doubt()));
        }
        return doubts;
    }

    private static boolean isIn(Kept doubt, Counted one, List<Counted> counted) {
        return doubt.own() && doubt.number() == one.number()
                || (isSame(doubt, one, counted) || leadsThere(doubt, one, counted))
                        && counted.stream()
                                .noneMatch(other -> other.letIn()
                                        && other.number() > doubt.number()
                                        && (isSame(doubt, other, counted)
                                                || other.message().saysAgain(one.message())));
    }

    /** A merge of another ID, which the one in doubt, or of the study itself the study's, was merged into, into the same. */
    private static boolean leadsThere(Kept doubt, Counted one, List<Counted> counted) {
        return doubt.message().kind() == Kind.MERGE
                && one.message().kind() == Kind.MERGE
                && one.message().patient().equals(doubt.message().patient())
                && (doubt.own()
                        || counted.stream()
                                .map(Counted::message)
                                .anyMatch(between -> between.kind() == Kind.MERGE
                                        && between.prior()
                                                .equals(doubt.message().prior())
                                        && between.patient()
                                                .equals(one.message().prior())));
    }

    /** Of an update of several persons also where it says something else of two of them. */
    private static boolean isSame(Kept doubt, Counted one, List<Counted> counted) {
        return one.message().saysAgain(doubt.message())
                || doubt.doubt() == Doubt.SEVERAL_PERSONS
                        && one.message().patient().equals(doubt.message().patient())
                        && !Collections.disjoint(one.others(), others(doubt, counted));
    }

    private static Set<PatientMessage.Id> others(Kept doubt, List<Counted> counted) {
        Optional<Counted> same =
                counted.stream().filter(one -> one.number() == doubt.number()).findFirst();
        return same.isPresent() ? same.get().others() : Set.of();
    }

    private static List<Kept> read(Connection connection, String study, String id, Set<String> ids)
            throws SQLException {
        List<Kept> kept = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(READ)) {
            select.setString(1, id);
            select.setString(2, study);
            select.setArray(3, connection.createArrayOf("text", ids.toArray()));
            select.setString(4, study);
            select.setString(5, study);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    kept.add(new Kept(
                            rows.getLong(11),
                            PatientMessages.message(rows),
                            Doubt.valueOf(rows.getString(12)),
                            rows.getBoolean(13)));
                }
            }
        }
        return kept;
    }
}
