package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Writes commands and datasets as presentation data values (PS3.8 annex E), one to a PDU. */
final class PdvWriter {
    private static final int PDV_HEADER_LENGTH = 6;
    private static final int COMMAND = 1;
    private static final int DATA = 0;
    private static final int LAST = 2;

    private final Association association;
    private final int fragmentLength;

    /** @param peerMaxLength the longest P-DATA-TF body that the peer takes; 0 for no limit */
    PdvWriter(Association association, int peerMaxLength) {
        this.association = association;
        boolean unlimited = peerMaxLength <= PDV_HEADER_LENGTH;
        int bodyLength = unlimited ? Pdu.MAX_DATA_LENGTH : Math.min(peerMaxLength, Pdu.MAX_DATA_LENGTH);
        this.fragmentLength = bodyLength - PDV_HEADER_LENGTH;
    }

    void writeCommand(int contextId, byte[] command) throws IOException {
        write(contextId, COMMAND, new ByteArrayInputStream(command));
    }

    /** Reads the dataset to its end. */
    void writeDataset(int contextId, InputStream dataset) throws IOException {
        write(contextId, DATA, dataset);
    }

    private void write(int contextId, int kind, InputStream content) throws IOException {
        byte[] fragment = content.readNBytes(fragmentLength);
        boolean last = false;
        while (!last) {
            byte[] next = content.readNBytes(fragmentLength);
            last = next.length == 0;
            association.write(pdu(contextId, kind | (last ? LAST : 0), fragment));
            fragment = next;
        }
    }

    private static Pdu pdu(int contextId, int control, byte[] fragment) {
        return new Pdu(
                Pdu.P_DATA_TF,
                ByteBuffer.allocate(PDV_HEADER_LENGTH + fragment.length)
                        .putInt(fragment.length + 2)
                        .put((byte) contextId)
                        .put((byte) control)
                        .put(fragment)
                        .array());
    }
}
