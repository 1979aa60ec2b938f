package org.rigatino.dicom;

import java.nio.file.Path;
import java.util.Collection;

/**
 * Storage Service Class user (PS3.4 annex B): several C-STORE over one association. Not safe for use by several
 * threads. {@link #close()} releases the association and always closes the socket.
 */
public final class StorageScu implements AutoCloseable {
    private StorageScu() {}

    /**
     * @param files PS3.10 files that may be sent; one presentation context is proposed for each of their pairs of SOP
     *     class and transfer syntax
     * @throws DicomException where a file is unreadable, or the peer cannot be reached or rejects the association
     */
    public static StorageScu open(RemoteNode node, Collection<Path> files) throws DicomException {
        throw new UnsupportedOperationException();
    }

    /**
     * Sends the file's dataset as it is, and returns what the peer answered.
     *
     * @throws NotNegotiatedException where the peer did not accept the file's SOP class in its transfer syntax; the
     *     association can still be used for other files
     * @throws DicomException where the file is unreadable or the association failed; close it and open another
     */
    public StoreStatus store(Path file) throws DicomException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
