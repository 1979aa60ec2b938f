package org.rigatino.dicom;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.UUID;

/** What is served over an accepted association: C-ECHO, C-STORE, N-EVENT-REPORT of storage commitment, N-CREATE of availability, performed steps. */
final class ServiceProvider {
    private static final int SUCCESS = 0x0000;
    private static final int INVALID_ATTRIBUTE_VALUE = 0x0106;
    private static final int PROCESSING_FAILURE = 0x0110;
    private static final int INVALID_ARGUMENT_VALUE = 0x0115;
    private static final int UNRECOGNIZED_OPERATION = 0x0211;
    static final int MAX_REPORT_LENGTH = 16 * 1024 * 1024;

    private final StoreHandler stores;
    private final CommitmentHandler commitments;
    private final AvailabilityHandler availabilities;
    private final PerformedStepProvider steps;

    ServiceProvider(
            StoreHandler stores,
            CommitmentHandler commitments,
            AvailabilityHandler availabilities,
            PerformedStepHandler steps) {
        this.availabilities = availabilities;
        this.steps = new PerformedStepProvider(steps);
        this.stores = stores;
        this.commitments = commitments;
    }

    CommitmentHandler commitments() {
        return commitments;
    }

    /** Until the peer releases the association. */
    void serve(AssociationAcceptor.Accepted accepted) throws IOException {
        Association association = accepted.association();
        try {
            Optional<Association.Message> message = association.receive();
            while (message.isPresent()) {
                answer(accepted, message.get());
                message = association.receive();
            }
        } catch (SocketTimeoutException e) {
            throw association.abort("idle for too long");
        }
    }

    private void answer(AssociationAcceptor.Accepted accepted, Association.Message message) throws IOException {
        int field = message.command().integer(CommandSet.COMMAND_FIELD);
        String sopClass = message.context().abstractSyntax();
        if (field == CommandSet.C_STORE_RQ && SopClass.isStorage(sopClass)) {
            store(accepted, message);
        } else if (field == CommandSet.N_EVENT_REPORT_RQ && sopClass.equals(SopClass.STORAGE_COMMITMENT_PUSH_MODEL)) {
            report(accepted, message);
        } else if (field == CommandSet.N_CREATE_RQ && sopClass.equals(SopClass.INSTANCE_AVAILABILITY_NOTIFICATION)) {
            available(accepted, message);
        } else if ((field == CommandSet.N_CREATE_RQ || field == CommandSet.N_SET_RQ)
                && sopClass.equals(SopClass.MODALITY_PERFORMED_PROCEDURE_STEP)) {
            steps.answer(accepted, message);
        } else {
            accepted.association().skipDataset(message);
            if (field == CommandSet.C_ECHO_RQ) {
                accepted.association().respond(message, SUCCESS);
            } else if (field != CommandSet.C_CANCEL_RQ) {
                accepted.association().respond(message, UNRECOGNIZED_OPERATION);
            }
        }
    }

    private void store(AssociationAcceptor.Accepted accepted, Association.Message message) throws IOException {
        Association association = accepted.association();
        if (!message.command().hasDataset()) {
            association.respond(message, StoreStatus.CANNOT_UNDERSTAND.code());
            return;
        }
        DatasetInputStream dataset = association.dataset(message);
        StoreStatus status = stores.store(
                new StoreRequest(
                        accepted.request().callingAeTitle(),
                        message.command().uid(CommandSet.AFFECTED_SOP_CLASS_UID),
                        message.command().uid(CommandSet.AFFECTED_SOP_INSTANCE_UID),
                        message.context().transferSyntax(),
                        accepted.onRequest()),
                dataset);
        dataset.drain();
        association.respond(message, status.code());
    }

    private void report(AssociationAcceptor.Accepted accepted, Association.Message message) throws IOException {
        Association association = accepted.association();
        byte[] report = readDataset(association, message);
        int status = SUCCESS;
        try {
            commitments.report(
                    accepted.request().callingAeTitle(),
                    StorageCommitment.decodeReport(report, message.context().transferSyntax()));
        } catch (DicomException e) {
            DicomListener.LOG.warnf(
                    "storage commitment report from %s refused: %s", association.peer(), e.getMessage());
            status = INVALID_ARGUMENT_VALUE;
        } catch (Exception e) {
            DicomListener.LOG.errorf(e, "storage commitment report from %s could not be kept", association.peer());
            status = PROCESSING_FAILURE;
        }
        association.respond(message, status);
    }

    /** PS3.4 R.3.1.2: the notification has no life of its own, so its instance is named and not kept. */
    private void available(AssociationAcceptor.Accepted accepted, Association.Message message) throws IOException {
        Association association = accepted.association();
        byte[] notification = readDataset(association, message);
        int status = SUCCESS;
        try {
            availabilities.available(
                    accepted.request().callingAeTitle(),
                    InstanceAvailability.decode(notification, message.context().transferSyntax()));
        } catch (DicomException e) {
            DicomListener.LOG.warnf(
                    "instance availability notification from %s refused: %s", association.peer(), e.getMessage());
            status = INVALID_ATTRIBUTE_VALUE;
        } catch (Exception e) {
            DicomListener.LOG.errorf(
                    e, "instance availability notification from %s could not be kept", association.peer());
            status = PROCESSING_FAILURE;
        }
        CommandSet response = message.command().response(status);
        if (response.uid(CommandSet.AFFECTED_SOP_INSTANCE_UID).isEmpty()) {
            response.put(
                    CommandSet.AFFECTED_SOP_INSTANCE_UID,
                    Uids.nameBased("notification", UUID.randomUUID().toString()));
        }
        association.send(message.context(), response);
    }

    static byte[] readDataset(Association association, Association.Message message) throws IOException {
        if (!message.command().hasDataset()) {
            return new byte[0];
        }
        DatasetInputStream dataset = association.dataset(message);
        byte[] bytes = dataset.readNBytes(MAX_REPORT_LENGTH);
        dataset.drain();
        return bytes;
    }
}
