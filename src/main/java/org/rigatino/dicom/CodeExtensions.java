package org.rigatino.dicom;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rigatino.dicom.TextDecoder.Part;

/**
 * Text with code extensions (ISO 2022; PS3.5 6.1.2.4, 6.1.2.5): escape sequences bring a set into G0, the codes below 80H,
 * or into G1, those above. Sets that Specific Character Set does not list are taken by their escape sequence, too.
 */
final class CodeExtensions {
    static final char ESCAPE = 0x1b;
    static final char NO_DELIMITER = '\uffff';

    /**
     * A set of characters (PS3.3 tables C.12-3 and C.12-4).
     *
     * @param high whether it is in G1
     * @param width bytes of one character
     * @param charset decodes it with the bytes as they stand in the text
     */
    private record CodeSet(boolean high, int width, Charset charset) {
        static CodeSet of(boolean high, int width, String charset) {
            return new CodeSet(high, width, Charset.forName(charset));
        }
    }

    private static final CodeSet ASCII = new CodeSet(false, 1, StandardCharsets.US_ASCII);
    private static final CodeSet ROMAJI = CodeSet.of(false, 1, "JIS_X0201");
    private static final CodeSet KATAKANA = CodeSet.of(true, 1, "JIS_X0201");

    /** By what follows ESC. */
    private static final Map<String, CodeSet> DESIGNATED = Map.ofEntries(
            Map.entry("(B", ASCII),
            Map.entry("(J", ROMAJI),
            Map.entry(")I", KATAKANA),
            Map.entry("-A", CodeSet.of(true, 1, "ISO-8859-1")),
            Map.entry("-B", CodeSet.of(true, 1, "ISO-8859-2")),
            Map.entry("-C", CodeSet.of(true, 1, "ISO-8859-3")),
            Map.entry("-D", CodeSet.of(true, 1, "ISO-8859-4")),
            Map.entry("-L", CodeSet.of(true, 1, "ISO-8859-5")),
            Map.entry("-G", CodeSet.of(true, 1, "ISO-8859-6")),
            Map.entry("-F", CodeSet.of(true, 1, "ISO-8859-7")),
            Map.entry("-H", CodeSet.of(true, 1, "ISO-8859-8")),
            Map.entry("-M", CodeSet.of(true, 1, "ISO-8859-9")),
            Map.entry("-b", CodeSet.of(true, 1, "ISO-8859-15")),
            Map.entry("-T", CodeSet.of(true, 1, "TIS-620")),
            Map.entry("$B", CodeSet.of(false, 2, "x-JIS0208")),
            Map.entry("$(D", CodeSet.of(false, 2, "JIS_X0212-1990")),
            Map.entry("$)C", CodeSet.of(true, 2, "EUC-KR")),
            Map.entry("$)A", CodeSet.of(true, 2, "GB2312")));

    /** G1 at the start, by the number of the first set's name. */
    private static final Map<String, CodeSet> FIRST = Map.ofEntries(
            Map.entry("13", KATAKANA),
            Map.entry("100", DESIGNATED.get("-A")),
            Map.entry("101", DESIGNATED.get("-B")),
            Map.entry("109", DESIGNATED.get("-C")),
            Map.entry("110", DESIGNATED.get("-D")),
            Map.entry("144", DESIGNATED.get("-L")),
            Map.entry("127", DESIGNATED.get("-G")),
            Map.entry("126", DESIGNATED.get("-F")),
            Map.entry("138", DESIGNATED.get("-H")),
            Map.entry("148", DESIGNATED.get("-M")),
            Map.entry("203", DESIGNATED.get("-b")),
            Map.entry("166", DESIGNATED.get("-T")));

    private final CodeSet low;
    private final CodeSet high;

    private CodeExtensions(CodeSet low, CodeSet high) {
        this.low = low;
        this.high = high;
    }

    /** @param name the first value of Specific Character Set; its sets are there before any escape sequence */
    static CodeExtensions startingWith(String name) {
        CodeSet high = FIRST.get(name.replaceFirst("^ISO(_IR| 2022 IR) ", ""));
        return new CodeExtensions(high == KATAKANA ? ROMAJI : ASCII, high);
    }

    /**
     * @param delimiter ends a part where a single-byte set is in G0
     * @param personName whether component and group delimiters bring the first sets back (PS3.5 6.1.2.5.3)
     */
    List<Part> parts(byte[] bytes, char delimiter, boolean personName) {
        return new Reading(bytes, delimiter, personName).parts();
    }

    /** One pass over the bytes of an attribute. */
    private final class Reading {
        private final byte[] bytes;
        private final char delimiter;
        private final boolean personName;
        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private boolean decoded = true;
        private CodeSet inLow = low;
        private CodeSet inHigh = high;
        private int start;
        private int at;

        Reading(byte[] bytes, char delimiter, boolean personName) {
            this.bytes = bytes;
            this.delimiter = delimiter;
            this.personName = personName;
        }

        List<Part> parts() {
            while (at < bytes.length) {
                int code = bytes[at] & 0xFF;
                if (code == ESCAPE) {
                    designate();
                } else if (code == delimiter && inLow.width == 1) {
                    end();
                    start = ++at;
                } else if (code < ' ' || inLow.width == 1 && personName && (code == '^' || code == '=')) {
                    reset();
                    text.append((char) code);
                    at++;
                } else if (code == ' ') {
                    text.append(' ');
                    at++;
                } else {
                    character(code < 0x80 ? inLow : inHigh);
                }
            }
            end();
            return parts;
        }

        private void designate() {
            for (int length = 2; length <= 3 && at + length < bytes.length; length++) {
                CodeSet set = DESIGNATED.get(new String(bytes, at + 1, length, StandardCharsets.ISO_8859_1));
                if (set != null) {
                    inLow = set.high ? inLow : set;
                    inHigh = set.high ? set : inHigh;
                    at += 1 + length;
                    return;
                }
            }
            decoded = false;
            at++;
        }

        /** A byte that does not begin a character of the set is passed over alone: what follows it may be text again. */
        private void character(CodeSet set) {
            boolean whole = set != null && (set.width == 1 || hasSecondByte());
            Optional<String> character = whole ? decoded(set.charset, at, set.width) : Optional.empty();
            decoded &= character.isPresent();
            text.append(character.orElse(""));
            at += whole ? set.width : 1;
        }

        private boolean hasSecondByte() {
            return at + 1 < bytes.length && (bytes[at + 1] & 0x7F) > ' ' && (bytes[at] ^ bytes[at + 1]) >= 0;
        }

        private Optional<String> decoded(Charset charset, int from, int length) {
            try {
                return Optional.of(charset.newDecoder()
                        .decode(ByteBuffer.wrap(bytes, from, length))
                        .toString());
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        }

        private void end() {
            byte[] part = Arrays.copyOfRange(bytes, start, Math.min(at, bytes.length));
            parts.add(Part.of(part, decoded ? Optional.of(text.toString()) : Optional.empty()));
            text.setLength(0);
            decoded = true;
            reset();
        }

        private void reset() {
            inLow = low;
            inHigh = high;
        }
    }
}
