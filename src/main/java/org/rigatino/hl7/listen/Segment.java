package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.ErrorCode;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A segment as it came; a field is looked for when it is asked for, so that a million delimiters make nothing of a million.
 *
 * @param sequence among those of its name in the message, from 1
 */
record Segment(String name, int sequence, String text, Delimiters delimiters, Charset charset) {
    /** What HL7 has for a value that is to be empty (2.5.1 2.5.3). */
    private static final String EMPTY = "\"\"";

    private static final int MOST_REPETITIONS = 5_000;

    MessageFault.Place place(int field) {
        return new MessageFault.Place(name, sequence, field);
    }

    /** As it came, all repetitions; empty where there is none. */
    String raw(int field) {
        int wanted = name.equals("MSH") ? field - 1 : field;
        int begin = 0;
        for (int i = 0; i < wanted; i++) {
            begin = text.indexOf(delimiters.field(), begin) + 1;
            if (begin == 0) {
                return "";
            }
        }
        int end = text.indexOf(delimiters.field(), begin);
        String found = end < 0 ? text.substring(begin) : text.substring(begin, end);
        return found.equals(EMPTY) ? "" : found;
    }

    /** Each as it came; none of an empty field. */
    List<String> repetitions(int field) throws MessageFault {
        String raw = raw(field);
        if (raw.isEmpty()) {
            return List.of();
        }
        String[] parts = raw.split(Pattern.quote(String.valueOf(delimiters.repetition())), MOST_REPETITIONS + 1);
        if (parts.length > MOST_REPETITIONS) {
            throw MessageFault.wrong(
                    ErrorCode.DATA_TYPE_ERROR, place(field), "repeats more often than " + MOST_REPETITIONS + " times");
        }
        return Arrays.asList(parts);
    }

    /** The first subcomponent of a component of the first repetition, without padding; empty where there is none. */
    String value(int field, int component) throws MessageFault {
        List<String> repetitions = repetitions(field);
        return repetitions.isEmpty() ? "" : identifier(part(repetitions.get(0), component, 1), field);
    }

    String part(String repetition, int component, int subcomponent) {
        String whole = nth(repetition, delimiters.component(), component);
        return nth(whole, delimiters.subcomponent(), subcomponent);
    }

    String component(String repetition, int component) {
        return nth(repetition, delimiters.component(), component);
    }

    private static String nth(String text, char delimiter, int number) {
        int begin = 0;
        for (int i = 1; i < number; i++) {
            begin = text.indexOf(delimiter, begin) + 1;
            if (begin == 0) {
                return "";
            }
        }
        int end = text.indexOf(delimiter, begin);
        return end < 0 ? text.substring(begin) : text.substring(begin, end);
    }

    /** A code, a number or a name: one line of characters. */
    String identifier(String raw, int field) throws MessageFault {
        String value = resolved(raw, field).strip();
        if (value.equals(EMPTY)) {
            return "";
        }
        if (value.length() > 250 || value.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
            throw MessageFault.wrong(
                    ErrorCode.DATA_TYPE_ERROR,
                    place(field),
                    "is longer than 250 characters, or has one that is no text");
        }
        return value;
    }

    /** With its escape sequences resolved. */
    String resolved(String raw, int field) throws MessageFault {
        try {
            return Escapes.resolve(raw, delimiters, charset);
        } catch (CharacterCodingException e) {
            throw MessageFault.wrong(
                    ErrorCode.DATA_TYPE_ERROR,
                    place(field),
                    "has an escape sequence that stands for no character of the message's character set (MSH-18)");
        }
    }
}
