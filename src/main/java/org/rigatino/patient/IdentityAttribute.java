package org.rigatino.patient;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rigatino.dicom.Tag;

/** What is recorded of whose a study is, each in a column of its name. */
public enum IdentityAttribute {
    PATIENT_NAME(Tag.PatientName),
    PATIENT_ID(Tag.PatientID),
    ISSUER_OF_PATIENT_ID(Tag.IssuerOfPatientID),
    PATIENT_BIRTH_DATE(Tag.PatientBirthDate),
    PATIENT_SEX(Tag.PatientSex),
    ACCESSION_NUMBER(Tag.AccessionNumber),
    STUDY_DATE(Tag.StudyDate),
    STUDY_TIME(Tag.StudyTime),
    STUDY_DESCRIPTION(Tag.StudyDescription),
    REFERRING_PHYSICIAN(Tag.ReferringPhysicianName),
    MODALITY(Tag.Modality),
    BODY_PART(Tag.BodyPartExamined),
    INSTITUTION_NAME(Tag.InstitutionName),
    STATION_NAME(Tag.StationName);

    private static final List<IdentityAttribute> OF_SERIES =
            List.of(MODALITY, BODY_PART, INSTITUTION_NAME, STATION_NAME);

    private final int tag;

    IdentityAttribute(int tag) {
        this.tag = tag;
    }

    int tag() {
        return tag;
    }

    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All of them, in this order. */
    public static List<String> columns() {
        return Arrays.stream(values()).map(IdentityAttribute::column).toList();
    }

    /** Whether the series of one study may each have another: all are shown then. */
    public boolean isOfSeries() {
        return OF_SERIES.contains(this);
    }
}
