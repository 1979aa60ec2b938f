package org.rigatino.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of one dataset as they arrive over an association. */
final class DatasetInputStream extends InputStream {
    private final PdvReader pdvs;
    private final int contextId;
    private ByteBuffer fragment = ByteBuffer.allocate(0);
    private boolean lastSeen;
    private IOException failure;

    DatasetInputStream(PdvReader pdvs, int contextId) {
        this.pdvs = pdvs;
        this.contextId = contextId;
    }

    @Override
    public int read() throws IOException {
        return fill() ? fragment.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, fragment.remaining());
        fragment.get(bytes, offset, count);
        return count;
    }

    /** Skips what is left; throws where the association failed now or earlier. */
    void drain() throws IOException {
        while (fill()) {
            fragment.position(fragment.limit());
        }
    }

    private boolean fill() throws IOException {
        if (failure != null) {
            throw failure;
        }
        while (!fragment.hasRemaining() && !lastSeen) {
            try {
                PdvReader.Fragment next = pdvs.data(contextId);
                fragment = next.content();
                lastSeen = next.last();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
        return fragment.hasRemaining();
    }
}
