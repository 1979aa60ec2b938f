package org.rigatino.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.persistence.Study;

/** Whether the instances of a study say that they are of one patient. */
final class PatientIdentity {
    static final String RULE = Study.PATIENT_IDENTITY;

    private static final int[] ATTRIBUTES = {
        Tag.PatientID, Tag.IssuerOfPatientID, Tag.PatientName, Tag.PatientBirthDate, Tag.PatientSex
    };

    private PatientIdentity() {}

    /**
     * Values are compared as text, padding aside; where one goes beyond ASCII, the Specific Character Set that it was
     * read by counts too. An instance whose header cannot be read says nothing here and fails on its own later.
     *
     * @throws RefusedException where two instances differ; names the attribute and no value
     */
    static void check(List<Path> files) throws RefusedException {
        List<List<String>> first = null;
        for (Path file : files) {
            List<List<String>> identity = identity(file);
            if (identity == null) {
                continue;
            }
            if (first == null) {
                first = identity;
            }
            compare(first, identity);
        }
    }

    private static List<List<String>> identity(Path file) {
        try {
            Dataset header = Dataset.readUntil(file, Tag.PatientSex + 1);
            List<List<String>> values = new ArrayList<>();
            for (int tag : ATTRIBUTES) {
                values.add(value(header, tag));
            }
            return values;
        } catch (DicomException e) {
            return null;
        }
    }

    private static List<String> value(Dataset header, int tag) {
        List<String> value = new ArrayList<>(header.strings(tag));
        if (value.stream().flatMapToInt(String::chars).anyMatch(c -> c > 0x7e)) {
            value.addAll(header.strings(Tag.SpecificCharacterSet));
        }
        return value;
    }

    private static void compare(List<List<String>> one, List<List<String>> other) throws RefusedException {
        for (int i = 0; i < ATTRIBUTES.length; i++) {
            if (!one.get(i).equals(other.get(i))) {
                throw new RefusedException(
                        RULE, "instances of the study differ in attribute " + Tag.text(ATTRIBUTES[i]));
            }
        }
    }
}
