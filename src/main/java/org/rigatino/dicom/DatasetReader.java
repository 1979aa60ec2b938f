package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeFactory;
import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.DicomDictionary;
import com.pixelmed.dicom.DicomInputStream;
import com.pixelmed.dicom.SequenceAttribute;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Decodes datasets (PS3.5 chapter 7) without decoding their text: the toolkit's reader drops a text attribute whose
 * character set it stumbles over, and loses its place in the stream. Values too large for a header are skipped.
 */
final class DatasetReader {
    private static final int UNDEFINED = -1;
    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_DELIMITATION = 0xFFFEE00D;
    private static final int SEQUENCE_DELIMITATION = 0xFFFEE0DD;

    private static final Set<String> TEXT = Set.of(
            "AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UI", "UR", "UT");
    private static final Set<String> LONG_FORM =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");
    private static final Set<String> SHORT_FORM = Set.of(
            "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM",
            "UI", "UL", "US");

    /** Tag, VR (UN where unknown) and value length of an element. */
    private record ElementHeader(int tag, String vr, int length) {}

    private final ElementInputStream in;
    private final boolean explicit;
    private final int stopTag;
    private final ReadLimits limits;
    private long total;
    private int elements;
    private int stoppedAt;
    private boolean signed;

    /** @param stopTag the first top-level element that is not read; compared unsigned */
    DatasetReader(InputStream in, String transferSyntaxUid, int stopTag) {
        this(in, transferSyntaxUid, stopTag, ReadLimits.inForce());
    }

    DatasetReader(InputStream in, String transferSyntaxUid, int stopTag, ReadLimits limits) {
        this.limits = limits;
        this.in = new ElementInputStream(in, transferSyntaxUid.equals(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN));
        this.explicit = !transferSyntaxUid.equals(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
        this.stopTag = stopTag;
    }

    /** @throws IOException where the dataset ends within an element or cannot be one */
    AttributeList read() throws IOException {
        AttributeList list = new AttributeList();
        TextDecoder text = TextDecoder.DEFAULT;
        while (in.hasMore()) {
            int tag = in.readTag();
            if (Integer.compareUnsigned(tag, stopTag) >= 0) {
                stoppedAt = tag;
                return list;
            }
            text = element(list, header(tag, explicit), explicit, text, 0);
        }
        return list;
    }

    /** The tag that reading ended at, itself read; 0 where the dataset ended first. */
    int stoppedAt() {
        return stoppedAt;
    }

    /** Adds the element, and returns what decodes the text of those that follow. */
    private TextDecoder element(
            AttributeList list, ElementHeader header, boolean explicitVr, TextDecoder text, int depth)
            throws IOException {
        count();
        boolean sequence = header.vr().equals("SQ") || header.vr().equals("UN") && header.length() == UNDEFINED;
        if (sequence) {
            // PS3.5 6.2.2 note 2: a sequence under UN is Implicit VR Little Endian.
            list.put(sequence(header, explicitVr && header.vr().equals("SQ"), text, depth));
        } else if (header.length() == UNDEFINED) {
            skipFragments();
        } else if (Integer.toUnsignedLong(header.length()) > limits.elementLength()) {
            skip(header.length());
        } else if (header.tag() >>> 16 != 0xFFFE) {
            Attribute attribute = attribute(header, value(header.length()), text);
            list.put(attribute);
            if (header.tag() == Tag.PixelRepresentation) {
                signed = attribute.getSingleIntegerValueOrDefault(0) == 1;
            }
            return header.tag() == Tag.SpecificCharacterSet ? TextDecoder.of(attribute) : text;
        }
        return text;
    }

    /** An attribute takes a hundred bytes of memory and more, and eight of a file. */
    private void count() throws DicomException {
        if (++elements > limits.elements()) {
            throw new DicomException("dataset of more than " + limits.elements() + " attributes and items");
        }
    }

    private void skip(int length) throws IOException {
        try {
            in.skipNBytes(Integer.toUnsignedLong(length));
        } catch (EOFException e) {
            throw new DicomException("dataset ends within an element", e);
        }
    }

    private byte[] value(int length) throws IOException {
        total += length;
        if (total > limits.headerLength()) {
            throw new DicomException("header of more than " + limits.headerLength() + " bytes");
        }
        byte[] value = in.readNBytes(length);
        if (value.length < length) {
            throw new EOFException("dataset ends within an element");
        }
        return value;
    }

    private Attribute attribute(ElementHeader header, byte[] value, TextDecoder text) throws IOException {
        AttributeTag tag = new AttributeTag(header.tag() >>> 16, header.tag() & 0xFFFF);
        byte[] vr = header.vr().getBytes(StandardCharsets.US_ASCII);
        if (TEXT.contains(header.vr())) {
            return new VerbatimText(tag, header.vr(), value, text);
        }
        String syntax =
                in.isBigEndian() ? TransferSyntax.EXPLICIT_VR_BIG_ENDIAN : TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
        try (DicomInputStream bytes = new DicomInputStream(new ByteArrayInputStream(value), syntax, false)) {
            return AttributeFactory.newAttribute(tag, vr, value.length, bytes, null, true, 2, 0, false);
        } catch (com.pixelmed.dicom.DicomException | RuntimeException e) {
            throw new DicomException(
                    "element " + Tag.text(header.tag()) + " does not hold a value of VR " + header.vr());
        }
    }

    private ElementHeader header(int tag, boolean explicitVr) throws IOException {
        if (tag >>> 16 == 0xFFFE) {
            return new ElementHeader(tag, "UN", in.readInt());
        }
        if (!explicitVr) {
            return new ElementHeader(tag, dictionaryVr(tag), in.readInt());
        }
        byte[] vrBytes = value(2);
        String vr = new String(vrBytes, StandardCharsets.US_ASCII);
        if (LONG_FORM.contains(vr)) {
            in.readShort();
            int length = in.readInt();
            String known = dictionaryVr(tag);
            boolean better = vr.equals("UN") && length != UNDEFINED && TEXT.contains(known);
            return new ElementHeader(tag, better ? known : vr, length);
        }
        if (SHORT_FORM.contains(vr) || vrBytes[0] >= ' ' && vrBytes[1] >= ' ') {
            int length = in.readShort();
            return new ElementHeader(tag, SHORT_FORM.contains(vr) ? vr : "UN", length);
        }
        int length = in.isBigEndian()
                ? (vrBytes[0] & 0xff) << 24 | (vrBytes[1] & 0xff) << 16 | in.readShort()
                : (vrBytes[0] & 0xff) | (vrBytes[1] & 0xff) << 8 | in.readShort() << 16;
        return new ElementHeader(tag, dictionaryVr(tag), length);
    }

    /** Of Implicit VR (PS3.6); UN for private elements. Where two VRs are possible, PS3.5 annex A.1 says which. */
    private String dictionaryVr(int tag) {
        if ((tag & 0xFFFF) == 0) {
            return "UL";
        }
        if ((tag >>> 16 & 1) == 1) {
            return (tag & 0xFFFF) >= 0x10 && (tag & 0xFFFF) <= 0xFF ? "LO" : "UN";
        }
        byte[] vr = DicomDictionary.StandardDictionary.getValueRepresentationFromTag(
                new AttributeTag(tag >>> 16, tag & 0xFFFF));
        String name = vr == null ? "UN" : new String(vr, 0, 2, StandardCharsets.US_ASCII);
        return switch (name) {
            case "XS", "XO" -> signed ? "SS" : "US";
            case "OX" -> "OW";
            default -> name;
        };
    }

    private SequenceAttribute sequence(ElementHeader header, boolean explicitVr, TextDecoder text, int depth)
            throws IOException {
        if (depth >= limits.depth()) {
            throw new DicomException("sequences nested deeper than " + limits.depth());
        }
        SequenceAttribute sequence =
                new SequenceAttribute(new AttributeTag(header.tag() >>> 16, header.tag() & 0xFFFF));
        long end =
                header.length() == UNDEFINED ? Long.MAX_VALUE : in.position() + Integer.toUnsignedLong(header.length());
        while (in.position() < end) {
            int tag = in.readTag();
            int length = in.readInt();
            if (tag == SEQUENCE_DELIMITATION) {
                return sequence;
            }
            if (tag != ITEM) {
                throw new DicomException(
                        "element " + Tag.text(tag) + " where an item of " + Tag.text(header.tag()) + " was due");
            }
            count();
            sequence.addItem(item(length, explicitVr, text, depth));
        }
        return sequence;
    }

    private AttributeList item(int length, boolean explicitVr, TextDecoder outer, int depth) throws IOException {
        AttributeList item = new AttributeList();
        TextDecoder text = outer;
        long end = length == UNDEFINED ? Long.MAX_VALUE : in.position() + Integer.toUnsignedLong(length);
        while (in.position() < end) {
            int tag = in.readTag();
            ElementHeader header = header(tag, explicitVr);
            if (tag == ITEM_DELIMITATION) {
                return item;
            }
            text = element(item, header, explicitVr, text, depth + 1);
        }
        return item;
    }

    /** Encapsulated pixels (PS3.5 A.4), as icons have them. */
    private void skipFragments() throws IOException {
        int tag = in.readTag();
        int length = in.readInt();
        while (tag == ITEM) {
            skip(length);
            tag = in.readTag();
            length = in.readInt();
        }
        if (tag != SEQUENCE_DELIMITATION) {
            throw new DicomException("encapsulated value without end");
        }
    }
}
