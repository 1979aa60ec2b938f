package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Elements byte by byte (PS3.5 7.1), as no writer of ours would write them. */
final class Elements {
    static final int UNDEFINED = -1;

    private final boolean explicit;
    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Elements(boolean explicit, ByteOrder order) {
        this.explicit = explicit;
        this.order = order;
    }

    static Elements in(String transferSyntaxUid) {
        return new Elements(
                !transferSyntaxUid.equals(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN),
                transferSyntaxUid.equals(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN)
                        ? ByteOrder.BIG_ENDIAN
                        : ByteOrder.LITTLE_ENDIAN);
    }

    static Elements implicit() {
        return in(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
    }

    /** The form of the table's VRs, or of UN. */
    Elements put(int tag, String vr, byte... value) {
        return head(tag, vr, value.length).raw(value);
    }

    Elements put(int tag, String vr, String value) {
        return put(tag, vr, value.getBytes(StandardCharsets.ISO_8859_1));
    }

    Elements head(int tag, String vr, int length) {
        ByteBuffer head = ByteBuffer.allocate(12).order(order);
        head.putShort((short) (tag >>> 16)).putShort((short) tag);
        if (!explicit) {
            head.putInt(length);
        } else if (ValueRepresentation.isShortForm(vr)) {
            head.put(vr.getBytes(StandardCharsets.US_ASCII)).putShort((short) length);
        } else {
            head.put(vr.getBytes(StandardCharsets.US_ASCII)).putShort((short) 0).putInt(length);
        }
        return raw(java.util.Arrays.copyOf(head.array(), head.position()));
    }

    /** An item, its delimiter or that of a sequence. */
    Elements mark(int tag, int length) {
        return raw(ByteBuffer.allocate(8)
                .order(order)
                .putShort((short) (tag >>> 16))
                .putShort((short) tag)
                .putInt(length)
                .array());
    }

    Elements item(Elements content) {
        return mark(0xFFFEE000, content.out.size()).raw(content.bytes());
    }

    Elements raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    static byte[] shorts(ByteOrder order, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(order);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }

    static byte[] doubles(ByteOrder order, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(order);
        for (double value : values) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }

    Dataset read(String transferSyntaxUid) throws IOException {
        return new Dataset(new DatasetReader(new ByteArrayInputStream(bytes()), transferSyntaxUid, -1).read());
    }
}
