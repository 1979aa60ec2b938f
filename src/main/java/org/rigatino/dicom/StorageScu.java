package org.rigatino.dicom;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Storage Service Class user (PS3.4 annex B): several C-STORE over one association. Not safe for use by several
 * threads but for {@link #abort()}. {@link #close()} releases the association and always closes the socket.
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
     *     class and transfer syntax, and one of Implicit VR Little Endian for each SOP class that can be sent in it
     *     (PS3.5 10.1)
     * @throws DicomException where a file is unreadable, or the peer cannot be reached or rejects the association
     */
    public static StorageScu open(RemoteNode node, Collection<Path> files) throws DicomException {
        Set<Kind> kinds = new LinkedHashSet<>();
        Set<Kind> converted = new LinkedHashSet<>();
        for (Path file : files) {
            FileMeta meta = FileMeta.read(file);
            kinds.add(new Kind(meta.sopClassUid(), meta.transferSyntaxUid()));
            if (isConvertible(meta)) {
                converted.add(new Kind(meta.sopClassUid(), TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN));
            }
        }
        kinds.addAll(converted);
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

    private static boolean isConvertible(FileMeta meta) {
        return meta.transferSyntaxUid().equals(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    /**
     * Sends the file's dataset and returns what the peer answered: as it is, or where the peer does not accept its
     * Explicit VR Little Endian, as Implicit VR Little Endian with the same values. The file stays as it is.
     *
     * @throws NotNegotiatedException where the peer did not accept the file's SOP class in a transfer syntax that it can
     *     be sent in; the association can still be used for other files
     * @throws DicomException where the file is unreadable or the association failed; close it and open another
     */
    public StoreStatus store(Path file) throws DicomException {
        try {
            FileMeta meta = FileMeta.read(file);
            Optional<PresentationContext> asItIs = association.context(meta.sopClassUid(), meta.transferSyntaxUid());
            CommandSet request =
                    asItIs.isPresent() ? sendAsItIs(file, asItIs.get()) : sendConverted(file, implicit(meta));
            return new StoreStatus(
                    association.receiveResponse(request).command().integer(CommandSet.STATUS));
        } catch (IOException e) {
            throw DicomException.of("C-STORE of " + file.getFileName() + " to " + association.peer(), e);
        }
    }

    private PresentationContext implicit(FileMeta meta) throws NotNegotiatedException {
        return Optional.of(meta)
                .filter(StorageScu::isConvertible)
                .flatMap(convertible ->
                        association.context(meta.sopClassUid(), TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN))
                .orElseThrow(() -> new NotNegotiatedException(association.peer() + " does not accept SOP class "
                        + meta.sopClassUid() + " in transfer syntax " + meta.transferSyntaxUid()
                        + (isConvertible(meta) ? " or " + TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN : "")));
    }

    private CommandSet sendAsItIs(Path file, PresentationContext context) throws IOException {
        try (PushbackInputStream in = dataset(file)) {
            CommandSet command = command(FileMeta.read(in));
            association.send(context, command, in);
            return command;
        }
    }

    /** Tried first without sending, so that a dataset that does not convert costs no association. */
    private CommandSet sendConverted(Path file, PresentationContext context) throws IOException {
        try (PushbackInputStream in = dataset(file)) {
            FileMeta.read(in);
            ImplicitVrWriter.convert(in, OutputStream.nullOutputStream());
        }
        try (PushbackInputStream in = dataset(file)) {
            CommandSet command = command(FileMeta.read(in));
            association.send(context, command, out -> ImplicitVrWriter.convert(in, new BufferedOutputStream(out)));
            return command;
        }
    }

    private static PushbackInputStream dataset(Path file) throws IOException {
        return new PushbackInputStream(new BufferedInputStream(Files.newInputStream(file)), 4);
    }

    private CommandSet command(FileMeta meta) {
        return association
                .request(CommandSet.C_STORE_RQ, true)
                .put(CommandSet.AFFECTED_SOP_CLASS_UID, meta.sopClassUid())
                .put(CommandSet.AFFECTED_SOP_INSTANCE_UID, meta.sopInstanceUid())
                .put(CommandSet.PRIORITY, PRIORITY_MEDIUM);
    }

    /** Closes the connection under an operation of another thread, which ends with an exception. */
    public void abort() {
        association.cut();
    }

    @Override
    public void close() {
        association.releaseAtEnd();
    }
}
