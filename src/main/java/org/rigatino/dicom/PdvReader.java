package org.rigatino.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Takes presentation data values (PS3.8 annex E) from P-DATA-TF PDUs, one PDU in memory at a time. */
final class PdvReader {
    /** A whole command set. */
    record Command(int contextId, byte[] bytes) {}

    /** A fragment; {@code content} is valid until the next is asked for. */
    record Fragment(int contextId, boolean command, boolean last, ByteBuffer content) {}

    private static final int PDV_HEADER_LENGTH = 6;
    private static final int COMMAND = 1;
    private static final int LAST = 2;

    private final Association association;
    private ByteBuffer pdu = ByteBuffer.allocate(0);

    PdvReader(Association association) {
        this.association = association;
    }

    /** The next command set; empty where the peer released the association instead, or closed it. */
    Optional<Command> command(int limit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int contextId = -1;
        while (true) {
            Optional<Fragment> next = next(contextId < 0);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            Fragment fragment = next.get();
            boolean sameMessage = contextId < 0 || contextId == fragment.contextId();
            if (!fragment.command() || !sameMessage || bytes.size() > limit) {
                throw association.abort("data where a command of at most " + limit + " bytes was due");
            }
            contextId = fragment.contextId();
            append(bytes, fragment.content());
            if (fragment.last()) {
                return Optional.of(new Command(contextId, bytes.toByteArray()));
            }
        }
    }

    private static void append(ByteArrayOutputStream bytes, ByteBuffer content) {
        bytes.write(content.array(), content.arrayOffset() + content.position(), content.remaining());
    }

    /** The next fragment of a dataset. */
    Fragment data(int contextId) throws IOException {
        Fragment fragment = next(false).orElseThrow();
        if (fragment.command() || fragment.contextId() != contextId) {
            throw association.abort("a command where data was due");
        }
        return fragment;
    }

    /** @param mayEnd whether release is legal here: between messages it is, within one it is not */
    private Optional<Fragment> next(boolean mayEnd) throws IOException {
        if (!pdu.hasRemaining()) {
            Optional<Pdu> next = association.readPdu();
            if (next.isEmpty() || next.get().type() != Pdu.P_DATA_TF) {
                return end(next, mayEnd);
            }
            pdu = ByteBuffer.wrap(next.get().body());
        }
        return Optional.of(fragment());
    }

    private Optional<Fragment> end(Optional<Pdu> next, boolean mayEnd) throws IOException {
        if (next.isEmpty()) {
            throw new AssociationException(association.peer() + " closed the connection without release");
        }
        if (!mayEnd || next.get().type() != Pdu.RELEASE_RQ) {
            throw association.unexpected(next.get());
        }
        association.released();
        return Optional.empty();
    }

    private Fragment fragment() throws AssociationException {
        if (pdu.remaining() < PDV_HEADER_LENGTH) {
            throw association.abort("P-DATA-TF PDU that ends within a header");
        }
        int length = pdu.getInt() - 2;
        int contextId = pdu.get() & 0xff;
        int control = pdu.get();
        if (length < 0 || length > pdu.remaining()) {
            throw association.abort("presentation data value that reaches beyond its PDU");
        }
        ByteBuffer content = pdu.slice(pdu.position(), length);
        pdu.position(pdu.position() + length);
        return new Fragment(contextId, (control & COMMAND) != 0, (control & LAST) != 0, content);
    }
}
