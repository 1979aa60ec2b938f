package org.rigatino.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rigatino.Patience;

/**
 * Fuzz target: everything that a peer may send to the listener. An odd first byte puts a good A-ASSOCIATE-RQ in front,
 * so that what follows meets an established association. Only {@link IOException} may come of it.
 */
final class AssociationFuzz {
    private static final byte[] REQUEST = request();
    private static final AssociationAcceptor ACCEPTOR = new AssociationAcceptor(
            Listening.rules(Set.of(), 10, Patience.STEP), (archive, report) -> {}, AddedSenders.NONE);
    private static final ServiceProvider SERVICES = new ServiceProvider(
            AssociationFuzz::store,
            (archive, report) -> {},
            (caller, told) -> {},
            (operation, caller, uid, step) -> OperationStatus.SUCCESS);

    private AssociationFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        boolean associated = (input[0] & 1) == 1;
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.write(REQUEST, 0, associated ? REQUEST.length : 0);
        sent.write(input, 1, input.length - 1);
        try (Socket peer = new MemorySocket(sent.toByteArray())) {
            Optional<AssociationAcceptor.Accepted> accepted = ACCEPTOR.accept(peer, () -> true);
            if (accepted.isPresent()) {
                SERVICES.serve(accepted.get());
            }
        } catch (IOException refused) {
            // What a peer can do wrong ends its association and nothing else.
        }
    }

    private static StoreStatus store(StoreRequest request, InputStream dataset) {
        try {
            dataset.transferTo(java.io.OutputStream.nullOutputStream());
            return StoreStatus.SUCCESS;
        } catch (IOException e) {
            return StoreStatus.CANNOT_UNDERSTAND;
        }
    }

    private static byte[] request() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            List<PresentationContext> proposals = List.of(
                    PresentationContext.plain(1, SopClass.VERIFICATION),
                    PresentationContext.plain(3, SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE),
                    PresentationContext.plain(5, SopClass.STORAGE_COMMITMENT_PUSH_MODEL),
                    PresentationContext.plain(7, SopClass.INSTANCE_AVAILABILITY_NOTIFICATION));
            new Negotiation(Listening.AE_TITLE, "FUZZ", proposals, List.of())
                    .encode(Pdu.ASSOCIATE_RQ)
                    .write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
