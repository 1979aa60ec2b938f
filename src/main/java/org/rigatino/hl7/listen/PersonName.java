package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.ErrorCode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** XPN (HL7 2.5.1 2.A.88) as a value of VR PN (PS3.5 6.2.1), as it is recorded of instances. */
final class PersonName {
    /** XPN.8 by component group (HL7 table 4000); what says nothing is the first. */
    private static final List<String> REPRESENTATIONS = List.of("A", "I", "P");

    /** By component of PN: family, given, middle, prefix, suffix. */
    private static final int[] COMPONENTS = {1, 2, 3, 5, 4};

    private PersonName() {}

    /** Of the first legal name of each representation; empty where there is none. */
    static String of(Segment segment, int field) throws MessageFault {
        List<String> groups = new ArrayList<>(List.of("", "", ""));
        for (String repetition : segment.repetitions(field)) {
            String type = segment.identifier(segment.part(repetition, 7, 1), field);
            String representation = segment.identifier(segment.part(repetition, 8, 1), field);
            int group = representation.isEmpty() ? 0 : REPRESENTATIONS.indexOf(representation);
            if (group >= 0
                    && (type.isEmpty() || type.equals("L"))
                    && groups.get(group).isEmpty()) {
                groups.set(group, group(segment, repetition, field));
            }
        }
        String name = withoutTrailing("=", String.join("=", groups));
        if (name.codePointCount(0, name.length()) > 255) {
            throw MessageFault.wrong(ErrorCode.DATA_TYPE_ERROR, segment.place(field), "is longer than 255 characters");
        }
        return name;
    }

    private static String group(Segment segment, String repetition, int field) throws MessageFault {
        List<String> components = new ArrayList<>();
        for (int component : COMPONENTS) {
            String value = segment.identifier(segment.part(repetition, component, 1), field);
            if (value.matches(".*[\\\\^=].*")) {
                throw MessageFault.wrong(
                        ErrorCode.DATA_TYPE_ERROR, segment.place(field), "has a character that no name of DICOM has");
            }
            components.add(Normalizer.normalize(value, Normalizer.Form.NFC));
        }
        return withoutTrailing("^", String.join("^", components));
    }

    /**
     * Of the first who is named as XCN, or as CNN in the first component of NDL (HL7 2.5.1 2.A.12, 2.A.49): family and given name, else the
     * number; empty where there is none.
     */
    static String ofObserver(Segment segment, int field) throws MessageFault {
        List<String> repetitions = segment.repetitions(field);
        if (repetitions.isEmpty()) {
            return "";
        }
        String first = repetitions.get(0);
        boolean numbered = !segment.part(first, 1, 2).isEmpty()
                || !segment.part(first, 1, 3).isEmpty();
        String number = observer(segment, segment.part(first, 1, 1), field);
        String family = observer(segment, numbered ? segment.part(first, 1, 2) : segment.part(first, 2, 1), field);
        String given = observer(segment, numbered ? segment.part(first, 1, 3) : segment.part(first, 3, 1), field);
        String name = withoutTrailing("^", family + "^" + given);
        return name.isEmpty() ? number : name;
    }

    /** To be read by people, and compared with nothing. */
    private static String observer(Segment segment, String raw, int field) throws MessageFault {
        return Normalizer.normalize(segment.identifier(raw, field).replaceAll("[\\\\^=]", " "), Normalizer.Form.NFC);
    }

    private static String withoutTrailing(String delimiter, String text) {
        int end = text.length();
        while (end > 0 && text.startsWith(delimiter, end - 1)) {
            end--;
        }
        return text.substring(0, end);
    }
}
