package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A message, in the characters that its MSH-18 says. */
record InboundMessage(Segment header, List<Segment> segments) {
    private static final int MOST_SEGMENTS = 20_000;

    /**
     * The header alone, by which a message is answered that cannot be read: every set that is read has ASCII as it is.
     *
     * @param bytes of which more may be missing
     */
    static Segment header(byte[] bytes) throws MessageFault {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Delimiters delimiters = Delimiters.of(text);
        return new Segment("MSH", 1, firstLine(text), delimiters, StandardCharsets.ISO_8859_1);
    }

    private static String firstLine(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
            end++;
        }
        return text.substring(0, end);
    }

    /** @param otherwise the set where the message names none */
    static InboundMessage read(byte[] bytes, Charset otherwise) throws MessageFault {
        Segment header = header(bytes);
        Charset charset = charset(header, otherwise);
        String text = text(bytes, charset, header);
        Delimiters delimiters = Delimiters.of(text);
        List<Segment> segments = segments(text, delimiters, charset);
        Segment read = segments.get(0);
        if (!charset(read, otherwise).equals(charset)) {
            throw MessageFault.wrong(
                    ErrorCode.DATA_TYPE_ERROR, header.place(18), "cannot be told from what is before it");
        }
        return new InboundMessage(read, segments.subList(1, segments.size()));
    }

    private static Charset charset(Segment header, Charset otherwise) throws MessageFault {
        List<String> names = header.repetitions(18).stream()
                .filter(name -> !name.isBlank())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return otherwise;
        }
        if (names.size() > 1) {
            throw MessageFault.wrong(
                    ErrorCode.TABLE_VALUE_NOT_FOUND, header.place(18), "names several character sets: one is read");
        }
        return CharacterSets.of(names.get(0))
                .orElseThrow(() -> MessageFault.wrong(
                        ErrorCode.TABLE_VALUE_NOT_FOUND,
                        header.place(18),
                        "is no character set that is read here: send UNICODE UTF-8, or ASCII, 8859/1 to 8859/9, 8859/15,"
                                + " GB 18030-2000, KS X 1001 or BIG-5"));
    }

    private static String text(byte[] bytes, Charset charset, Segment header) throws MessageFault {
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw notOfSet(header, charset);
        }
        // C1 controls: bytes of another set, Windows' as a rule.
        if (text.chars().anyMatch(c -> c >= 0x80 && c <= 0x9F)) {
            throw notOfSet(header, charset);
        }
        return text.indexOf('\r') < 0 ? text.replace('\n', '\r') : text.replace("\r\n", "\r");
    }

    private static MessageFault notOfSet(Segment header, Charset charset) {
        return MessageFault.wrong(
                ErrorCode.DATA_TYPE_ERROR,
                header.place(18),
                (header.raw(18).isEmpty()
                                ? "is empty, and the message is not "
                                : "is not what the message is: it is not ")
                        + charset.name());
    }

    private static List<Segment> segments(String text, Delimiters delimiters, Charset charset) throws MessageFault {
        List<Segment> segments = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        int begin = 0;
        while (begin < text.length()) {
            int found = text.indexOf('\r', begin);
            int end = found < 0 ? text.length() : found;
            if (end > begin) {
                segments.add(segment(text.substring(begin, end), seen, delimiters, charset));
            }
            begin = end + 1;
            if (segments.size() > MOST_SEGMENTS) {
                throw MessageFault.wrong(
                        ErrorCode.SEGMENT_SEQUENCE_ERROR,
                        segments.get(0).place(0),
                        "heads more than " + MOST_SEGMENTS + " segments");
            }
        }
        return segments;
    }

    private static Segment segment(String line, Map<String, Integer> seen, Delimiters delimiters, Charset charset)
            throws MessageFault {
        String name = line.substring(0, Math.min(3, line.length()));
        boolean ends = line.length() == 3 || line.length() > 3 && line.charAt(3) == delimiters.field();
        if (!name.matches("[A-Z][A-Z0-9]{2}") || !ends || name.equals("MSH") && seen.containsKey(name)) {
            throw MessageFault.wrong(
                    ErrorCode.SEGMENT_SEQUENCE_ERROR,
                    new MessageFault.Place("MSH", 1, 0),
                    "is followed by a line that is no segment, after "
                            + seen.values().stream().mapToInt(i -> i).sum() + " segments");
        }
        return new Segment(name, seen.merge(name, 1, Integer::sum), line, delimiters, charset);
    }
}
