package org.rigatino.archive;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;

/**
 * By what an archive is asked for studies: a Study Instance UID, an Accession Number, or a Patient ID with or without its
 * issuer and dates. Values are meant as they are written. Null where not asked by.
 *
 * @param from first Study Date
 * @param to last Study Date
 */
public record StudyQuery(
        String studyInstanceUid,
        String accessionNumber,
        String patientId,
        String issuerOfPatientId,
        LocalDate from,
        LocalDate to) {
    /** PS3.5 table 6.2-1. */
    private static final int LONGEST_SH = 16;

    private static final int LONGEST_LO = 64;
    private static final int[] RETURNED = {
        Tag.StudyInstanceUID,
        Tag.AccessionNumber,
        Tag.StudyDate,
        Tag.ModalitiesInStudy,
        Tag.NumberOfStudyRelatedInstances,
        Tag.PatientID,
        Tag.IssuerOfPatientID,
        Tag.PatientName,
        Tag.PatientBirthDate,
        Tag.PatientSex
    };

    /** @throws IllegalArgumentException that says what is wrong with it, and no value */
    public StudyQuery {
        accessionNumber = text("Accession Number", accessionNumber, LONGEST_SH);
        patientId = text("Patient ID", patientId, LONGEST_LO);
        issuerOfPatientId = text("Issuer of Patient ID", issuerOfPatientId, LONGEST_LO);
        if (Stream.of(studyInstanceUid, accessionNumber, patientId)
                        .filter(key -> key != null)
                        .count()
                != 1) {
            throw FetchReason.ONE_KEY.wrong();
        }
        if (studyInstanceUid != null && !Uids.isValid(studyInstanceUid)) {
            throw FetchReason.NO_UID.wrong();
        }
        if (patientId == null && (issuerOfPatientId != null || from != null || to != null)) {
            throw FetchReason.NO_PATIENT_ID.wrong();
        }
        if (from != null && to != null && to.isBefore(from)) {
            throw FetchReason.LATER.wrong();
        }
        if (Stream.of(from, to).anyMatch(StudyQuery::isOfNoYear)) {
            throw FetchReason.YEAR.wrong();
        }
    }

    static StudyQuery ofStudy(String studyInstanceUid) {
        return new StudyQuery(studyInstanceUid, null, null, null, null, null);
    }

    /** An archive would take * and ? for any characters, \ for a list, and "" for an empty value (PS3.4 C.2.2.2). */
    private static String text(String what, String value, int longest) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        if (text.isEmpty() || text.codePointCount(0, text.length()) > longest) {
            throw FetchReason.LENGTH.wrong(what, longest);
        }
        if (text.equals("\"\"") || text.codePoints().anyMatch(StudyQuery::hasAnotherMeaning)) {
            throw FetchReason.CHARACTERS.wrong(what);
        }
        return text;
    }

    private static boolean isOfNoYear(LocalDate day) {
        return day != null && (day.getYear() < 1 || day.getYear() > 9999);
    }

    private static boolean hasAnotherMeaning(int character) {
        return "*?\\".indexOf(character) >= 0 || Character.isISOControl(character);
    }

    /** Of the key, for people. */
    String key() {
        return studyInstanceUid != null
                ? "Study Instance UID"
                : accessionNumber != null ? "accession number" : "patient ID";
    }

    /** What is asked of each study; the keys are among it. */
    static int[] returned() {
        return RETURNED.clone();
    }

    /** C-FIND's, without Query/Retrieve Level. */
    Dataset identifier() {
        Dataset identifier = new Dataset();
        Stream.of(accessionNumber, patientId, issuerOfPatientId)
                .filter(value -> value != null && value.chars().anyMatch(character -> character > 0x7e))
                .findFirst()
                .ifPresent(value -> identifier.put(Tag.SpecificCharacterSet, "ISO_IR 192"));
        identifier.putEmpty(RETURNED);
        put(identifier, Tag.StudyInstanceUID, studyInstanceUid);
        put(identifier, Tag.AccessionNumber, accessionNumber);
        put(identifier, Tag.PatientID, patientId);
        put(identifier, Tag.IssuerOfPatientID, issuerOfPatientId);
        if (from != null || to != null) {
            identifier.put(Tag.StudyDate, date(from) + "-" + date(to));
        }
        return identifier;
    }

    private static void put(Dataset identifier, int tag, String value) {
        if (value != null) {
            identifier.putUtf8(tag, value);
        }
    }

    private static String date(LocalDate date) {
        return date == null ? "" : date.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    /** Why the study is not one that was asked for, without a value; empty where it is. */
    Optional<String> differenceFrom(ListedStudy study) {
        if (studyInstanceUid != null && !studyInstanceUid.equals(study.studyInstanceUid())) {
            return different(Tag.StudyInstanceUID);
        }
        if (accessionNumber != null && !isSame(accessionNumber, study.accessionNumber())) {
            return different(Tag.AccessionNumber);
        }
        if (patientId != null && !isSame(patientId, study.patient().patientId())) {
            return different(Tag.PatientID);
        }
        if (issuerOfPatientId != null
                && !isSame(issuerOfPatientId, study.patient().issuerOfPatientId())) {
            return different(Tag.IssuerOfPatientID);
        }
        boolean outside = (from != null || to != null)
                && (study.date().isEmpty()
                        || from != null && study.date().get().isBefore(from)
                        || to != null && study.date().get().isAfter(to));
        return outside ? different(Tag.StudyDate) : Optional.empty();
    }

    /** Whether it is listed under another Patient ID or issuer than was asked by, or under none. */
    boolean namesAnother(ListedStudy study) {
        return patientId != null && !isSame(patientId, study.patient().patientId())
                || issuerOfPatientId != null
                        && !isSame(issuerOfPatientId, study.patient().issuerOfPatientId());
    }

    static boolean isSame(String asked, String answered) {
        return ListedStudy.composed(asked).equals(ListedStudy.composed(answered));
    }

    private static Optional<String> different(int tag) {
        return Optional.of(Tag.text(tag));
    }
}
