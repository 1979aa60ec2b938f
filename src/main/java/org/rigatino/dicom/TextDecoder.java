package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decodes text values after Specific Character Set (PS3.3 C.12.1.1.2). With code extensions (ISO 2022), and without any
 * character set, each byte becomes one character: such text compares and matches rightly in its ASCII parts, and is not
 * for display.
 */
record TextDecoder(Charset charset) {
    static final TextDecoder DEFAULT = new TextDecoder(StandardCharsets.ISO_8859_1);

    private static final Map<String, String> CHARSETS = Map.ofEntries(
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

    /** @param specificCharacterSet (0008,0005) as read; of a VR that is not text it says nothing */
    static TextDecoder of(Attribute specificCharacterSet) {
        if (!(specificCharacterSet instanceof VerbatimText text)) {
            return DEFAULT;
        }
        String name = new String(text.getByteValues(), StandardCharsets.ISO_8859_1);
        String charset = CHARSETS.get(name.strip());
        return charset != null && Charset.isSupported(charset) ? new TextDecoder(Charset.forName(charset)) : DEFAULT;
    }

    /**
     * Whether the bytes are text of the character set for certain, so that equal text means equal values. With code
     * extensions, and in a character set that is not known, that holds of the default repertoire alone.
     */
    static boolean decodes(Attribute specificCharacterSet, byte[] bytes) {
        boolean ascii = true;
        for (byte b : bytes) {
            ascii &= b >= 0 && b != 0x1b;
        }
        if (ascii) {
            return true;
        }
        String name = specificCharacterSet instanceof VerbatimText text
                ? new String(text.getByteValues(), StandardCharsets.ISO_8859_1).strip()
                : "";
        if (name.equals("ISO_IR 100")) {
            return true;
        }
        try {
            of(specificCharacterSet).charset.newDecoder().decode(ByteBuffer.wrap(bytes));
            return CHARSETS.containsKey(name);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The values that backslashes part, without padding; inside a two-byte set a backslash's code is no backslash. */
    List<String> values(byte[] bytes) {
        String text = new String(bytes, charset);
        List<String> values = new ArrayList<>();
        boolean twoBytes = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0x1b && i + 1 < text.length()) {
                twoBytes = text.charAt(i + 1) == '$' && !text.startsWith(")", i + 2);
            } else if (c == '\\' && !twoBytes) {
                values.add(text.substring(start, i));
                start = i + 1;
            }
        }
        values.add(text.substring(start));
        return values;
    }
}
