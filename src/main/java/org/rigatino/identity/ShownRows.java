package org.rigatino.identity;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;
import org.rigatino.patient.UnknownPatientValues;

/**
 * What is shown of whose studies are, a row of study_identity each: made of what {@link IdentityRows} recorded and of what messages
 * say, in the caller's transaction and under the lock of the study's first revision.
 */
final class ShownRows {
    private static final String COLUMNS = String.join(", ", IdentityAttribute.columns());
    private static final String PARAMETERS =
            String.join(", ", Collections.nCopies(IdentityAttribute.values().length, "?"));

    private static final String CORRECTION =
            "corrected_at, former_ids, former_issuers, former_birth_dates, former_sexes";

    private static final String SHOW = "insert into study_identity (study_instance_uid, state, changed_at, study_day,"
            + " words, " + COLUMNS + ", " + CORRECTION + ") values (?, ?, ?, ?, array_to_tsvector(?), " + PARAMETERS
            + ", ?, ?, ?, ?, ?) on conflict (study_instance_uid) do update set (state, changed_at, study_day, words, "
            + COLUMNS + ", " + CORRECTION + ") = row (excluded.state, excluded.changed_at, excluded.study_day,"
            + " excluded.words, excluded." + String.join(", excluded.", IdentityAttribute.columns())
            + ", excluded." + CORRECTION.replace(", ", ", excluded.") + ")";

    private ShownRows() {}

    /**
     * What became of what is shown.
     *
     * @param changed whether another patient, or the same one otherwise, is shown
     * @param lapsed whether messages corrected it before, and none does now
     * @param correction what messages make of it
     */
    record Change(boolean changed, boolean lapsed, Correction correction) {}

    /** Makes what is shown anew of what instances say and messages correct. */
    static Change show(Connection connection, String study, Instant at) throws SQLException {
        List<Shown.Said> statements = statements(connection, study);
        if (statements.isEmpty()) {
            return new Change(false, false, Correction.NONE);
        }
        Set<String> right = right(connection, study);
        Shown said = Shown.of(statements, right, UnknownPatientValues.of(ConfigProvider.getConfig()));
        Correction correction = PatientMessages.correction(connection, study, said);
        Shown shown = said.with(correction);
        boolean lapsed = correction.at() == null && isCorrected(connection, study);
        boolean changed = !shown.values().equals(before(connection, study));
        write(connection, study, shown, at);
        DoubtRows.write(connection, study, shown.patients(), correction);
        DoubtRows.writeOfOthers(connection, study, statements, others(statements, said, right));
        return new Change(changed, lapsed, correction);
    }

    /** Patients whom instances name and who are not shown, but a person might say that it is one of them. */
    private static Set<String> others(List<Shown.Said> statements, Shown said, Set<String> right) {
        Set<String> others = new LinkedHashSet<>();
        boolean known = said.state() == IdentityState.RECORDED;
        if (!known || !right.isEmpty()) {
            statements.forEach(each -> others.add(each.identity().patient()));
        }
        if (known) {
            others.removeAll(right);
        }
        return others;
    }

    /** What instances say, before messages correct it. */
    static Shown said(Connection connection, String study) throws SQLException {
        UnknownPatientValues unknown = UnknownPatientValues.of(ConfigProvider.getConfig());
        return Shown.of(statements(connection, study), right(connection, study), unknown);
    }

    static boolean isCorrected(Connection connection, String study) throws SQLException {
        return Sql.isAny(
                connection,
                "select 1 from study_identity where study_instance_uid = ? and corrected_at is not null",
                study);
    }

    /** Attributes of the patient that would be shown otherwise for that alone, from what to what; nothing is changed. */
    static Map<IdentityAttribute, List<String>> wouldChange(
            Connection connection, String study, PatientMessages.Imagined imagined) throws SQLException {
        if (statements(connection, study).isEmpty()) {
            return Map.of();
        }
        Shown said = said(connection, study);
        Map<IdentityAttribute, String> then = said.with(PatientMessages.correction(connection, study, said, imagined))
                .values();
        Map<IdentityAttribute, String> now =
                said.with(PatientMessages.correction(connection, study, said)).values();
        Map<IdentityAttribute, List<String>> changed = new EnumMap<>(IdentityAttribute.class);
        for (IdentityAttribute attribute : Shown.OF_PATIENT) {
            List<String> values = List.of(now.getOrDefault(attribute, ""), then.getOrDefault(attribute, ""));
            if (!values.get(0).equals(values.get(1))) {
                changed.put(attribute, values);
            }
        }
        return changed;
    }

    /** What is shown, empty values aside. */
    static Map<IdentityAttribute, String> before(Connection connection, String study) throws SQLException {
        Map<IdentityAttribute, String> before = new EnumMap<>(IdentityAttribute.class);
        Sql.list(
                        connection,
                        "select " + COLUMNS + " from study_identity where study_instance_uid = ?",
                        row -> values(row, 1),
                        study)
                .forEach(before::putAll);
        before.values().removeIf(String::isEmpty);
        return before;
    }

    static List<Shown.Said> statements(Connection connection, String study) throws SQLException {
        return Sql.list(
                connection,
                "select recorded_at, patient, " + COLUMNS
                        + " from identity_statement where study_instance_uid = ? order by id",
                row -> new Shown.Said(
                        new StudyIdentity(row.getString(2), values(row, 3)),
                        row.getObject(1, OffsetDateTime.class).toInstant()),
                study);
    }

    /** @param first column of them */
    static Map<IdentityAttribute, String> values(ResultSet row, int first) throws SQLException {
        Map<IdentityAttribute, String> values = new EnumMap<>(IdentityAttribute.class);
        for (IdentityAttribute attribute : IdentityAttribute.values()) {
            values.put(attribute, row.getString(first + attribute.ordinal()));
        }
        return values;
    }

    static Set<String> right(Connection connection, String study) throws SQLException {
        return new HashSet<>(
                Sql.texts(connection, "select patient from study_patient where study_instance_uid = ?", study));
    }

    static void write(Connection connection, String study, Shown shown, Instant at) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(SHOW)) {
            insert.setString(1, study);
            insert.setString(2, shown.state().name());
            insert.setObject(3, at.atOffset(ZoneOffset.UTC));
            insert.setObject(4, shown.studyDay());
            insert.setArray(5, connection.createArrayOf("text", shown.words().toArray()));
            int place = 6;
            for (String text : shown.texts().toList()) {
                insert.setString(place++, text);
            }
            bind(connection, insert, place, shown);
            insert.executeUpdate();
        }
    }

    private static void bind(Connection connection, PreparedStatement insert, int first, Shown shown)
            throws SQLException {
        Correction correction = shown.correction();
        insert.setObject(first, correction.at() == null ? null : correction.at().atOffset(ZoneOffset.UTC));
        insert.setArray(
                first + 1, texts(connection, correction.former().stream().map(PatientMessage.Id::id)));
        insert.setArray(
                first + 2, texts(connection, correction.former().stream().map(PatientMessage.Id::issuer)));
        insert.setArray(first + 3, texts(connection, Stream.ofNullable(correction.birthDate())));
        insert.setArray(first + 4, texts(connection, Stream.ofNullable(correction.sex())));
    }

    private static Array texts(Connection connection, Stream<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
