package org.rigatino.dicom;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Storage Service Class user (PS3.4 annex B): several C-STORE over one association. Not safe for use by several
 * threads. {@link #close()} releases the association and always closes the socket.
 */
public final class StorageScu implements AutoCloseable {
    private static final int MAX_CONTEXTS = 128;
    private static final int PRIORITY_MEDIUM = 0;

    /** What one presentation context is proposed for. */
    private record Kind(String sopClassUid, String transferSyntaxUid) {}

    private final Association association;

    private StorageScu(Association association) {
        this.association = association;
    }

    /**
     * @param files PS3.10 files that may be sent; one presentation context is proposed for each of their pairs of SOP
     *     class and transfer syntax
     * @throws DicomException where a file is unreadable, or the peer cannot be reached or rejects the association
     */
    public static StorageScu open(RemoteNode node, Collection<Path> files) throws DicomException {
        Set<Kind> kinds = new LinkedHashSet<>();
        for (Path file : files) {
            FileMeta meta = FileMeta.read(file);
            kinds.add(new Kind(meta.sopClassUid(), meta.transferSyntaxUid()));
        }
        if (kinds.isEmpty() || kinds.size() > MAX_CONTEXTS) {
            throw new DicomException("an association carries 1 to " + MAX_CONTEXTS
                    + " kinds of SOP class and transfer syntax, not " + kinds.size());
        }
        List<PresentationContext> proposals = new ArrayList<>();
        for (Kind kind : kinds) {
            proposals.add(new PresentationContext(
                    2 * proposals.size() + 1,
                    PresentationContext.ACCEPTANCE,
                    kind.sopClassUid(),
                    List.of(kind.transferSyntaxUid())));
        }
        return new StorageScu(AssociationRequestor.request(node, proposals, List.of()));
    }

    /**
     * Sends the file's dataset as it is, and returns what the peer answered.
     *
     * @throws NotNegotiatedException where the peer did not accept the file's SOP class in its transfer syntax; the
     *     association can still be used for other files
     * @throws DicomException where the file is unreadable or the association failed; close it and open another
     */
    public StoreStatus store(Path file) throws DicomException {
        try (PushbackInputStream in = new PushbackInputStream(new BufferedInputStream(Files.newInputStream(file)), 4)) {
            FileMeta meta = FileMeta.read(in);
            PresentationContext context = association
                    .context(meta.sopClassUid(), meta.transferSyntaxUid())
                    .orElseThrow(() -> new NotNegotiatedException(association.peer() + " does not accept SOP class "
                            + meta.sopClassUid() + " in transfer syntax " + meta.transferSyntaxUid()));
            association.send(context, command(meta), in);
            return new StoreStatus(association.receiveResponse().command().integer(CommandSet.STATUS));
        } catch (IOException e) {
            throw DicomException.of("C-STORE of " + file.getFileName() + " to " + association.peer(), e);
        }
    }

    private CommandSet command(FileMeta meta) {
        return association
                .request(CommandSet.C_STORE_RQ, true)
                .put(CommandSet.AFFECTED_SOP_CLASS_UID, meta.sopClassUid())
                .put(CommandSet.AFFECTED_SOP_INSTANCE_UID, meta.sopInstanceUid())
                .put(CommandSet.PRIORITY, PRIORITY_MEDIUM);
    }

    @Override
    public void close() {
        association.releaseAtEnd();
    }
}
