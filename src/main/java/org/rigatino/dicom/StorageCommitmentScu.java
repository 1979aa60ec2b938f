package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Storage Commitment Push Model user (PS3.4 annex J). */
public final class StorageCommitmentScu {
    private static final int REQUEST_STORAGE_COMMITMENT = 1;
    private static final int SUCCESS = 0x0000;
    private static final int INVALID_ARGUMENT_VALUE = 0x0115;
    private static final int INVALID_OBJECT_INSTANCE = 0x0117;
    private static final int UNRECOGNIZED_OPERATION = 0x0211;
    /** Beside the wait for the report, however much the archive has to say. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration TURN = Duration.ofMillis(200);

    private final Association association;
    private final PresentationContext context;
    private final String transactionUid;
    private StorageCommitmentResult report;

    private StorageCommitmentScu(Association association, String transactionUid) throws NotNegotiatedException {
        this.association = association;
        this.context = association.require(SopClass.STORAGE_COMMITMENT_PUSH_MODEL);
        this.transactionUid = transactionUid;
    }

    /**
     * Requests commitment (N-ACTION) and waits on the same association for the report.
     *
     * @param transactionUid names the request; a later report to the {@link DicomListener} carries it
     * @param wait how long to keep the association open for a report on it; zero does not wait
     * @param elsewhere whether the report has come by another way, which ends the wait; asked now and then
     * @return the report, or empty where none came on this association: it may come later to the listener
     * @throws NotNegotiatedException where the archive offers no storage commitment
     * @throws DicomException where the request did not reach the archive or was answered with a failure
     */
    public static Optional<StorageCommitmentResult> request(
            RemoteNode node,
            String transactionUid,
            List<SopReference> instances,
            Duration wait,
            BooleanSupplier elsewhere)
            throws DicomException {
        List<PresentationContext> proposals =
                List.of(PresentationContext.plain(1, SopClass.STORAGE_COMMITMENT_PUSH_MODEL));
        try (Association association = AssociationRequestor.request(node, proposals, List.of());
                Deadline deadline = Deadline.of(association::cut, wait.plus(LONGEST))) {
            StorageCommitmentScu scu = new StorageCommitmentScu(association, transactionUid);
            scu.request(instances);
            scu.awaitReport(wait, elsewhere);
            return Optional.ofNullable(scu.report);
        } catch (IOException e) {
            throw DicomException.of("storage commitment request to " + node, e);
        }
    }

    private void request(List<SopReference> instances) throws IOException {
        byte[] action = StorageCommitment.encodeRequest(transactionUid, instances, context.transferSyntax());
        CommandSet request = association
                .request(CommandSet.N_ACTION_RQ, true)
                .put(CommandSet.REQUESTED_SOP_CLASS_UID, SopClass.STORAGE_COMMITMENT_PUSH_MODEL)
                .put(CommandSet.REQUESTED_SOP_INSTANCE_UID, SopClass.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE)
                .put(CommandSet.ACTION_TYPE_ID, REQUEST_STORAGE_COMMITMENT);
        association.send(context, request, new ByteArrayInputStream(action));
        Association.Message message = received();
        while (!message.command().isResponse()) {
            take(message);
            message = received();
        }
        association.demandAnswer(message.command(), request);
        association.skipDataset(message);
        StoreStatus status = new StoreStatus(message.command().integer(CommandSet.STATUS));
        if (!status.isSuccess() && !status.isWarning()) {
            association.releaseAtEnd();
            throw new DicomException(association.peer() + " answered the storage commitment request with " + status);
        }
    }

    private Association.Message received() throws IOException {
        try {
            return association
                    .receive()
                    .orElseThrow(() -> new AssociationException(association.peer() + " released instead of answering"));
        } catch (SocketTimeoutException e) {
            throw association.abort("no response to the storage commitment request");
        }
    }

    /** The request stands whatever happens to the association from here on. */
    private void awaitReport(Duration wait, BooleanSupplier elsewhere) {
        long end = System.nanoTime() + wait.toNanos();
        try {
            while (report == null && System.nanoTime() < end && !elsewhere.getAsBoolean()) {
                if (!association.hearsWithin(TURN)) {
                    continue;
                }
                association.waitAtMost(Duration.ofNanos(end - System.nanoTime()));
                Optional<Association.Message> message = association.receive();
                if (message.isEmpty()) {
                    return;
                }
                take(message.get());
            }
        } catch (IOException e) {
            DicomListener.LOG.debugf("no report on the association with %s: %s", association.peer(), e.getMessage());
        }
        association.releaseAtEnd();
    }

    /** Reports on other transactions are refused here, so that the archive sends them to the listener. */
    private void take(Association.Message message) throws IOException {
        if (message.command().integer(CommandSet.COMMAND_FIELD) != CommandSet.N_EVENT_REPORT_RQ
                || !message.command().hasDataset()) {
            association.skipDataset(message);
            association.respond(message, UNRECOGNIZED_OPERATION);
            return;
        }
        byte[] bytes = ServiceProvider.readDataset(association, message);
        association.respond(message, taken(bytes, message.context().transferSyntax()));
    }

    private int taken(byte[] bytes, String transferSyntaxUid) {
        try {
            StorageCommitmentResult result = StorageCommitment.decodeReport(bytes, transferSyntaxUid);
            if (!result.transactionUid().equals(transactionUid)) {
                return INVALID_OBJECT_INSTANCE;
            }
            report = result;
            return SUCCESS;
        } catch (DicomException e) {
            DicomListener.LOG.warnf(
                    "storage commitment report from %s refused: %s", association.peer(), e.getMessage());
            return INVALID_ARGUMENT_VALUE;
        }
    }
}
