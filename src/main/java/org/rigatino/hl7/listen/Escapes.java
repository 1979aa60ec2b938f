package org.rigatino.hl7.listen;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Escape sequences of a value (HL7 2.5.1 2.7): delimiters, characters in hexadecimal, which are of the message's character set, and
 * the formatting of FT. A sequence of the sender's own stays as it is.
 */
final class Escapes {
    private static final Pattern SEQUENCE = Pattern.compile("[A-Za-z0-9.+-]{1,200}");
    private static final Pattern SPACING = Pattern.compile("\\.(sp|sk)\\+?(\\d{0,2})", Pattern.CASE_INSENSITIVE);

    private Escapes() {}

    /** @throws CharacterCodingException where a sequence stands for no character, or for one of another set */
    static String resolve(String value, Delimiters delimiters, Charset charset) throws CharacterCodingException {
        if (value.indexOf(delimiters.escape()) < 0) {
            return value;
        }
        StringBuilder resolved = new StringBuilder(value.length());
        int at = 0;
        while (at < value.length()) {
            int begin = value.indexOf(delimiters.escape(), at);
            int end = begin < 0 ? -1 : value.indexOf(delimiters.escape(), begin + 1);
            if (end < 0) {
                return resolved.append(value, at, value.length()).toString();
            }
            resolved.append(value, at, begin);
            String sequence = value.substring(begin + 1, end);
            if (SEQUENCE.matcher(sequence).matches()) {
                resolved.append(meaning(sequence, delimiters, charset));
                at = end + 1;
            } else {
                // A character that its sender did not escape.
                resolved.append(delimiters.escape());
                at = begin + 1;
            }
        }
        return resolved.toString();
    }

    private static String meaning(String sequence, Delimiters delimiters, Charset charset)
            throws CharacterCodingException {
        return switch (sequence) {
            case "F" -> String.valueOf(delimiters.field());
            case "S" -> String.valueOf(delimiters.component());
            case "T" -> String.valueOf(delimiters.subcomponent());
            case "R" -> String.valueOf(delimiters.repetition());
            case "E" -> String.valueOf(delimiters.escape());
            case "H", "N" -> "";
            default -> other(sequence, delimiters, charset);
        };
    }

    private static String other(String sequence, Delimiters delimiters, Charset charset)
            throws CharacterCodingException {
        if (sequence.matches("X([0-9A-Fa-f]{2})+")) {
            byte[] bytes = HexFormat.of().parseHex(sequence.substring(1));
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
        if (sequence.matches("[CM][0-9A-Fa-f]{4,6}")) {
            throw new CharacterCodingException();
        }
        return sequence.startsWith(".") ? formatting(sequence) : delimiters.escape() + sequence + delimiters.escape();
    }

    /** Lines and spaces; indentation and centring have no place in plain text. */
    private static String formatting(String sequence) {
        if (sequence.equalsIgnoreCase(".br") || sequence.equalsIgnoreCase(".ce")) {
            return "\n";
        }
        Matcher spacing = SPACING.matcher(sequence);
        if (!spacing.matches()) {
            return "";
        }
        int count = spacing.group(2).isEmpty() ? 1 : Integer.parseInt(spacing.group(2));
        return (spacing.group(1).equalsIgnoreCase("sp") ? "\n" : " ").repeat(count);
    }
}
