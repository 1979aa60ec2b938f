package org.rigatino.dicom;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** One protocol data unit of the DICOM upper layer (PS3.8 9.3.1). */
record Pdu(int type, byte[] body) {
    static final int ASSOCIATE_RQ = 1;
    static final int ASSOCIATE_AC = 2;
    static final int ASSOCIATE_RJ = 3;
    static final int P_DATA_TF = 4;
    static final int RELEASE_RQ = 5;
    static final int RELEASE_RP = 6;
    static final int ABORT = 7;

    /** What we announce as Maximum Length Received (PS3.8 D.1) where no rules say otherwise. */
    static final int MAX_DATA_LENGTH = 128 * 1024;

    static final int SHORTEST_MAX_DATA_LENGTH = 4096;

    /** 128 presentation contexts with dozens of transfer syntaxes each take less. */
    private static final int MAX_ASSOCIATE_LENGTH = 1024 * 1024;

    private static final int HEADER_LENGTH = 6;

    /**
     * Reads what follows the type byte. Nothing is allocated before the length has been found to be legal.
     *
     * @param maxDataLength the most that a P-DATA-TF PDU may hold
     */
    static Pdu readAfterType(int type, DataInputStream in, int maxDataLength) throws IOException {
        in.readByte();
        int length = in.readInt();
        if (length < shortest(type) || length > longest(type, maxDataLength)) {
            throw new AssociationException(
                    "PDU of type " + type + " announces " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return new Pdu(type, body);
    }

    private static int shortest(int type) {
        return type >= ASSOCIATE_RJ && type != P_DATA_TF ? 4 : 0;
    }

    private static int longest(int type, int maxDataLength) throws AssociationException {
        return switch (type) {
            case ASSOCIATE_RQ, ASSOCIATE_AC -> MAX_ASSOCIATE_LENGTH;
            case P_DATA_TF -> maxDataLength;
            case ASSOCIATE_RJ, RELEASE_RQ, RELEASE_RP, ABORT -> 4;
            default -> throw new AssociationException("PDU of unknown type " + type);
        };
    }

    void write(OutputStream out) throws IOException {
        out.write(ByteBuffer.allocate(HEADER_LENGTH + body.length)
                .put((byte) type)
                .put((byte) 0)
                .putInt(body.length)
                .put(body)
                .array());
        out.flush();
    }
}
