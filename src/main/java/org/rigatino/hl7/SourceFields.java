package org.rigatino.hl7;

import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.Primitive;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/**
 * Fields that come from a header, of which each may hold what HL7 has no place for: that field is left out, and its
 * attribute noted, and the message is sent all the same. Of one message.
 */
final class SourceFields {
    private static final DateTimeFormatter HOURS =
            DateTimeFormatter.ofPattern("HH").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("HHmm").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("HHmmss").withResolverStyle(ResolverStyle.STRICT);

    private final Set<Integer> leftOut = new TreeSet<>(Integer::compareUnsigned);
    private int gone;

    void leaveOut(int tag) {
        leftOut.add(tag);
    }

    /** @param gone files that might have told who the patient is */
    void leaveOutPatient(int gone) {
        this.gone = gone;
    }

    /** The value; empty where there is none, or, which is noted, several or none that is text. */
    String text(Dataset header, int tag) {
        String text = Text.of(header, tag);
        if (text.isEmpty() && isUnreadable(header, tag)) {
            leaveOut(tag);
        }
        return text;
    }

    private static boolean isUnreadable(Dataset header, int tag) {
        try {
            header.requireReadable(tag);
            return !header.decodes(tag) || Text.values(header, tag).size() > 1;
        } catch (DicomException e) {
            return true;
        }
    }

    /** The value where it is one that the field may have; else empty, which is noted. */
    String text(Dataset header, int tag, Predicate<String> fits) {
        String text = text(header, tag);
        if (text.isEmpty() || fits.test(text)) {
            return text;
        }
        leaveOut(tag);
        return "";
    }

    /** Copies the value of an attribute. */
    void copy(Dataset header, int tag, Primitive field) {
        set(field, text(header, tag), tag);
    }

    void set(Primitive field, String value, int tag) {
        try {
            field.setValue(value);
        } catch (DataTypeException e) {
            field.clear();
            leaveOut(tag);
        }
    }

    /** Whether it is a day of the calendar (DA of PS3.5 6.2; DT of HL7 2.5.1 2.A.21). */
    static boolean isDate(String text) {
        return text.matches("\\d{8}") && parses(() -> LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
    }

    /**
     * Whether it is a time of day, without its fraction, in hours, minutes and seconds as far as they are given. HL7 has no
     * leap second (2.5.1 2.A.22), which DICOM has.
     */
    static boolean isTime(String text) {
        return switch (text.length()) {
            case 2 -> text.matches("\\d{2}") && parses(() -> HOURS.parse(text));
            case 4 -> text.matches("\\d{4}") && parses(() -> LocalTime.parse(text, MINUTES));
            case 6 -> text.matches("\\d{6}") && parses(() -> LocalTime.parse(text, SECONDS));
            default -> false;
        };
    }

    /** Whether it is an offset from UTC: PS3.3 C.12.1.1.8, of -1200 to +1400. */
    static boolean isOffset(String text) {
        return text.matches("[+-]\\d{4}")
                && !text.equals("-0000")
                && parses(() -> ZoneOffset.of(text))
                && ZoneOffset.of(text).getTotalSeconds() >= -12 * 3600
                && ZoneOffset.of(text).getTotalSeconds() <= 14 * 3600;
    }

    private static boolean parses(Runnable parsing) {
        try {
            parsing.run();
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** For the audit trail: tags and no values; empty where all is in the message. */
    String told() {
        String patient = gone == 0
                ? ""
                : "; without PID: files of the study are not in the instance store, " + gone
                        + " that were looked for; put them back from a backup";
        return leftOut.isEmpty()
                ? patient
                : leftOut.stream()
                        .map(Tag::text)
                        .collect(Collectors.joining(
                                ", ", patient + "; left out, because HL7 has no place for its value: ", ""));
    }
}
