package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.patient.NobodysValues;
import org.rigatino.patient.PatientValues;
import org.rigatino.patient.UnknownPatientValues;

/** Whether a study that was asked for as an earlier one of a patient is that patient's still, by the rule by which it was asked for. */
@ApplicationScoped
public class StillOfPatient {
    @Inject
    DataSource dataSource;

    @Inject
    EarlierPatients numbers;

    /**
     * Why it is not known to be, without a value; empty where it is.
     *
     * @param later the study beside which it was asked for
     * @param patient for whom, as {@link EarlierPatients#number} has it
     * @param listed as whose somebody else lists it now, each time that they do
     */
    @Transactional
    public Optional<String> doubt(String later, long patient, List<PatientValues> listed) {
        Config config = ConfigProvider.getConfig();
        OptionalLong shown = numbers.shown(later);
        List<RecordedPatient> recorded = recorded(later);
        if (shown.isEmpty()
                || shown.getAsLong() != patient
                || recorded.get(0).untold(NobodysValues.of(config)) != null) {
            return Optional.of(
                    "whose the later study is has changed since this one was asked for, or cannot be told now");
        }
        UnknownPatientValues unknown = UnknownPatientValues.of(config);
        RecordedPatient of = recorded.get(0);
        return listed.stream()
                .filter(one -> !of.isKnownToBeOf(SamePatient.recorded(one), unknown))
                .findFirst()
                .map(other -> "it is listed under another patient than it was asked for"
                        + of.values()
                                .differenceFrom(other, unknown)
                                .map(by -> ", by " + by)
                                .orElse(""));
    }

    private List<RecordedPatient> recorded(String study) {
        try (Connection connection = dataSource.getConnection()) {
            return EarlierOfPatient.read(connection, "o.study_instance_uid = ?", study);
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("asked after", e);
        }
    }
}
