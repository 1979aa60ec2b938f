package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * For whom archives were asked for studies earlier than one that is here: a number for each Patient ID and issuer of a study, the
 * same never of two studies, so that what names it joins none (ADR 84). Within the caller's transaction.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class EarlierPatients {
    private static final String NUMBER =
            "select id from earlier_patient where study_instance_uid = ? and patient_id = ?"
                    + " and issuer_of_patient_id = ?";

    private static final String ADD =
            "insert into earlier_patient (study_instance_uid, patient_id, issuer_of_patient_id)"
                    + " values (?, ?, ?) on conflict do nothing";

    private static final String SHOWN = "select e.id from earlier_patient e join study_identity i using"
            + " (study_instance_uid) where e.study_instance_uid = ? and i.state = 'RECORDED' and i.patient_id = e.patient_id"
            + " and i.issuer_of_patient_id = e.issuer_of_patient_id";

    @Inject
    DataSource dataSource;

    /** @param of whose the study is, all of it */
    public long number(String study, Identity of) {
        Object[] values = {study, text(of.patientId()), text(of.issuerOfPatientId())};
        try (Connection connection = dataSource.getConnection()) {
            Sql.change(connection, ADD, values);
            return first(connection, NUMBER, values).orElseThrow();
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("asked after", e);
        }
    }

    /** Of whose the study is as it is shown now; empty where nobody asked for that one. */
    public OptionalLong shown(String study) {
        try (Connection connection = dataSource.getConnection()) {
            return first(connection, SHOWN, study);
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("asked after", e);
        }
    }

    private static OptionalLong first(Connection connection, String sql, Object... values) throws SQLException {
        return Sql.list(connection, sql, row -> row.getLong(1), values).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private static String text(String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
