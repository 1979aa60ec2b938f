package org.rigatino.dicom;

import java.io.IOException;
import java.util.UUID;

/** Modality Performed Procedure Step SOP Class (PS3.4 F.7) as provider: N-CREATE and N-SET. */
final class PerformedStepProvider {
    private final PerformedStepHandler steps;

    PerformedStepProvider(PerformedStepHandler steps) {
        this.steps = steps;
    }

    void answer(AssociationAcceptor.Accepted accepted, Association.Message message) throws IOException {
        Association association = accepted.association();
        byte[] dataset = ServiceProvider.readDataset(association, message);
        CommandSet request = message.command();
        boolean create = request.integer(CommandSet.COMMAND_FIELD) == CommandSet.N_CREATE_RQ;
        String uid = create
                ? request.uid(CommandSet.AFFECTED_SOP_INSTANCE_UID)
                : request.uid(CommandSet.REQUESTED_SOP_INSTANCE_UID);
        if (create && uid.isEmpty()) {
            // PS3.7 10.1.5.1.4: the performing user assigns one.
            uid = Uids.nameBased("performed step", UUID.randomUUID().toString());
        }
        OperationStatus status = status(accepted, message, create, uid, dataset);
        association.send(
                message.context(), status.response(request, message.context().abstractSyntax(), uid));
    }

    private OperationStatus status(
            AssociationAcceptor.Accepted accepted,
            Association.Message message,
            boolean create,
            String uid,
            byte[] dataset) {
        String peer = accepted.association().peer();
        PerformedStep.Operation operation = create ? PerformedStep.Operation.CREATE : PerformedStep.Operation.SET;
        OperationStatus status;
        try {
            status = keep(accepted, message, operation, uid, dataset);
        } catch (OperationRefusedException e) {
            status = e.status();
        } catch (DicomException e) {
            DicomListener.LOG.warnf("performed step of %s cannot be read: %s", peer, e.getMessage());
            return OperationStatus.PROCESSING_FAILURE;
        } catch (Exception e) {
            DicomListener.LOG.errorf(e, "performed step of %s could not be kept", peer);
            return OperationStatus.PROCESSING_FAILURE;
        }
        if (status.code() != 0) {
            DicomListener.LOG.warnf(
                    "%s of performed step %s from %s refused: %s", operation, LogText.of(uid), peer, status);
        }
        return status;
    }

    private OperationStatus keep(
            AssociationAcceptor.Accepted accepted,
            Association.Message message,
            PerformedStep.Operation operation,
            String uid,
            byte[] dataset)
            throws Exception {
        if (!Uids.isValid(uid)) {
            return OperationStatus.invalidInstance();
        }
        if (dataset.length == ServiceProvider.MAX_REPORT_LENGTH) {
            return OperationStatus.resourceLimitation("a dataset of 16 MiB or more");
        }
        return steps.keep(
                operation,
                accepted.request().callingAeTitle(),
                uid,
                PerformedStep.decode(operation, dataset, message.context().transferSyntax()));
    }
}
