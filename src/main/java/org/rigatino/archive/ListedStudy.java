package org.rigatino.archive;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.patient.PatientValues;

/**
 * A study as an archive lists it.
 *
 * @param date empty where it gives none, or none that is one
 * @param instances Number of Study Related Instances (0020,1208), which archives need not tell
 */
record ListedStudy(
        String studyInstanceUid,
        PatientValues patient,
        String accessionNumber,
        Optional<LocalDate> date,
        List<String> modalities,
        OptionalInt instances) {
    private static final int MOST_MODALITIES = 20;

    /** @throws DicomException where what tells which study it is, and whose, cannot be read */
    static ListedStudy of(Dataset answer) throws DicomException {
        if (!PatientValues.areReadable(answer)) {
            throw new DicomException("its patient cannot be read");
        }
        answer.requireReadable(Tag.StudyInstanceUID, Tag.AccessionNumber, Tag.StudyDate);
        String study = answer.require(Tag.StudyInstanceUID);
        if (!Uids.isValid(study)) {
            throw new DicomException("its Study Instance UID is no UID (PS3.5 9.1)");
        }
        return new ListedStudy(
                study,
                PatientValues.of(answer),
                String.join("\\", answer.strings(Tag.AccessionNumber)),
                answer.string(Tag.StudyDate).flatMap(ListedStudy::date),
                answer.strings(Tag.ModalitiesInStudy).stream()
                        .filter(modality -> modality.matches("[A-Z0-9_ ]{1,16}"))
                        .limit(MOST_MODALITIES)
                        .toList(),
                instances(answer));
    }

    private static OptionalInt instances(Dataset answer) {
        try {
            int told = answer.integer(Tag.NumberOfStudyRelatedInstances, -1);
            return told < 0 ? OptionalInt.empty() : OptionalInt.of(told);
        } catch (DicomException e) {
            return OptionalInt.empty();
        }
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text.replace(".", ""), DateTimeFormatter.BASIC_ISO_DATE));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Characters that look alike are alike, however they are put together. */
    static String composed(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    }
}
