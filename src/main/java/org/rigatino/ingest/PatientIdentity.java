package org.rigatino.ingest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.persistence.Study;

/** Whether the instances of a study say that they are of one patient. */
public final class PatientIdentity {
    public static final String RULE = Study.PATIENT_IDENTITY;

    /** Of a study that was refused by the rule: whose it is, no later instance can tell. */
    public static final String MIXED = "mixed";

    private static final int[] ATTRIBUTES = {
        Tag.PatientID, Tag.IssuerOfPatientID, Tag.PatientName, Tag.PatientBirthDate, Tag.PatientSex
    };

    private PatientIdentity() {}

    /**
     * Values are compared as text, padding aside; where one goes beyond ASCII, the Specific Character Set that it was
     * read by counts too. An instance whose header cannot be read says nothing here and fails on its own later. Files of
     * earlier revisions may be gone by rigatino.retention; what their identity came to is not.
     *
     * @param earlier what this returned for earlier revisions, or {@link #MIXED}
     * @return the identity, from which no attribute can be read; empty where no header can be read
     * @throws MixedPatientException where two instances differ; names the attribute and no value
     */
    public static Optional<String> check(String studyInstanceUid, List<Path> files, Collection<String> earlier)
            throws MixedPatientException {
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
        Optional<String> name = Optional.ofNullable(first).map(identity -> name(studyInstanceUid, identity));
        if (name.isPresent() && earlier.stream().anyMatch(known -> !known.equals(name.get()))) {
            throw new MixedPatientException(
                    "instances differ from those of an earlier revision in an attribute of the patient");
        }
        return name;
    }

    /** By the study too, so that it tells nobody which studies are of one patient. */
    private static String name(String studyInstanceUid, List<List<String>> identity) {
        List<String> parts = new ArrayList<>(List.of("patient", studyInstanceUid));
        for (List<String> values : identity) {
            parts.add(Integer.toString(values.size()));
            parts.addAll(values);
        }
        return Uids.nameBased(parts.toArray(String[]::new));
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

    private static void compare(List<List<String>> one, List<List<String>> other) throws MixedPatientException {
        for (int i = 0; i < ATTRIBUTES.length; i++) {
            if (!one.get(i).equals(other.get(i))) {
                throw new MixedPatientException(
                        "instances of the study differ in attribute " + Tag.text(ATTRIBUTES[i]));
            }
        }
    }
}
