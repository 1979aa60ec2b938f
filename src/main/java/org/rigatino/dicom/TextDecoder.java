package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes text values after Specific Character Set (PS3.3 C.12.1.1.2). Text that is none of its character set keeps each
 * byte as one character: it compares and matches rightly in its ASCII parts, and is not for display.
 */
final class TextDecoder {
    /** Of the default repertoire (ISO IR 6), ASCII. */
    static final TextDecoder DEFAULT = new TextDecoder(StandardCharsets.US_ASCII, null);

    /** Without code extensions, and the names of old editions and of writers. */
    private static final Map<String, String> CHARSETS = Map.ofEntries(
            Map.entry("", "US-ASCII"),
            Map.entry("ISO_IR 6", "US-ASCII"),
            Map.entry("ISO_IR 100", "ISO-8859-1"),
            Map.entry("ISO_IR 101", "ISO-8859-2"),
            Map.entry("ISO_IR 109", "ISO-8859-3"),
            Map.entry("ISO_IR 110", "ISO-8859-4"),
            Map.entry("ISO_IR 144", "ISO-8859-5"),
            Map.entry("ISO_IR 127", "ISO-8859-6"),
            Map.entry("ISO_IR 126", "ISO-8859-7"),
            Map.entry("ISO_IR 138", "ISO-8859-8"),
            Map.entry("ISO_IR 148", "ISO-8859-9"),
            Map.entry("ISO_IR 203", "ISO-8859-15"),
            Map.entry("ISO_IR 13", "JIS_X0201"),
            Map.entry("ISO_IR 166", "TIS-620"),
            Map.entry("ISO_IR 192", "UTF-8"),
            Map.entry("GB18030", "GB18030"),
            Map.entry("GBK", "GBK"));

    /**
     * What lies between two delimiters.
     *
     * @param bytes as they were read
     * @param text where not decoded, each byte as one character
     * @param decoded whether the bytes are text of the character set for certain, so that equal text means equal values
     */
    record Part(byte[] bytes, String text, boolean decoded) {
        static Part of(byte[] bytes, Optional<String> text) {
            return new Part(
                    bytes, text.orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1)), text.isPresent());
        }
    }

    private final Charset charset;
    private final CodeExtensions extensions;

    private TextDecoder(Charset charset, CodeExtensions extensions) {
        this.charset = charset;
        this.extensions = extensions;
    }

    /** @param specificCharacterSet (0008,0005) as read; of a VR that is not text it says nothing */
    static TextDecoder of(Attribute specificCharacterSet) {
        if (!(specificCharacterSet instanceof VerbatimText text)) {
            return DEFAULT;
        }
        String[] names = new String(text.getByteValues(), StandardCharsets.ISO_8859_1).split("\\\\", -1);
        String first = names[0].replace('\0', ' ').strip();
        if (names.length > 1 && !first.equals("ISO_IR 192") && !first.startsWith("GB")
                || first.startsWith("ISO 2022")) {
            return new TextDecoder(null, CodeExtensions.startingWith(first));
        }
        String charset = CHARSETS.get(first);
        return charset != null && Charset.isSupported(charset)
                ? new TextDecoder(Charset.forName(charset), null)
                : DEFAULT;
    }

    /** The values that backslashes part, without padding; inside a two-byte set a backslash's code is no backslash. */
    List<Part> values(byte[] bytes, boolean personName) {
        if (extensions != null) {
            return extensions.parts(bytes, '\\', personName);
        }
        Optional<String> text = decoded(bytes);
        if (text.isEmpty()) {
            return split(bytes, '\\');
        }
        return Arrays.stream(text.get().split("\\\\", -1))
                .map(value -> new Part(value.getBytes(charset), value, true))
                .toList();
    }

    /** The whole as one value, of a VR in which a backslash is a character. */
    Part value(byte[] bytes) {
        return extensions != null
                ? extensions.parts(bytes, CodeExtensions.NO_DELIMITER, false).get(0)
                : Part.of(bytes, decoded(bytes));
    }

    /** The component groups of a person name (PS3.5 6.2.1.1): alphabetic, ideographic, phonetic. */
    List<Part> componentGroups(byte[] name) {
        return extensions != null ? extensions.parts(name, '=', true) : split(name, '=');
    }

    /** No trailing byte of a character is the code of an equals sign in any of these character sets. */
    private List<Part> split(byte[] bytes, char delimiter) {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == delimiter) {
                byte[] part = Arrays.copyOfRange(bytes, start, i);
                parts.add(Part.of(part, decoded(part)));
                start = i + 1;
            }
        }
        return parts;
    }

    private Optional<String> decoded(byte[] bytes) {
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            // An escape sequence has a meaning with code extensions alone.
            return text.indexOf(CodeExtensions.ESCAPE) >= 0 ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
