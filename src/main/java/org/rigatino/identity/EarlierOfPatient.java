package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.patient.UnknownPatientValues;

/**
 * Restored studies of the patient of another study, by what is recorded of both now. One that is not known to be of the same
 * patient is counted and not named (ADR 74).
 */
@ApplicationScoped
public class EarlierOfPatient {
    /** Of ID and issuer, and of other values that are wanted; {@code t} is the study, {@code o} another. */
    private static final String OTHERS = " from study_identity t join study_identity o on o.state = 'RECORDED'"
            + " and o.patient_id <> '' and o.patient_id = t.patient_id"
            + " and o.issuer_of_patient_id = t.issuer_of_patient_id and o.study_instance_uid <> t.study_instance_uid"
            + " where t.study_instance_uid = ? and t.state = 'RECORDED' and exists (select 1 from study s"
            + " join instance i on i.study_id = s.id where s.study_instance_uid = o.study_instance_uid"
            + " and s.images_restored > 0 and i.outcome = 'RESTORED')";

    /** A value of which a character is not known, or the end, may stand for several. */
    private static final String WHOLE =
            "strpos(t.patient_id || t.issuer_of_patient_id || t.patient_name || o.patient_name,"
                    + " U&'\\FFFD') = 0 and char_length(t.patient_id) < 256 and char_length(t.issuer_of_patient_id) < 256"
                    + " and char_length(t.patient_name) < 256";

    private static final String EARLIER = "(o.study_day < t.study_day or o.study_day = t.study_day"
            + " and (o.study_time = '' or t.study_time = '' or o.study_time <= t.study_time))";

    @Inject
    DataSource dataSource;

    /**
     * @param studies earlier ones and those of the same time, the latest first, as many as were asked for
     * @param all how many there are
     * @param later how many are later
     * @param undated of how many it is not known, since they or the study have no Study Date
     * @param uncertain how many have the same Patient ID and issuer and are not known to be of the same patient
     */
    public record Found(List<String> studies, int all, int later, int undated, int uncertain) {}

    /** @param most studies that are named */
    @Transactional
    public Found find(String studyInstanceUid, int most) {
        String same = same(UnknownPatientValues.of(ConfigProvider.getConfig()));
        try (Connection connection = dataSource.getConnection();
                PreparedStatement count = connection.prepareStatement("select count(*) filter (where " + same + " and "
                        + EARLIER + "), count(*) filter (where " + same + " and not " + EARLIER
                        + "), count(*) filter (where " + same + " and (o.study_day is null or t.study_day is null)),"
                        + " count(*) filter (where not (" + same + "))" + OTHERS)) {
            count.setString(1, studyInstanceUid);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return new Found(
                        named(connection, studyInstanceUid, same, most),
                        row.getInt(1),
                        row.getInt(2),
                        row.getInt(3),
                        row.getInt(4));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database says " + e.getSQLState() + " to studies of a patient");
        }
    }

    private static List<String> named(Connection connection, String study, String same, int most) throws SQLException {
        List<String> studies = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select o.study_instance_uid" + OTHERS + " and "
                + same + " and " + EARLIER + " order by o.study_day desc, o.study_time desc, o.study_instance_uid"
                + " limit ?")) {
            select.setString(1, study);
            select.setInt(2, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    studies.add(rows.getString(1));
                }
            }
        }
        return studies;
    }

    /**
     * As of the instances of one study, and more: an ID without an issuer is of nobody knows whom, so there Patient's Name and
     * Birth Date have to be known and the same.
     */
    private static String same(UnknownPatientValues unknown) {
        List<String> conditions = new ArrayList<>(List.of(WHOLE));
        for (String column : List.of("patient_name", "patient_birth_date", "patient_sex")) {
            String one = "t." + column;
            String other = "o." + column;
            conditions.add(
                    unknown == UnknownPatientValues.ACCEPT
                            ? "(" + one + " = " + other + " or " + one + " = '' or " + other + " = '')"
                            : one + " = " + other);
        }
        conditions.add("(t.issuer_of_patient_id <> '' or t.patient_name <> '' and o.patient_name <> ''"
                + " and t.patient_birth_date <> '' and o.patient_birth_date <> '')");
        return "(" + String.join(" and ", conditions) + ")";
    }
}
