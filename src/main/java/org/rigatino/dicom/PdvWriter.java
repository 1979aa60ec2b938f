package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

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
        Fragments fragments = new Fragments(contextId, kind);
        content.transferTo(fragments);
        fragments.last();
    }

    /** Writes what the encoding writes. One that fails on its way leaves a message without end: abort the association. */
    void writeDataset(int contextId, Encoding dataset) throws IOException {
        Fragments fragments = new Fragments(contextId, DATA);
        dataset.encode(fragments);
        fragments.last();
    }

    /** A dataset as it comes about. */
    interface Encoding {
        void encode(OutputStream out) throws IOException;
    }

    /** One message's bytes, held back until it is known whether more follow. */
    private final class Fragments extends OutputStream {
        private final int contextId;
        private final int kind;
        private final byte[] buffer = new byte[fragmentLength];
        private int length;

        Fragments(int contextId, int kind) {
            this.contextId = contextId;
            this.kind = kind;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            int done = 0;
            while (done < count) {
                if (length == buffer.length) {
                    association.write(pdu(contextId, kind, buffer));
                    length = 0;
                }
                int part = Math.min(count - done, buffer.length - length);
                System.arraycopy(bytes, offset + done, buffer, length, part);
                length += part;
                done += part;
            }
        }

        void last() throws IOException {
            association.write(pdu(contextId, kind | LAST, Arrays.copyOf(buffer, length)));
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
