package org.rigatino.image;

import java.util.ArrayList;
import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/**
 * Whose images a series has: what its instances may not differ in where one object is made of several, or one is judged by
 * what another shows.
 *
 * @param values of each attribute, as the source spells them
 */
public record SeriesIdentity(List<List<String>> values) {
    private static final int[] ATTRIBUTES = {
        Tag.StudyInstanceUID,
        Tag.SeriesInstanceUID,
        Tag.PatientID,
        Tag.IssuerOfPatientID,
        Tag.PatientName,
        Tag.PatientBirthDate,
        Tag.PatientSex,
    };

    public SeriesIdentity {
        values = List.copyOf(values);
    }

    /** @throws DicomException where one cannot be read */
    public static SeriesIdentity of(Dataset header) throws DicomException {
        List<List<String>> values = new ArrayList<>();
        for (int tag : ATTRIBUTES) {
            values.add(header.strings(tag));
        }
        return new SeriesIdentity(values);
    }
}
