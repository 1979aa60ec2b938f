package org.rigatino.identity;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.patient.IdentityAttribute;

/**
 * Whose a study is, as somebody is shown it. What is not recorded, or not for them, is null.
 *
 * @param patientName component groups with {@code =} between them, components with {@code ^} (PS3.5 6.2.1)
 * @param correctedAt when an HL7 message came to correct what is shown of the patient; null where images say it
 * @param age at Study Date, else today, as a value of VR AS
 */
public record Identity(
        IdentityState state,
        @Schema(description = "As VR PN: component groups with = between them, components with ^") String patientName,
        String patientId,
        String issuerOfPatientId,
        @Schema(description = "As VR DA") String patientBirthDate,
        @Schema(description = "As VR AS: at the study's date, else today") String age,
        String patientSex,
        String accessionNumber,
        @Schema(description = "As VR DA") String studyDate,
        @Schema(description = "As VR TM") String studyTime,
        String studyDescription,
        @Schema(description = "As VR PN") String referringPhysician,
        List<String> modalities,
        List<String> bodyParts,
        List<String> institutionNames,
        List<String> stationNames,
        @Schema(description = "Event time of the HL7 message that corrects what images say of the patient")
                Instant correctedAt) {
    /** Where nothing was ever recorded. */
    static final Identity NOT_RECORDED = of(IdentityState.NOT_RECORDED, Map.of(), IdentityLevel.FULL, null);

    /** @param today for the age of whom no Study Date is known */
    static Identity of(
            IdentityState state, Map<IdentityAttribute, String> values, IdentityLevel level, LocalDate today) {
        boolean full = level == IdentityLevel.FULL;
        return new Identity(
                state,
                full ? text(values, IdentityAttribute.PATIENT_NAME) : null,
                full ? text(values, IdentityAttribute.PATIENT_ID) : null,
                full ? text(values, IdentityAttribute.ISSUER_OF_PATIENT_ID) : null,
                full ? text(values, IdentityAttribute.PATIENT_BIRTH_DATE) : null,
                age(values, today),
                text(values, IdentityAttribute.PATIENT_SEX),
                text(values, IdentityAttribute.ACCESSION_NUMBER),
                full ? text(values, IdentityAttribute.STUDY_DATE) : null,
                full ? text(values, IdentityAttribute.STUDY_TIME) : null,
                full ? text(values, IdentityAttribute.STUDY_DESCRIPTION) : null,
                full ? text(values, IdentityAttribute.REFERRING_PHYSICIAN) : null,
                full ? all(values, IdentityAttribute.MODALITY) : List.of(),
                full ? all(values, IdentityAttribute.BODY_PART) : List.of(),
                full ? all(values, IdentityAttribute.INSTITUTION_NAME) : List.of(),
                full ? all(values, IdentityAttribute.STATION_NAME) : List.of(),
                null);
    }

    Identity corrected(Instant at) {
        return new Identity(
                state,
                patientName,
                patientId,
                issuerOfPatientId,
                patientBirthDate,
                age,
                patientSex,
                accessionNumber,
                studyDate,
                studyTime,
                studyDescription,
                referringPhysician,
                modalities,
                bodyParts,
                institutionNames,
                stationNames,
                at);
    }

    private static String text(Map<IdentityAttribute, String> values, IdentityAttribute attribute) {
        String text = values.getOrDefault(attribute, "");
        return text.isEmpty() ? null : text;
    }

    private static List<String> all(Map<IdentityAttribute, String> values, IdentityAttribute attribute) {
        return Arrays.stream(values.getOrDefault(attribute, "").split("\\\\"))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static String age(Map<IdentityAttribute, String> values, LocalDate today) {
        LocalDate born = Shown.day(values.getOrDefault(IdentityAttribute.PATIENT_BIRTH_DATE, ""));
        LocalDate studied = Shown.day(values.getOrDefault(IdentityAttribute.STUDY_DATE, ""));
        LocalDate at = studied == null ? today : studied;
        if (born == null || born.isAfter(at)) {
            return null;
        }
        Period age = Period.between(born, at);
        if (age.getYears() >= 2) {
            return age.getYears() > 999 ? null : String.format("%03dY", age.getYears());
        }
        return age.toTotalMonths() >= 2
                ? String.format("%03dM", age.toTotalMonths())
                : String.format("%03dD", at.toEpochDay() - born.toEpochDay());
    }
}
