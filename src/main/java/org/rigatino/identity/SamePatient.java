package org.rigatino.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.NobodysValues;
import org.rigatino.patient.PatientValues;
import org.rigatino.patient.UnknownPatientValues;

/** The rule of a patient's earlier studies (ADR 74), for studies that are elsewhere. */
public final class SamePatient {
    private SamePatient() {}

    /**
     * Those that are known to be of the patient of a study here; none where those contradict each other.
     *
     * @param study all that is recorded of whose it is
     * @param listed what somebody else lists
     * @param whose what they say of whose one is
     */
    public static <T> List<T> of(
            Identity study, List<T> listed, Function<T, PatientValues> whose, UnknownPatientValues unknown) {
        RecordedPatient of = recorded(study);
        List<T> same = new ArrayList<>();
        List<RecordedPatient> patients = new ArrayList<>();
        for (T one : listed) {
            RecordedPatient other = recorded(whose.apply(one));
            if (of.isKnownToBeOf(other, unknown)) {
                same.add(one);
                patients.add(other);
            }
        }
        return EarlierOfPatient.agree(patients, unknown) ? same : List.of();
    }

    /**
     * Whether a person may say that all of them are one patient, written in several ways: of one ID and issuer, and no two with
     * more than one of name, birth date and sex in contradiction; with none where the ID is empty or nobody's.
     */
    public static boolean mayBeOne(List<PatientValues> said, NobodysValues nobodys) {
        return said.stream().allMatch(one -> said.stream()
                .allMatch(other -> !one.isOfAnotherId(other)
                        && demographics(one, nobodys).contradictions(demographics(other, nobodys))
                                <= (isOfNobody(one, nobodys) ? 0 : 1)));
    }

    private static boolean isOfNobody(PatientValues said, NobodysValues nobodys) {
        return said.patientId().isEmpty() || nobodys.has(said.patientId(), "", "");
    }

    private static Demographics demographics(PatientValues said, NobodysValues nobodys) {
        return Demographics.of(
                Map.of(
                        IdentityAttribute.PATIENT_NAME, said.patientName(),
                        IdentityAttribute.PATIENT_BIRTH_DATE, said.patientBirthDate(),
                        IdentityAttribute.PATIENT_SEX, said.patientSex()),
                nobodys);
    }

    private static RecordedPatient recorded(Identity study) {
        return recorded(
                study.state(),
                study.patientId(),
                study.issuerOfPatientId(),
                study.patientName(),
                study.patientBirthDate(),
                study.patientSex());
    }

    static RecordedPatient recorded(PatientValues said) {
        return recorded(
                IdentityState.RECORDED,
                said.patientId(),
                said.issuerOfPatientId(),
                said.patientName(),
                said.patientBirthDate(),
                said.patientSex());
    }

    private static RecordedPatient recorded(
            IdentityState state, String id, String issuer, String name, String born, String sex) {
        return new RecordedPatient(
                "", state, text(id), text(issuer), text(name), text(born), text(sex), null, "", false);
    }

    private static String text(String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
