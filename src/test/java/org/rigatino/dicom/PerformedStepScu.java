package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Modality Performed Procedure Step user (PS3.4 F.7), as a modality is one. */
public final class PerformedStepScu {
    private static final String SOP_CLASS = SopClass.MODALITY_PERFORMED_PROCEDURE_STEP;

    private PerformedStepScu() {}

    /** What was answered; {@code attribute} is 0 where none is listed. */
    public record Answer(int status, String comment, int errorId, int attribute, String sopInstanceUid) {}

    /** N-CREATE with status IN PROGRESS. */
    public static Answer create(RemoteNode node, String uid, String studyInstanceUid, String patientId)
            throws IOException {
        return create(node, uid, created(studyInstanceUid, patientId));
    }

    /** As a modality begins: what it has not made yet is there and empty. */
    public static Dataset created(String studyInstanceUid, String patientId) {
        return new Dataset()
                .putItems(
                        Tag.ScheduledStepAttributesSequence,
                        List.of(new Dataset().put(Tag.StudyInstanceUID, studyInstanceUid)))
                .put(Tag.PatientID, patientId)
                .put(Tag.PerformedProcedureStepStatus, "IN PROGRESS")
                .put(Tag.Modality, "MR")
                .putItems(Tag.PerformedSeriesSequence, List.of());
    }

    public static Answer create(RemoteNode node, String uid, Dataset step) throws IOException {
        return send(node, CommandSet.N_CREATE_RQ, uid, step);
    }

    /** N-SET of status and of one series of these images. */
    public static Answer set(RemoteNode node, String uid, String status, String... images) throws IOException {
        return set(
                node,
                uid,
                new Dataset()
                        .put(Tag.PerformedProcedureStepStatus, status)
                        .putItems(Tag.PerformedSeriesSequence, List.of(series(images))));
    }

    public static Answer set(RemoteNode node, String uid, Dataset step) throws IOException {
        return send(node, CommandSet.N_SET_RQ, uid, step);
    }

    static Dataset series(String... images) {
        return new Dataset()
                .put(Tag.SeriesInstanceUID, "2.25.5")
                .putItems(
                        Tag.ReferencedImageSequence,
                        Arrays.stream(images)
                                .map(image -> new Dataset()
                                        .put(Tag.ReferencedSOPClassUID, SopClass.MR_IMAGE_STORAGE)
                                        .put(Tag.ReferencedSOPInstanceUID, image))
                                .toList())
                .putItems(Tag.ReferencedNonImageCompositeSOPInstanceSequence, List.of());
    }

    static Answer send(RemoteNode node, int operation, String uid, Dataset step) throws IOException {
        boolean create = operation == CommandSet.N_CREATE_RQ;
        try (Association association =
                AssociationRequestor.request(node, List.of(PresentationContext.plain(1, SOP_CLASS)), List.of())) {
            PresentationContext context = association.require(SOP_CLASS);
            CommandSet request = association
                    .request(operation, true)
                    .put(create ? CommandSet.AFFECTED_SOP_CLASS_UID : CommandSet.REQUESTED_SOP_CLASS_UID, SOP_CLASS);
            if (!uid.isEmpty()) {
                request.put(create ? CommandSet.AFFECTED_SOP_INSTANCE_UID : CommandSet.REQUESTED_SOP_INSTANCE_UID, uid);
            }
            association.send(
                    context, request, new ByteArrayInputStream(step.encodeWithoutFileMeta(context.transferSyntax())));
            CommandSet response = association.receiveResponse(request).command();
            association.releaseAtEnd();
            return answer(response);
        }
    }

    private static Answer answer(CommandSet response) {
        String comment = response.uid(CommandSet.ERROR_COMMENT);
        return new Answer(
                response.integer(CommandSet.STATUS),
                comment,
                response.integer(CommandSet.ERROR_ID),
                attribute(response),
                response.uid(CommandSet.AFFECTED_SOP_INSTANCE_UID));
    }

    /** Of Attribute Identifier List, the first. */
    private static int attribute(CommandSet response) {
        ByteBuffer elements = ByteBuffer.wrap(response.encode()).order(ByteOrder.LITTLE_ENDIAN);
        while (elements.hasRemaining()) {
            int element = elements.getInt() >>> 16;
            int length = elements.getInt();
            if (element == CommandSet.ATTRIBUTE_IDENTIFIER_LIST) {
                return (elements.getShort() & 0xFFFF) << 16 | elements.getShort() & 0xFFFF;
            }
            elements.position(elements.position() + length);
        }
        return 0;
    }
}
