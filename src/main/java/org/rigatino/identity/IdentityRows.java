package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.PatientValues;
import org.rigatino.patient.StudyIdentity;

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
                if (ShownRows.show(connection, study, at).lapsed()) {
                    events.add(lapsed(study));
                }
            }
        } catch (SQLException e) {
            throw withoutValues("recorded", e);
        }
        return events;
    }

    private static Set<String> known(Connection connection, Collection<Statement> statements) throws SQLException {
        return new HashSet<>(Sql.list(
                connection,
                "select s.study_instance_uid, s.content_sha256 from unnest(?, ?) as said (study, content)"
                        + " join identity_statement s"
                        + " on s.study_instance_uid = said.study and s.content_sha256 = said.content",
                row -> row.getString(1) + " " + row.getString(2),
                statements.stream().map(Statement::studyInstanceUid).toList(),
                statements.stream().map(Statement::content).toList()));
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
                ? "IMAGES_SAY_OTHERWISE: what images say by now counts, and no message that corrected it before"
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
            Set<String> right = ShownRows.right(connection, studyInstanceUid);
            return ShownRows.statements(connection, studyInstanceUid).stream()
                    .map(Shown.Said::identity)
                    .filter(statement -> right.isEmpty() || right.contains(statement.patient()))
                    .toList();
        } catch (SQLException e) {
            throw withoutValues("compared", e);
        }
    }

    /** What instances of a study say of each patient that they name, as {@link StudyIdentity#patient} names them. */
    public Map<String, PatientValues> said(String studyInstanceUid) {
        Map<String, PatientValues> said = new HashMap<>();
        try (Connection connection = dataSource.getConnection()) {
            ShownRows.statements(connection, studyInstanceUid)
                    .forEach(each ->
                            said.put(each.identity().patient(), each.identity().patientValues()));
        } catch (SQLException e) {
            throw withoutValues("compared", e);
        }
        return said;
    }

    /** Makes what is shown of a study anew: a person has said who the patient is. */
    public void decided(String studyInstanceUid, Instant at) {
        try (Connection connection = dataSource.getConnection()) {
            ShownRows.show(connection, studyInstanceUid, at);
        } catch (SQLException e) {
            throw withoutValues("shown", e);
        }
    }

    /**
     * Forgets all that was said of a study; that there was something stays known.
     *
     * @return how many statements there were
     */
    public int delete(String studyInstanceUid, Instant at) {
        try (Connection connection = dataSource.getConnection()) {
            int deleted = Sql.change(
                    connection, "delete from identity_statement where study_instance_uid = ?", studyInstanceUid);
            forgetEarlier(connection, studyInstanceUid);
            DoubtRows.delete(connection, studyInstanceUid);
            ShownRows.write(connection, studyInstanceUid, Shown.DELETED, at);
            return deleted;
        } catch (SQLException e) {
            throw withoutValues("deleted", e);
        }
    }

    /** For whom archives were asked beside it. */
    private static void forgetEarlier(Connection connection, String study) throws SQLException {
        Sql.change(connection, "delete from earlier_patient where study_instance_uid = ?", study);
    }

    static IllegalStateException withoutValues(String what, SQLException e) {
        return new IllegalStateException(
                "whose a study is cannot be " + what,
                new SQLException("the database says " + e.getSQLState(), e.getSQLState()));
    }
}
