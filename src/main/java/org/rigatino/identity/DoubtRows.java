package org.rigatino.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.identity.Correction.Doubt;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;
import org.rigatino.patient.UnknownPatientValues;

/**
 * Rows of patient_doubt, messages that are not applied to a study for what studies here, or other messages, say, or would not be; in the caller's
 * transaction and under the lock of the study. Once some of that was deleted nobody can tell whether a doubt would have ended, and it stays
 * until a person takes the message back (ADR 97).
 */
final class DoubtRows {
    /** Of IDs that instances of a study name those that a message has. */
    private static final String NAMED =
            """
            select said.id from unnest(?) said (id) where said.id <> '' and (
              exists (select from patient_message m where m.patient_id = said.id)
              or exists (select from patient_message m where m.prior_id = said.id and m.prior_id <> ''))""";

    /** Of a merge as long as another study is of the ID that it merges, or of one that merges join with that, which may be shown by what says the same. */
    private static final String DELETE_OF_STUDY =
            """
            delete from patient_doubt d where d.study_instance_uid = ? and not exists (
              with recursive joined (id, apart) as (
                select m.prior_id, m.patient_id from patient_message m
                  where m.id = d.message and m.kind = 'MERGE' and m.prior_id <> ''
                union
                select other.id, joined.apart from joined cross join lateral ("""
                    + MergedIds.NEXT
                    + """
            ) other where other.id not in ('', joined.apart))
              select from joined join identity_statement s on s.patient_id = joined.id)""";

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
        return Sql.isAny(
                connection,
                "select 1 from identity_gone where patient_id = any (?) union all select 1 from identity_said"
                        + " where patient_ids <> '{}' and patient_ids && ? limit 1",
                ids,
                ids);
    }

    /**
     * Keeps those that were found, and ends those of messages that are applied.
     *
     * @param patients of the study, who are shown: those of others whom its images name stay
     */
    static void write(Connection connection, String study, Set<String> patients, Correction correction)
            throws SQLException {
        Set<Long> applied = new HashSet<>();
        correction.messages().forEach((number, message) -> {
            if (correction.of(message) == null && correction.applied().contains(message)) {
                applied.add(number);
            }
        });
        if (!applied.isEmpty()) {
            Sql.change(
                    connection,
                    "delete from patient_doubt where study_instance_uid = ? and message = any (?) and patient = any (?)",
                    study,
                    Sql.numbers(applied),
                    patients);
        }
        keep(connection, study, patients, correction);
    }

    /**
     * Keeps those of each patient whom instances name beside the one that is shown, or whom nobody knows: a person may say that it is that
     * one's.
     *
     * @param patients as {@link StudyIdentity#patient} names them
     */
    static void writeOfOthers(Connection connection, String study, List<Shown.Said> statements, Set<String> patients)
            throws SQLException {
        if (patients.isEmpty()) {
            return;
        }
        UnknownPatientValues unknown = UnknownPatientValues.of(ConfigProvider.getConfig());
        Set<String> named = named(connection, statements);
        for (String patient : patients) {
            Shown shown = Shown.of(statements, Set.of(patient), unknown);
            if (named.contains(shown.values().get(IdentityAttribute.PATIENT_ID))) {
                keep(connection, study, shown.patients(), PatientMessages.correction(connection, study, shown));
            }
        }
    }

    private static Set<String> named(Connection connection, List<Shown.Said> statements) throws SQLException {
        List<String> ids = statements.stream()
                .map(said -> said.identity().value(IdentityAttribute.PATIENT_ID))
                .distinct()
                .toList();
        return new HashSet<>(Sql.texts(connection, NAMED, ids));
    }

    private static void keep(Connection connection, String study, Set<String> patients, Correction correction)
            throws SQLException {
        Map<Long, Doubt> found = new HashMap<>();
        correction.messages().forEach((number, message) -> {
            Doubt doubt = correction.forWhatOthersSay(message);
            if (doubt != null) {
                found.put(number, doubt);
            }
        });
        for (Doubt doubt : Set.copyOf(found.values())) {
            Sql.change(
                    connection,
                    "insert into patient_doubt (study_instance_uid, message, why, patient) select ?, doubted.message, '"
                            + doubt + "', whose.patient from unnest(?) doubted (message), unnest(?) whose (patient)"
                            + " on conflict do nothing",
                    study,
                    Sql.numbers(found.entrySet().stream()
                            .filter(one -> one.getValue() == doubt)
                            .map(Map.Entry::getKey)
                            .toList()),
                    patients);
        }
    }

    /** With whose the study is, behind that. */
    static void delete(Connection connection, String study) throws SQLException {
        Sql.change(connection, DELETE_OF_STUDY, study);
    }

    static void deleteOfNoMessage(Connection connection) throws SQLException {
        Sql.change(connection, DELETE);
    }
}
