package org.rigatino.web;

import java.time.Instant;
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
        boolean right) {
    /** As a person reads it; a value that is no text of its character set is told so, not shown. */
    public static PatientView of(StudyPatients.Named named) {
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
                named.right());
    }
}
