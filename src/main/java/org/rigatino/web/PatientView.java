package org.rigatino.web;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.rigatino.ingest.StudyPatients;
import org.rigatino.patient.PatientValues;

/**
 * One of the patients that a study's instances name. Values are empty where they are unknown, and null where no file of the
 * patient is kept.
 *
 * @param patient names it to whoever chooses; no value can be read from it
 * @param instances that are worked on
 * @param setAside versions of instances that are not
 * @param right whether a person has said that it is the study's patient
 * @param version of all of them together, the same for each: an act names the one that was seen
 */
public record PatientView(
        String patient,
        String patientId,
        String issuerOfPatientId,
        String patientName,
        String patientBirthDate,
        String patientSex,
        int instances,
        int setAside,
        Set<String> senders,
        Instant firstReceivedAt,
        boolean right,
        String version) {
    /** As a person reads them; a value that is no text of its character set is told so, not shown. */
    public static List<PatientView> of(PatientsInDoubt.Doubt doubt) {
        return doubt.named().stream().map(named -> of(named, doubt.version())).toList();
    }

    private static PatientView of(StudyPatients.Named named, String version) {
        PatientValues values = named.values();
        return new PatientView(
                named.patient(),
                values == null ? null : PatientValues.legible(values.patientId()),
                values == null ? null : PatientValues.legible(values.issuerOfPatientId()),
                values == null ? null : PatientValues.legible(values.patientName()),
                values == null ? null : PatientValues.legible(values.patientBirthDate()),
                values == null ? null : PatientValues.legible(values.patientSex()),
                named.inForce(),
                named.setAside(),
                named.senders(),
                named.firstReceivedAt(),
                named.right(),
                version);
    }
}
