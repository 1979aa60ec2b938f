package org.rigatino.dicom;

import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.DicomDictionary;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Value representations (PS3.5 6.2): how their heads are encoded, and which can be read in the place of which. */
final class ValueRepresentation {
    static final String UNKNOWN = "UN";
    static final String SEQUENCE = "SQ";

    private static final Set<String> TEXT = Set.of(
            "AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UI", "UR", "UT");
    private static final Set<String> NUMBER_TEXT = Set.of("DS", "IS");
    private static final Set<String> SHORT_FORM = Set.of(
            "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM",
            "UI", "UL", "US");
    private static final Set<String> LONG_FORM =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

    /** PS3.5 table 6.2-1: a backslash in these is a character. */
    private static final Set<String> SINGLE_VALUED = Set.of("LT", "ST", "UR", "UT");

    private static final long LONGEST_TEXT = 0xFFFE;

    /** Bytes of one value. */
    private static final Map<String, Integer> NUMBERS =
            Map.of("AT", 4, "FD", 8, "FL", 4, "SL", 4, "SS", 2, "SV", 8, "UL", 4, "US", 2, "UV", 8);

    private static final Map<String, Integer> STREAMS = Map.of("OB", 1, "OD", 8, "OF", 4, "OL", 4, "OV", 8, "OW", 2);

    private ValueRepresentation() {}

    /** Of the table, with a length of 16 bits (PS3.5 table 7.1-2). */
    static boolean isShortForm(String vr) {
        return SHORT_FORM.contains(vr);
    }

    static boolean isLongForm(String vr) {
        return LONG_FORM.contains(vr);
    }

    /**
     * Bytes of a value of an attribute that is read: one of text, but for the lists of numbers and text without limits, has no
     * more in Explicit VR, whose lengths have 16 bits (PS3.5 7.1.2).
     */
    static long longest(String stated, String known, long otherwise) {
        String vr = known.equals(UNKNOWN) ? stated : known;
        boolean bounded = TEXT.contains(vr) && SHORT_FORM.contains(vr) && !NUMBER_TEXT.contains(vr);
        return bounded ? Math.min(LONGEST_TEXT, otherwise) : otherwise;
    }

    static boolean isText(String vr) {
        return TEXT.contains(vr);
    }

    /** What is no text is kept as it is. */
    static boolean isSingleValued(String vr) {
        return SINGLE_VALUED.contains(vr) || !TEXT.contains(vr);
    }

    /** Values in these bytes, at most: of a stream, which is kept as it is, one. */
    static int values(String vr, byte[] value) {
        if (!TEXT.contains(vr)) {
            return value.length / NUMBERS.getOrDefault(vr, Math.max(1, value.length));
        }
        int values = 1;
        for (int i = 0; i < value.length && !isSingleValued(vr); i++) {
            values += value[i] == '\\' ? 1 : 0;
        }
        return values;
    }

    /** Of the dictionary (PS3.6); UN for private elements and those that it lacks. Which of two VRs: PS3.5 annex A.1. */
    static String ofDictionary(int tag, boolean signed) {
        if ((tag & 0xFFFF) == 0) {
            return "UL";
        }
        if ((tag >>> 16 & 1) == 1) {
            return (tag & 0xFFFF) >= 0x10 && (tag & 0xFFFF) <= 0xFF ? "LO" : UNKNOWN;
        }
        byte[] vr = DicomDictionary.StandardDictionary.getValueRepresentationFromTag(
                new AttributeTag(tag >>> 16, tag & 0xFFFF));
        String name = vr == null ? UNKNOWN : new String(vr, 0, 2, StandardCharsets.US_ASCII);
        return switch (name) {
            case "XS", "XO" -> signed ? "SS" : "US";
            case "OX" -> "OW";
            default -> name;
        };
    }

    /**
     * The VR to read a value by that is not a sequence: the stated one; of a text attribute that came as bytes, and of
     * words that came as OW, the dictionary's. Empty where what is stated cannot be what is meant.
     */
    static Optional<String> readable(String stated, String known, byte[] value) {
        if (known.equals(UNKNOWN) || stated.equals(known)) {
            return fits(stated, value.length);
        }
        if (known.equals(SEQUENCE) || stated.equals(SEQUENCE)) {
            return Optional.empty();
        }
        if (TEXT.contains(stated)) {
            return STREAMS.containsKey(known) || known.equals("AT") ? Optional.empty() : Optional.of(stated);
        }
        if (TEXT.contains(known)) {
            return textOf(stated, known, value);
        }
        boolean words = STREAMS.containsKey(stated) && NUMBERS.containsKey(known);
        if (words) {
            return stated.equals("OW") && NUMBERS.get(known) == 2 ? fits(known, value.length) : Optional.empty();
        }
        boolean both = NUMBERS.containsKey(stated) || STREAMS.containsKey(stated);
        return !both || stated.equals("AT") || known.equals("AT") ? Optional.empty() : fits(stated, value.length);
    }

    /** A number of text that came as a binary one is read, unless its bytes are the text of a number themselves. */
    private static Optional<String> textOf(String stated, String known, byte[] value) {
        if (NUMBERS.containsKey(stated)) {
            boolean number = NUMBER_TEXT.contains(known) && !stated.equals("AT");
            boolean doubtful = new String(value, StandardCharsets.ISO_8859_1).matches("[-+.0-9eE\\\\ ]+");
            return number && (value.length == 0 || !doubtful) ? fits(stated, value.length) : Optional.empty();
        }
        return stated.equals("OB") || !STREAMS.containsKey(stated) ? Optional.of(known) : Optional.empty();
    }

    private static Optional<String> fits(String vr, int length) {
        int size = NUMBERS.getOrDefault(vr, STREAMS.getOrDefault(vr, 1));
        return length % size == 0 ? Optional.of(vr) : Optional.empty();
    }
}
