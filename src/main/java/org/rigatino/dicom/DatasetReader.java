package org.rigatino.dicom;

import static org.rigatino.dicom.ValueRepresentation.SEQUENCE;
import static org.rigatino.dicom.ValueRepresentation.UNKNOWN;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeFactory;
import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.DicomInputStream;
import com.pixelmed.dicom.SequenceAttribute;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Decodes datasets (PS3.5 chapter 7) without decoding their text: the toolkit's reader drops a text attribute whose
 * character set it stumbles over, and loses its place in the stream. Values too large for a header are skipped.
 */
final class DatasetReader {
    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_DELIMITATION = 0xFFFEE00D;
    private static final int SEQUENCE_DELIMITATION = 0xFFFEE0DD;

    private final ElementInputStream in;
    private final boolean explicit;
    private final int stopTag;
    private final ReadLimits limits;
    private final HeaderBudget budget;
    /** Top-level attributes that are kept; empty for all. */
    private final Set<Integer> wanted;

    private boolean passing;
    private int stoppedAt;
    private boolean signed;

    /** @param stopTag the first top-level element that is not read; compared unsigned */
    DatasetReader(InputStream in, String transferSyntaxUid, int stopTag) {
        this(in, transferSyntaxUid, stopTag, ReadLimits.inForce());
    }

    DatasetReader(InputStream in, String transferSyntaxUid, int stopTag, ReadLimits limits) {
        this(in, transferSyntaxUid, stopTag, new HeaderBudget(limits), Set.of());
    }

    /** @param wanted top-level attributes that are kept, others are passed over within the same limits; empty for all */
    DatasetReader(InputStream in, String transferSyntaxUid, int stopTag, ReadLimits limits, Set<Integer> wanted) {
        this(in, transferSyntaxUid, stopTag, new HeaderBudget(limits), wanted);
    }

    private DatasetReader(
            InputStream in, String transferSyntaxUid, int stopTag, HeaderBudget budget, Set<Integer> wanted) {
        this.wanted = wanted;
        this.budget = budget;
        this.limits = budget.limits();
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
            TextDecoder next = element(list, header(tag, explicit), explicit, text, 0);
            if (tag >>> 16 == 0 || tag >>> 16 == 2) {
                // Commands and File Meta Information are no part of a dataset (PS3.5 7.1, PS3.10 7.1).
                list.remove(new AttributeTag(tag >>> 16, tag & 0xFFFF));
            }
            text = next;
        }
        return list;
    }

    /** Bytes of memory that what was kept takes, about. */
    long memory() {
        return budget.memory();
    }

    /** The tag that reading ended at, itself read; 0 where the dataset ended first. */
    int stoppedAt() {
        return stoppedAt;
    }

    /** Adds the element, and returns what decodes the text of those that follow. */
    private TextDecoder element(
            AttributeList list, ElementHeader header, boolean explicitVr, TextDecoder text, int depth)
            throws IOException {
        budget.count();
        if (header.tag() >>> 16 == 0xFFFE) {
            skip(header.length());
            return text;
        }
        if (passing || depth == 0 && !wanted.isEmpty() && !wanted.contains(header.tag())) {
            pass(header, explicitVr, text, depth);
            return text;
        }
        Attribute attribute = attribute(header, explicitVr, text, depth);
        add(list, attribute);
        if (header.tag() == Tag.PixelRepresentation) {
            signed = attribute.getSingleIntegerValueOrDefault(0) == 1;
        }
        return header.tag() == Tag.SpecificCharacterSet ? TextDecoder.of(attribute) : text;
    }

    /** Counts what it holds as if it were kept. */
    private void pass(ElementHeader header, boolean explicitVr, TextDecoder text, int depth) throws IOException {
        boolean outer = passing;
        passing = true;
        if (header.isSequence()
                && (header.length() == ElementHeader.UNDEFINED || !header.vr().equals(UNKNOWN))) {
            attribute(header, explicitVr, text, depth);
        } else if (header.length() == ElementHeader.UNDEFINED) {
            skipFragments();
        } else {
            long length = Integer.toUnsignedLong(header.length());
            budget.add(length > limits.elementLength() ? 0 : length);
            skip(header.length());
        }
        passing = outer;
    }

    private Attribute attribute(ElementHeader header, boolean explicitVr, TextDecoder text, int depth)
            throws IOException {
        if (header.isSequence()) {
            return header.vr().equals(UNKNOWN)
                    ? sequenceUnderUnknown(header, text, depth)
                    : meant(header, sequence(header, explicitVr, text, depth));
        }
        if (header.length() == ElementHeader.UNDEFINED) {
            skipFragments();
            return header.unreadable("its value is in fragments (PS3.5 A.4)");
        }
        long longest = ValueRepresentation.longest(header.vr(), header.known(), limits.elementLength());
        if (Integer.toUnsignedLong(header.length()) > longest) {
            skip(header.length());
            return header.unreadable("it is longer than " + longest + " bytes ("
                    + (longest == limits.elementLength() ? "rigatino.dicom.limits.element-length" : "PS3.5 7.1.2")
                    + ")");
        }
        return value(header, value(header.length()), text);
    }

    private static Attribute meant(ElementHeader header, SequenceAttribute sequence) {
        boolean meant = header.known().equals(SEQUENCE) || header.known().equals(UNKNOWN);
        return meant ? sequence : header.unreadable("it is no sequence (PS3.6)");
    }

    /** PS3.5 7.1: an attribute is there once. Of two that differ neither is believed. */
    private static void add(AttributeList list, Attribute attribute) throws IOException {
        Attribute earlier = list.get(attribute.getTag());
        boolean same = earlier instanceof VerbatimText one
                && attribute instanceof VerbatimText other
                && java.util.Arrays.equals(one.getByteValues(), other.getByteValues());
        if (earlier == null || same) {
            list.put(attribute);
            return;
        }
        int tag = attribute.getTag().getGroup() << 16 | attribute.getTag().getElement();
        list.put(new UnreadableAttribute(tag, attribute.getVRAsString(), "it is there more than once (PS3.5 7.1)"));
    }

    private void skip(int length) throws IOException {
        try {
            in.skipNBytes(Integer.toUnsignedLong(length));
        } catch (EOFException e) {
            throw new EOFException("dataset ends within an element");
        }
    }

    private byte[] value(int length) throws IOException {
        budget.add(length);
        byte[] value = in.readNBytes(length);
        if (value.length < length) {
            throw new EOFException("dataset ends within an element");
        }
        return value;
    }

    private Attribute value(ElementHeader header, byte[] value, TextDecoder text) throws IOException {
        boolean unknown = header.vr().equals(UNKNOWN);
        String stated = unknown ? header.known() : header.vr();
        Optional<String> vr = ValueRepresentation.readable(stated, header.known(), value);
        if (vr.isEmpty()) {
            return header.unreadable("its " + value.length + " bytes are no value of VR " + header.known());
        }
        budget.values(ValueRepresentation.values(vr.get(), value));
        AttributeTag tag = new AttributeTag(header.tag() >>> 16, header.tag() & 0xFFFF);
        if (ValueRepresentation.isText(vr.get())) {
            return new VerbatimText(tag, vr.get(), value, text);
        }
        boolean bigEndian = in.isBigEndian() && !unknown;
        String syntax = bigEndian ? TransferSyntax.EXPLICIT_VR_BIG_ENDIAN : TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
        byte[] name = vr.get().getBytes(StandardCharsets.US_ASCII);
        try (DicomInputStream bytes = new DicomInputStream(new ByteArrayInputStream(value), syntax, false)) {
            return AttributeFactory.newAttribute(tag, name, value.length, bytes, null, true, 2, 0, false);
        } catch (com.pixelmed.dicom.DicomException | RuntimeException e) {
            return header.unreadable("its " + value.length + " bytes are no value of VR " + vr.get());
        }
    }

    private ElementHeader header(int tag, boolean explicitVr) throws IOException {
        String known = ValueRepresentation.ofDictionary(tag, signed);
        if (tag >>> 16 == 0xFFFE) {
            return new ElementHeader(tag, UNKNOWN, UNKNOWN, in.readInt());
        }
        if (!explicitVr) {
            return new ElementHeader(tag, known, known, in.readInt());
        }
        return ElementHeader.ofExplicitVr(tag, value(2), known, in);
    }

    /**
     * PS3.5 6.2.2: of known VR SQ, or of undefined length. Where it has a length and does not hold what it must, it alone
     * cannot be read.
     */
    private Attribute sequenceUnderUnknown(ElementHeader header, TextDecoder text, int depth) throws IOException {
        long length = Integer.toUnsignedLong(header.length());
        if (header.length() != ElementHeader.UNDEFINED && length <= limits.elementLength()) {
            return sequenceWithin(header, value(header.length()), text, depth);
        }
        boolean bigEndian = in.isBigEndian();
        in.bigEndian(false);
        try {
            return meant(header, sequence(header, false, text, depth));
        } finally {
            in.bigEndian(bigEndian);
        }
    }

    private Attribute sequenceWithin(ElementHeader header, byte[] value, TextDecoder text, int depth)
            throws IOException {
        String syntax = TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
        DatasetReader inner = new DatasetReader(
                new ByteArrayInputStream(value), syntax, stopTag, budget.without(value.length), Set.of());
        inner.signed = signed;
        try {
            return inner.sequence(header, false, text, depth);
        } catch (EOFException e) {
            return header.unreadable("its " + value.length + " bytes are no items in Implicit VR Little Endian");
        } catch (NoItemException e) {
            return header.unreadable(e.getMessage());
        } finally {
            budget.countedBy(inner.budget);
        }
    }

    private SequenceAttribute sequence(ElementHeader header, boolean explicitVr, TextDecoder text, int depth)
            throws IOException {
        if (depth >= limits.depth()) {
            throw new DicomException("sequences nested deeper than " + limits.depth());
        }
        SequenceAttribute sequence =
                new SequenceAttribute(new AttributeTag(header.tag() >>> 16, header.tag() & 0xFFFF));
        long end = header.length() == ElementHeader.UNDEFINED
                ? Long.MAX_VALUE
                : in.position() + Integer.toUnsignedLong(header.length());
        while (in.position() < end) {
            int tag = in.readTag();
            int length = in.readInt();
            if (tag == SEQUENCE_DELIMITATION) {
                return sequence;
            }
            if (tag != ITEM) {
                throw new NoItemException(
                        "element " + Tag.text(tag) + " where an item of " + Tag.text(header.tag()) + " was due");
            }
            budget.count();
            AttributeList item = item(length, explicitVr, text, depth);
            if (!passing) {
                sequence.addItem(item);
            }
        }
        return sequence;
    }

    private AttributeList item(int length, boolean explicitVr, TextDecoder outer, int depth) throws IOException {
        AttributeList item = new AttributeList();
        TextDecoder text = outer;
        boolean outside = signed;
        long end = length == ElementHeader.UNDEFINED ? Long.MAX_VALUE : in.position() + Integer.toUnsignedLong(length);
        while (in.position() < end) {
            int tag = in.readTag();
            ElementHeader header = header(tag, explicitVr);
            if (tag == ITEM_DELIMITATION) {
                break;
            }
            text = element(item, header, explicitVr, text, depth + 1);
        }
        signed = outside;
        if (in.position() > end) {
            throw new NoItemException("an item ends " + (in.position() - end) + " bytes behind its length (PS3.5 7.5)");
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
