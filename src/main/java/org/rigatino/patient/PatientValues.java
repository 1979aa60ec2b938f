package org.rigatino.patient;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.dicom.UnavailableFileException;

/**
 * What one instance says of its patient: Patient ID, Issuer of Patient ID, Patient's Name, Birth Date, Sex. Values, not
 * spellings: characters whatever they were encoded in, without padding, names by components (PS3.5 6.2.1) of which
 * trailing empty ones say nothing. Upper and lower case differ.
 *
 * @param values in that order; empty where absent or of zero length, which of the issuer means that there is none (Type
 *     3) and of the others that it is unknown (Type 2, PS3.5 7.4.3)
 */
public record PatientValues(List<String> values) {
    private static final int[] ATTRIBUTES = {
        Tag.PatientID, Tag.IssuerOfPatientID, Tag.PatientName, Tag.PatientBirthDate, Tag.PatientSex
    };

    /** What {@link #areReadable} and {@link #of} ask for. */
    static final Set<Integer> TAGS = Stream.concat(
                    Stream.of(Tag.SpecificCharacterSet),
                    Arrays.stream(ATTRIBUTES).boxed())
            .collect(Collectors.toUnmodifiableSet());

    /** Indices of Name, Birth Date and Sex. Of the ID nothing may be unknown: only it names a patient for certain. */
    private static final Set<Integer> MAY_BE_UNKNOWN = Set.of(2, 3, 4);

    /** Between the bytes of a value that is no text of its character set, and that; no text holds this character. */
    private static final char VERBATIM = '\u0000';

    /**
     * Empty where there is no file, or the header, or one of these values, cannot be read: such an image is not restored either.
     *
     * @throws UnavailableFileException where the file is there and its file system does not give it: nobody knows yet what it says
     */
    public static Optional<PatientValues> read(Path file) throws UnavailableFileException {
        try {
            Dataset header = Dataset.readOnly(file, TAGS);
            return areReadable(header) ? Optional.of(of(header)) : Optional.empty();
        } catch (UnavailableFileException e) {
            throw e;
        } catch (DicomException e) {
            return Optional.empty();
        }
    }

    public static PatientValues of(Dataset header) {
        return new PatientValues(
                Arrays.stream(ATTRIBUTES).mapToObj(tag -> value(header, tag)).toList());
    }

    /** Whether one of these values cannot be read: an image of which that is so is not restored. */
    public static boolean areReadable(Dataset header) {
        try {
            header.requireReadable(Tag.SpecificCharacterSet);
            header.requireReadable(ATTRIBUTES);
            return true;
        } catch (DicomException e) {
            return false;
        }
    }

    static String value(Dataset header, int tag) {
        List<String> values = header.strings(tag);
        if (!header.decodes(tag)) {
            return String.join("\\", values) + VERBATIM + String.join("\\", header.strings(Tag.SpecificCharacterSet));
        }
        String text = Normalizer.normalize(String.join("\\", values), Normalizer.Form.NFC);
        return switch (tag) {
            case Tag.PatientName, Tag.ReferringPhysicianName ->
                withoutTrailing('=', text, group -> withoutTrailing('^', group, String::strip));
            case Tag.PatientBirthDate, Tag.StudyDate -> text.replaceFirst("^(\\d{4})\\.(\\d{2})\\.(\\d{2})$", "$1$2$3");
            default -> text;
        };
    }

    private static String withoutTrailing(char delimiter, String text, UnaryOperator<String> within) {
        List<String> parts = new ArrayList<>(Arrays.stream(text.split(Pattern.quote("" + delimiter), -1))
                .map(within)
                .toList());
        while (!parts.isEmpty() && parts.get(parts.size() - 1).isEmpty()) {
            parts.remove(parts.size() - 1);
        }
        return String.join("" + delimiter, parts);
    }

    public String patientId() {
        return values.get(0);
    }

    public String issuerOfPatientId() {
        return values.get(1);
    }

    public String patientName() {
        return values.get(2);
    }

    public String patientBirthDate() {
        return values.get(3);
    }

    public String patientSex() {
        return values.get(4);
    }

    /** A value for people; of one that is no text of its character set what can be told of it. */
    public static String legible(String value) {
        int end = value.indexOf(VERBATIM);
        return end < 0
                ? value
                : value.substring(0, end).replaceAll("[^\\x20-\\x7e]", "?") + " [" + value.substring(end + 1) + "]";
    }

    /** Why the two are not known to be of one patient, without a value; empty where they are. */
    public Optional<String> differenceFrom(PatientValues other, UnknownPatientValues unknown) {
        boolean accepted = unknown == UnknownPatientValues.ACCEPT && hasIdOf(other);
        for (int i = 0; i < ATTRIBUTES.length; i++) {
            String one = values.get(i);
            String another = other.values.get(i);
            boolean unknownInOne = MAY_BE_UNKNOWN.contains(i) && (one.isEmpty() || another.isEmpty());
            if (!one.equals(another) && !(unknownInOne && accepted)) {
                return Optional.of("attribute " + Tag.text(ATTRIBUTES[i])
                        + (unknownInOne ? ", which is empty in one (" + UnknownPatientValues.PROPERTY + ")" : ""));
            }
        }
        return Optional.empty();
    }

    /** Whether the IDs differ, or who issued them where both say so: no two spellings of one patient do. */
    public boolean isOfAnotherId(PatientValues other) {
        boolean bothIssued =
                !issuerOfPatientId().isEmpty() && !other.issuerOfPatientId().isEmpty();
        return !patientId().equals(other.patientId())
                || bothIssued && !issuerOfPatientId().equals(other.issuerOfPatientId());
    }

    private boolean hasIdOf(PatientValues other) {
        return !patientId().isEmpty() && patientId().equals(other.patientId());
    }

    /** Of two instances of one patient, what either knows. */
    PatientValues with(PatientValues other) {
        return new PatientValues(IntStream.range(0, ATTRIBUTES.length)
                .mapToObj(i -> values.get(i).isEmpty() ? other.values.get(i) : values.get(i))
                .toList());
    }

    /** From which no value can be read. By the study too, so that it tells nobody which studies are of one patient. */
    public String name(String studyInstanceUid) {
        List<String> parts = new ArrayList<>(List.of("patient", "values", studyInstanceUid));
        parts.addAll(values);
        return Uids.nameBased(parts.toArray(String[]::new));
    }

    /** {@link #name}, and where unknown values are accepted the names that less of them would have. */
    public Set<String> names(String studyInstanceUid, UnknownPatientValues unknown) {
        Set<PatientValues> known = new LinkedHashSet<>(Set.of(this));
        if (unknown == UnknownPatientValues.ACCEPT && !patientId().isEmpty()) {
            for (int i : MAY_BE_UNKNOWN) {
                List.copyOf(known).forEach(more -> known.add(more.without(i)));
            }
        }
        return known.stream().map(less -> less.name(studyInstanceUid)).collect(Collectors.toSet());
    }

    private PatientValues without(int attribute) {
        return new PatientValues(IntStream.range(0, ATTRIBUTES.length)
                .mapToObj(i -> i == attribute ? "" : values.get(i))
                .toList());
    }
}
