package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;
import org.rigatino.patient.UnknownPatientValues;

/**
 * Writes whose studies are, in the caller's transaction, who holds the lock of the studies: their first revisions' rows. Its
 * exceptions have the database's state and not its message, which quotes values.
 */
@ApplicationScoped
public class IdentityRows {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String COLUMNS = String.join(", ", IdentityAttribute.columns());
    private static final String PARAMETERS =
            String.join(", ", Collections.nCopies(IdentityAttribute.values().length, "?"));

    private static final String INSERT =
            "insert into identity_statement (study_instance_uid, recorded_at, content_sha256," + " salt, patient, "
                    + COLUMNS + ") values (?, ?, ?, ?, ?, " + PARAMETERS + ")";

    private static final String CORRECTION =
            "corrected_at, former_ids, former_issuers, former_birth_dates, former_sexes";

    private static final String SHOW = "insert into study_identity (study_instance_uid, state, changed_at, study_day,"
            + " words, " + COLUMNS + ", " + CORRECTION + ") values (?, ?, ?, ?, array_to_tsvector(?), " + PARAMETERS
            + ", ?, ?, ?, ?, ?) on conflict (study_instance_uid) do update set (state, changed_at, study_day, words, "
            + COLUMNS + ", " + CORRECTION + ") = row (excluded.state, excluded.changed_at, excluded.study_day,"
            + " excluded.words, excluded." + String.join(", excluded.", IdentityAttribute.columns())
            + ", excluded." + CORRECTION.replace(", ", ", excluded.") + ")";

    @Inject
    DataSource dataSource;

    /**
     * Adds what nobody said before.
     *
     * @return for the trail, of each that is new, and of each study whose patient messages correct no more
     */
    public List<AuditTrail.Event> record(Collection<Statement> statements, Instant at) {
        Map<String, Statement> distinct = new LinkedHashMap<>();
        statements.forEach(each -> distinct.putIfAbsent(each.studyInstanceUid() + " " + each.content(), each));
        if (distinct.isEmpty()) {
            return List.of();
        }
        List<AuditTrail.Event> events = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            distinct.keySet().removeAll(known(connection, distinct.values()));
            Set<String> studies = new LinkedHashSet<>();
            for (Statement statement : distinct.values()) {
                events.add(insert(connection, statement, at));
                studies.add(statement.studyInstanceUid());
            }
            for (String study : studies) {
                if (show(connection, study, at).lapsed()) {
                    events.add(lapsed(study));
                }
            }
        } catch (SQLException e) {
            throw withoutValues("recorded", e);
        }
        return events;
    }

    private static Set<String> known(Connection connection, Collection<Statement> statements) throws SQLException {
        Set<String> known = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("select s.study_instance_uid, s.content_sha256"
                + " from unnest(?, ?) as said (study, content) join identity_statement s"
                + " on s.study_instance_uid = said.study and s.content_sha256 = said.content")) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            statements.stream().map(Statement::studyInstanceUid).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text", statements.stream().map(Statement::content).toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    known.add(rows.getString(1) + " " + rows.getString(2));
                }
            }
        }
        return known;
    }

    private static AuditTrail.Event insert(Connection connection, Statement statement, Instant at) throws SQLException {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, statement.studyInstanceUid());
            insert.setObject(2, at.atOffset(ZoneOffset.UTC));
            insert.setString(3, statement.content());
            insert.setBytes(4, salt);
            insert.setString(5, statement.identity().patient());
            int place = 6;
            for (IdentityAttribute attribute : IdentityAttribute.values()) {
                insert.setString(place++, statement.identity().value(attribute));
            }
            insert.executeUpdate();
        }
        return new AuditTrail.Event(
                EventKind.IDENTITY_RECORDED,
                statement.studyInstanceUid(),
                null,
                "what instances say of patient and study, salted sha256 " + statement.sha256(salt));
    }

    /** Of a study that messages corrected, and none does now. */
    static AuditTrail.Event lapsed(String study) {
        String why = PatientMessages.areTaken()
                ? "IMAGES_SAY_OTHERWISE: what came since counts, and no message that corrected it before"
                : "UPDATES_OFF: rigatino.hl7.listen.patient-updates is false";
        return new AuditTrail.Event(EventKind.PATIENT_NOT_CORRECTED, study, null, why);
    }

    /** Patient IDs of what stands of a study, to be compared with another and kept nowhere; without empty ones. */
    public Set<String> patientIds(String studyInstanceUid) {
        return standing(studyInstanceUid).stream()
                .map(statement -> statement.value(IdentityAttribute.PATIENT_ID))
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
    }

    /**
     * What instances of a study say of it, to be compared and kept nowhere: where a person has said who its patient is, of that
     * one alone.
     */
    public List<StudyIdentity> standing(String studyInstanceUid) {
        try (Connection connection = dataSource.getConnection()) {
            Set<String> right = right(connection, studyInstanceUid);
            return statements(connection, studyInstanceUid).stream()
                    .map(Shown.Said::identity)
                    .filter(statement -> right.isEmpty() || right.contains(statement.patient()))
                    .toList();
        } catch (SQLException e) {
            throw withoutValues("compared", e);
        }
    }

    /** Makes what is shown of a study anew: a person has said who the patient is. */
    public void decided(String studyInstanceUid, Instant at) {
        try (Connection connection = dataSource.getConnection()) {
            show(connection, studyInstanceUid, at);
        } catch (SQLException e) {
            throw withoutValues("shown", e);
        }
    }

    /**
     * What became of what is shown.
     *
     * @param changed whether another patient, or the same one otherwise, is shown
     * @param lapsed whether messages corrected it before, and none does now
     * @param correction what messages make of it
     */
    record Change(boolean changed, boolean lapsed, Correction correction) {}

    /** Makes it anew of what instances say and messages correct. */
    static Change show(Connection connection, String study, Instant at) throws SQLException {
        if (statements(connection, study).isEmpty()) {
            return new Change(false, false, Correction.NONE);
        }
        Shown said = said(connection, study);
        Correction correction = PatientMessages.correction(connection, said);
        Shown shown = said.with(correction);
        boolean lapsed = correction.at() == null && isCorrected(connection, study);
        boolean changed = !shown.values().equals(before(connection, study));
        write(connection, study, shown, at);
        return new Change(changed, lapsed, correction);
    }

    /** What instances say, before messages correct it. */
    static Shown said(Connection connection, String study) throws SQLException {
        UnknownPatientValues unknown = UnknownPatientValues.of(ConfigProvider.getConfig());
        return Shown.of(statements(connection, study), right(connection, study), unknown);
    }

    static boolean isCorrected(Connection connection, String study) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select 1 from study_identity where study_instance_uid = ? and corrected_at is not null")) {
            select.setString(1, study);
            return select.executeQuery().next();
        }
    }

    /** Attributes of the patient that would be shown otherwise, and are not changed. */
    static List<IdentityAttribute> wouldChange(Connection connection, String study, PatientMessages.Imagined imagined)
            throws SQLException {
        if (statements(connection, study).isEmpty()) {
            return List.of();
        }
        Shown said = said(connection, study);
        Map<IdentityAttribute, String> then = said.with(PatientMessages.correction(connection, said, imagined))
                .values();
        Map<IdentityAttribute, String> now = before(connection, study);
        return Shown.OF_PATIENT.stream()
                .filter(attribute -> !then.getOrDefault(attribute, "").equals(now.getOrDefault(attribute, "")))
                .toList();
    }

    private static Map<IdentityAttribute, String> before(Connection connection, String study) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS + " from study_identity where study_instance_uid = ?")) {
            select.setString(1, study);
            try (ResultSet row = select.executeQuery()) {
                Map<IdentityAttribute, String> before =
                        row.next() ? values(row, 1) : new EnumMap<>(IdentityAttribute.class);
                before.values().removeIf(String::isEmpty);
                return before;
            }
        }
    }

    private static List<Shown.Said> statements(Connection connection, String study) throws SQLException {
        List<Shown.Said> statements = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select recorded_at, patient, " + COLUMNS
                + " from identity_statement where study_instance_uid = ? order by id")) {
            select.setString(1, study);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    statements.add(new Shown.Said(
                            new StudyIdentity(rows.getString(2), values(rows, 3)),
                            rows.getObject(1, OffsetDateTime.class).toInstant()));
                }
            }
        }
        return statements;
    }

    /** @param first column of them */
    static Map<IdentityAttribute, String> values(ResultSet row, int first) throws SQLException {
        Map<IdentityAttribute, String> values = new EnumMap<>(IdentityAttribute.class);
        for (IdentityAttribute attribute : IdentityAttribute.values()) {
            values.put(attribute, row.getString(first + attribute.ordinal()));
        }
        return values;
    }

    private static Set<String> right(Connection connection, String study) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select coalesce(array_agg(patient), '{}') from study_patient where study_instance_uid = ?")) {
            select.setString(1, study);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new HashSet<>(Arrays.asList((String[]) row.getArray(1).getArray()));
            }
        }
    }

    private static void write(Connection connection, String study, Shown shown, Instant at) throws SQLException {
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

    /**
     * Forgets all that was said of a study; that there was something stays known.
     *
     * @return how many statements there were
     */
    public int delete(String studyInstanceUid, Instant at) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from identity_statement where study_instance_uid = ?")) {
            delete.setString(1, studyInstanceUid);
            int deleted = delete.executeUpdate();
            forgetEarlier(connection, studyInstanceUid);
            write(connection, studyInstanceUid, Shown.DELETED, at);
            return deleted;
        } catch (SQLException e) {
            throw withoutValues("deleted", e);
        }
    }

    /** For whom archives were asked beside it. */
    private static void forgetEarlier(Connection connection, String study) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from earlier_patient where study_instance_uid = ?")) {
            delete.setString(1, study);
            delete.executeUpdate();
        }
    }

    static IllegalStateException withoutValues(String what, SQLException e) {
        return new IllegalStateException(
                "whose a study is cannot be " + what,
                new SQLException("the database says " + e.getSQLState(), e.getSQLState()));
    }
}
