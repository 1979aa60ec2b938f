package org.rigatino.patient;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;

/**
 * What one instance says of its patient and its study, for people to read: in the characters that its Specific Character
 * Set (PS3.5 6.1.2) makes of it. A character that is none of that set, or that would change how what is around it reads
 * (controls, direction), is U+FFFD here.
 *
 * @param patient as {@link PatientValues#name names} it
 * @param values of each attribute, empty where it is absent, of zero length, or cannot be read; {@value #MOST} characters
 *     at most
 */
public record StudyIdentity(String patient, Map<IdentityAttribute, String> values) {
    /** An index takes no value of any length; LO and a component group of PN have 64 characters (PS3.5 6.2). */
    static final int MOST = 256;

    /** What {@link #of} asks for. */
    public static final Set<Integer> TAGS = Stream.concat(
                    PatientValues.TAGS.stream(),
                    Arrays.stream(IdentityAttribute.values()).map(IdentityAttribute::tag))
            .collect(Collectors.toUnmodifiableSet());

    private static final String UNKNOWN = "\uFFFD";
    private static final Pattern NO_TEXT =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]");
    private static final Pattern NOT_ASCII = Pattern.compile("[^\\x20-\\x7e]");

    /** Empty where what names the patient cannot be read: such an image is not restored either. */
    public static Optional<StudyIdentity> of(String studyInstanceUid, Dataset header) {
        if (!PatientValues.areReadable(header)) {
            return Optional.empty();
        }
        Map<IdentityAttribute, String> values = new EnumMap<>(IdentityAttribute.class);
        for (IdentityAttribute attribute : IdentityAttribute.values()) {
            values.put(attribute, legible(text(header, attribute.tag())));
        }
        return Optional.of(new StudyIdentity(PatientValues.of(header).name(studyInstanceUid), values));
    }

    private static String text(Dataset header, int tag) {
        try {
            header.requireReadable(tag);
        } catch (DicomException e) {
            return "";
        }
        if (header.decodes(tag)) {
            return PatientValues.value(header, tag);
        }
        List<Optional<String>> groups = header.componentGroups(tag);
        return groups.stream().anyMatch(Optional::isPresent)
                ? groups.stream().map(group -> group.orElse(UNKNOWN)).collect(Collectors.joining("="))
                : NOT_ASCII.matcher(String.join("\\", header.strings(tag))).replaceAll(UNKNOWN);
    }

    private static String legible(String text) {
        String clean = NO_TEXT.matcher(text).replaceAll(UNKNOWN);
        return clean.codePointCount(0, clean.length()) <= MOST
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, MOST - 1)) + "…";
    }

    public String value(IdentityAttribute attribute) {
        return values.getOrDefault(attribute, "");
    }

    /** Whether both are known to be of one patient, as {@link PatientIdentity} has it of files. */
    public boolean isOfPatientOf(StudyIdentity other, UnknownPatientValues unknown) {
        return patient.equals(other.patient)
                || !patientValues().equals(other.patientValues())
                        && patientValues()
                                .differenceFrom(other.patientValues(), unknown)
                                .isEmpty();
    }

    /** As far as it can be read: compared, and named by {@link #patient} alone. */
    public PatientValues patientValues() {
        return new PatientValues(Stream.of(
                        IdentityAttribute.PATIENT_ID,
                        IdentityAttribute.ISSUER_OF_PATIENT_ID,
                        IdentityAttribute.PATIENT_NAME,
                        IdentityAttribute.PATIENT_BIRTH_DATE,
                        IdentityAttribute.PATIENT_SEX)
                .map(this::value)
                .toList());
    }
}
