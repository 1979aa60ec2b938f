package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.patient.NobodysValues;
import org.rigatino.patient.UnknownPatientValues;

/**
 * Restored studies of the patient of another study, by what is recorded of all of them now. Those that are not known to be of the
 * same patient are counted and not named (ADR 74).
 */
@ApplicationScoped
public class EarlierOfPatient {
    /** Of one Patient ID, restored or not: one that has more is no patient's. */
    public static final int MOST_OF_ONE_ID = 200;

    private static final String COLUMNS = "select o.study_instance_uid, o.state, o.patient_id, o.issuer_of_patient_id,"
            + " o.patient_name, o.patient_birth_date, o.patient_sex, o.study_day, o.study_time, exists (select 1 from study s"
            + " join instance i on i.study_id = s.id where s.study_instance_uid = o.study_instance_uid"
            + " and s.images_restored > 0 and i.outcome = 'RESTORED') from study_identity o where ";

    @Inject
    DataSource dataSource;

    /**
     * @param studies earlier ones and those of the same time, the latest first, as many as were asked for
     * @param all how many there are
     * @param later how many are later
     * @param undated of how many it is not known, since they or the study have no Study Date
     * @param uncertain how many have the same Patient ID and are not known to be of the same patient, none of which is named
     * @param untold why it cannot be told which are of the patient; null where it can
     */
    public record Found(List<String> studies, int all, int later, int undated, int uncertain, Untold untold) {}

    /** @param most studies that are named */
    @Transactional
    public Found find(String studyInstanceUid, int most) {
        Config config = ConfigProvider.getConfig();
        UnknownPatientValues unknown = UnknownPatientValues.of(config);
        try (Connection connection = dataSource.getConnection()) {
            List<RecordedPatient> study = read(connection, "o.study_instance_uid = ?", studyInstanceUid);
            if (study.isEmpty()) {
                return none(0, Untold.NOT_RECORDED);
            }
            RecordedPatient of = study.get(0);
            Untold untold = of.untold(NobodysValues.of(config));
            if (of.id().isEmpty()) {
                return none(0, untold);
            }
            List<RecordedPatient> others = read(
                            connection,
                            "o.state = 'RECORDED' and o.patient_id <> '' and o.patient_id = ? limit "
                                    + (MOST_OF_ONE_ID + 1),
                            of.id())
                    .stream()
                    .filter(other -> !other.study().equals(studyInstanceUid))
                    .toList();
            return others.size() >= MOST_OF_ONE_ID
                    ? none(
                            (int) others.stream()
                                    .filter(RecordedPatient::restored)
                                    .count(),
                            Untold.TOO_MANY)
                    : found(of, others, unknown, untold, most);
        } catch (SQLException e) {
            throw new IllegalStateException("the database says " + e.getSQLState() + " to studies of a patient");
        }
    }

    private static Found none(int uncertain, Untold untold) {
        return new Found(List.of(), 0, 0, 0, uncertain, untold);
    }

    private static Found found(
            RecordedPatient of, List<RecordedPatient> others, UnknownPatientValues unknown, Untold untold, int most) {
        List<RecordedPatient> same = others.stream()
                .filter(other -> of.isKnownToBeOf(other, unknown))
                .toList();
        int restored = (int) others.stream().filter(RecordedPatient::restored).count();
        Untold why = untold != null || agree(same, unknown) ? untold : Untold.CONTRADICTING;
        if (why != null) {
            return none(restored, why);
        }
        List<RecordedPatient> listed =
                same.stream().filter(RecordedPatient::restored).toList();
        List<String> earlier = listed.stream()
                .filter(other -> other.isEarlierThan(of))
                .sorted(Comparator.comparing(RecordedPatient::day)
                        .thenComparing(RecordedPatient::time)
                        .reversed()
                        .thenComparing(RecordedPatient::study))
                .map(RecordedPatient::study)
                .toList();
        int undated = (int) listed.stream()
                .filter(other -> other.day() == null || of.day() == null)
                .count();
        return new Found(
                earlier.subList(0, Math.min(most, earlier.size())),
                earlier.size(),
                listed.size() - earlier.size() - undated,
                undated,
                restored - listed.size(),
                null);
    }

    /** What the study leaves open makes no one of two others. */
    static boolean agree(List<RecordedPatient> same, UnknownPatientValues unknown) {
        return same.stream().allMatch(one -> same.stream().allMatch(other -> one.isKnownToBeOf(other, unknown)));
    }

    static List<RecordedPatient> read(Connection connection, String which, String value) throws SQLException {
        return Sql.list(connection, COLUMNS + which, RecordedPatient::of, value);
    }
}
