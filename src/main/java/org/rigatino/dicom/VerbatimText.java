package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.DicomOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A text attribute that is written with the bytes that it was read with. The toolkit's own are decoded when read and
 * encoded anew when written, which loses escape sequences (PS3.5 6.1.2.5) and every byte that its decoder does not know.
 */
final class VerbatimText extends Attribute {
    /** PS3.5 6.1.2.3: others are of the default repertoire whatever the character set. */
    private static final Set<String> BY_CHARACTER_SET = Set.of("LO", "LT", "PN", "SH", "ST", "UC", "UT");

    private final String vr;
    private final byte[] bytes;
    private final List<String> values;
    private final List<TextDecoder.Part> groups;
    private final boolean decoded;

    /** @param bytes padded as PS3.5 6.2 says where they are not: a UID with NUL, text with spaces */
    VerbatimText(AttributeTag tag, String vr, byte[] bytes, TextDecoder text) {
        super(tag);
        this.vr = vr;
        this.bytes = padded(bytes);
        List<TextDecoder.Part> parts = parts(BY_CHARACTER_SET.contains(vr) ? text : TextDecoder.DEFAULT);
        this.values = parts.stream().map(part -> stripped(part.text())).toList();
        this.decoded = parts.stream().allMatch(TextDecoder.Part::decoded);
        this.groups = vr.equals("PN") && !parts.isEmpty()
                ? text.componentGroups(parts.get(0).bytes())
                : List.of();
        this.valueLength = this.bytes.length;
        this.valueMultiplicity = values.size();
    }

    private byte[] padded(byte[] read) {
        boolean uid = vr.equals("UI");
        int end = read.length;
        boolean nul = false;
        while (end > 0 && (read[end - 1] == 0 || read[end - 1] == ' ')) {
            nul |= read[--end] == 0;
        }
        int length = uid || end == 0 && nul ? end : read.length;
        if (length == read.length && !nul && length % 2 == 0) {
            return read;
        }
        byte[] padded = Arrays.copyOf(read, length + length % 2);
        Arrays.fill(padded, end, padded.length, (byte) (uid ? 0 : ' '));
        return padded;
    }

    private List<TextDecoder.Part> parts(TextDecoder text) {
        if (bytes.length == 0) {
            return List.of();
        }
        return ValueRepresentation.isSingleValued(vr)
                ? List.of(text.value(bytes))
                : text.values(bytes, vr.equals("PN"));
    }

    private static String stripped(String value) {
        return value.replace('\0', ' ').strip();
    }

    /** Whether all of it is text of its character set. */
    boolean isDecoded() {
        return decoded;
    }

    /** The component groups of the first value of a person name; empty where one is no text of its character set. */
    List<Optional<String>> componentGroups() {
        return groups.stream()
                .map(group -> group.decoded() ? Optional.of(stripped(group.text())) : Optional.<String>empty())
                .toList();
    }

    @Override
    public byte[] getVR() {
        return vr.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] getByteValues() {
        return bytes.clone();
    }

    @Override
    public String[] getStringValues(NumberFormat format) {
        return values.toArray(new String[0]);
    }

    @Override
    public String[] getOriginalStringValues() {
        return values.toArray(new String[0]);
    }

    @Override
    public void removeValues() {
        throw new UnsupportedOperationException("an attribute that was read is replaced, not changed");
    }

    @Override
    public void write(DicomOutputStream out) throws com.pixelmed.dicom.DicomException, IOException {
        writeBase(out);
        out.write(bytes);
    }
}
