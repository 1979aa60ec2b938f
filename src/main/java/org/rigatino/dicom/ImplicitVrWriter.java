package org.rigatino.dicom;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Writes a dataset of Explicit VR Little Endian as Implicit VR Little Endian (PS3.5 annex A.1), element by element and
 * without decoding values: both are little endian, so that every value keeps its bytes. Sequences and items get undefined
 * lengths (PS3.5 7.5.2). Group lengths (gggg,0000), retired and no longer true, are left out.
 */
final class ImplicitVrWriter {
    private static final int UNDEFINED = -1;
    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_DELIMITATION = 0xFFFEE00D;
    private static final int SEQUENCE_DELIMITATION = 0xFFFEE0DD;
    private static final int BUFFER = 1 << 16;

    /** Short of them, every VR has a 32-bit length behind two reserved bytes, unknown ones too (PS3.5 7.1.2). */
    private static final Set<String> SHORT_FORM = Set.of(
            "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM",
            "UI", "UL", "US");

    private final ElementInputStream in;
    private final DataOutputStream out;
    private final int mostDepth = ReadLimits.inForce().depth();

    private ImplicitVrWriter(InputStream explicit, OutputStream implicit) {
        this.in = new ElementInputStream(explicit, false);
        this.out = new DataOutputStream(implicit);
    }

    /**
     * Reads the dataset to its end.
     *
     * @param explicit Explicit VR Little Endian, without File Meta Information; best buffered
     * @throws DicomException where the dataset has a value that Implicit VR cannot hold (encapsulated pixels), or ends
     *     within an element
     */
    static void convert(InputStream explicit, OutputStream implicit) throws IOException {
        ImplicitVrWriter writer = new ImplicitVrWriter(explicit, implicit);
        try {
            while (writer.in.hasMore()) {
                writer.explicitElement(writer.in.readTag(), 0);
            }
        } catch (EOFException e) {
            throw new DicomException("dataset ends within an element", e);
        }
        writer.out.flush();
    }

    private void explicitElement(int tag, int depth) throws IOException {
        String vr = new String(in.readNBytes(2), StandardCharsets.US_ASCII);
        int length;
        if (SHORT_FORM.contains(vr)) {
            length = in.readShort();
        } else {
            in.readShort();
            length = in.readInt();
        }
        if (vr.equals("SQ")) {
            sequence(tag, length, true, depth);
        } else if (length == UNDEFINED && vr.equals("UN")) {
            // PS3.5 6.2.2 note 2: a sequence under UN is Implicit VR Little Endian already.
            sequence(tag, length, false, depth);
        } else if (length == UNDEFINED) {
            throw new DicomException("the value of " + Tag.text(tag)
                    + " is encapsulated, which Implicit VR Little Endian does not know (PS3.5 annex A.4)");
        } else {
            value(tag, length);
        }
    }

    private void implicitElement(int tag, int depth) throws IOException {
        int length = in.readInt();
        if (length == UNDEFINED) {
            sequence(tag, length, false, depth);
        } else {
            value(tag, length);
        }
    }

    private void value(int tag, int length) throws IOException {
        boolean groupLength = (tag & 0xFFFF) == 0;
        if (!groupLength) {
            head(tag, length);
        }
        byte[] buffer = new byte[(int) Math.min(BUFFER, Integer.toUnsignedLong(length))];
        for (long left = Integer.toUnsignedLong(length); left > 0; ) {
            int count = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
            if (count == 0) {
                throw new EOFException();
            }
            if (!groupLength) {
                out.write(buffer, 0, count);
            }
            left -= count;
        }
    }

    private void sequence(int tag, int length, boolean explicit, int depth) throws IOException {
        if (depth >= mostDepth) {
            throw new DicomException("sequences nested deeper than " + mostDepth);
        }
        head(tag, UNDEFINED);
        long end = end(length);
        while (in.position() < end) {
            int item = in.readTag();
            int itemLength = in.readInt();
            if (item == SEQUENCE_DELIMITATION && length == UNDEFINED) {
                break;
            }
            if (item != ITEM) {
                throw new DicomException(
                        "element " + Tag.text(item) + " where an item of " + Tag.text(tag) + " was due");
            }
            item(itemLength, explicit, depth + 1);
        }
        within(end, tag);
        head(SEQUENCE_DELIMITATION, 0);
    }

    private void item(int length, boolean explicit, int depth) throws IOException {
        head(ITEM, UNDEFINED);
        long end = end(length);
        while (in.position() < end) {
            int tag = in.readTag();
            if (tag == ITEM_DELIMITATION && length == UNDEFINED) {
                in.readInt();
                break;
            }
            if (explicit) {
                explicitElement(tag, depth);
            } else {
                implicitElement(tag, depth);
            }
        }
        within(end, ITEM);
        head(ITEM_DELIMITATION, 0);
    }

    private long end(int length) {
        return length == UNDEFINED ? Long.MAX_VALUE : in.position() + Integer.toUnsignedLong(length);
    }

    private void within(long end, int tag) throws DicomException {
        if (in.position() > end) {
            throw new DicomException("the content of " + Tag.text(tag) + " goes on behind its end");
        }
    }

    private void head(int tag, int length) throws IOException {
        out.writeShort(Short.reverseBytes((short) (tag >>> 16)));
        out.writeShort(Short.reverseBytes((short) tag));
        out.writeInt(Integer.reverseBytes(length));
    }
}
