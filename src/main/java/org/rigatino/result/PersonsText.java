package org.rigatino.result;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

/**
 * Text of people in an object beside that of its source, where both have to be of one Specific Character Set (0008,0005): where
 * the text has other characters than ASCII, what the object has of the source is written in ISO_IR 192.
 */
final class PersonsText {
    private static final String UTF_8 = "ISO_IR 192";

    /** Of {@link SourceAttributes#patientAndStudy}, what may be more than ASCII. */
    private static final int[] TEXT = {
        Tag.PatientName,
        Tag.PatientID,
        Tag.IssuerOfPatientID,
        Tag.StudyID,
        Tag.StudyDescription,
        Tag.AccessionNumber,
        Tag.ReferringPhysicianName,
    };

    /** The same, where it is not looked into. */
    private static final int[] SEQUENCES = {
        Tag.IssuerOfPatientIDQualifiersSequence, Tag.IssuerOfAccessionNumberSequence,
    };

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final int MOST_OF_A_NAME = 64;

    private PersonsText() {}

    /**
     * @param object with patient and study
     * @return the text; empty where the object's own cannot be written in a character set that has room for it
     */
    static Optional<String> fit(Dataset object, String text) {
        return isAscii(text) || isUtf8(object) || becomesUtf8(object) ? Optional.of(text) : Optional.empty();
    }

    /** As the value of a person name (PS3.5 6.2): one component, and without marks or as ? where there is no room for them. */
    static String name(Dataset object, String name) {
        String one = name.replaceAll("[\\^=\\\\\\p{C}]", " ").strip();
        String fits = fit(object, one).orElseGet(() -> MARKS.matcher(Normalizer.normalize(one, Normalizer.Form.NFD))
                .replaceAll("")
                .replaceAll("[^ -~]", "?"));
        return fits.codePoints()
                .limit(MOST_OF_A_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }

    private static boolean isUtf8(Dataset object) {
        return object.strings(Tag.SpecificCharacterSet).equals(List.of(UTF_8));
    }

    /** Nothing is changed where a value cannot be told. */
    private static boolean becomesUtf8(Dataset object) {
        for (int sequence : SEQUENCES) {
            if (object.contains(sequence)) {
                return false;
            }
        }
        Map<Integer, String> values = new LinkedHashMap<>();
        for (int tag : TEXT) {
            if (!object.decodes(tag) || object.strings(tag).size() > 1) {
                return false;
            }
            object.string(tag).ifPresent(value -> values.put(tag, value));
        }
        object.put(Tag.SpecificCharacterSet, UTF_8);
        values.forEach(object::putUtf8);
        return true;
    }
}
