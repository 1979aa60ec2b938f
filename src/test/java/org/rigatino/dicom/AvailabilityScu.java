package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** Instance Availability Notification user (PS3.4 annex R), as a PACS is one. */
public final class AvailabilityScu {
    private AvailabilityScu() {}

    /** @return the status of the N-CREATE response */
    public static StoreStatus notify(
            RemoteNode node, String studyInstanceUid, String seriesInstanceUid, List<SopReference> instances)
            throws IOException {
        String sopClass = SopClass.INSTANCE_AVAILABILITY_NOTIFICATION;
        Dataset series = new Dataset()
                .put(Tag.SeriesInstanceUID, seriesInstanceUid)
                .putItems(
                        Tag.ReferencedSOPSequence,
                        instances.stream()
                                .map(instance -> new Dataset()
                                        .put(Tag.InstanceAvailability, "ONLINE")
                                        .put(Tag.ReferencedSOPClassUID, instance.sopClassUid())
                                        .put(Tag.ReferencedSOPInstanceUID, instance.sopInstanceUid()))
                                .toList());
        Dataset notification = new Dataset().putItems(Tag.ReferencedSeriesSequence, List.of(series));
        if (!studyInstanceUid.isEmpty()) {
            notification.put(Tag.StudyInstanceUID, studyInstanceUid);
        }
        try (Association association =
                AssociationRequestor.request(node, List.of(PresentationContext.plain(1, sopClass)), List.of())) {
            PresentationContext context = association.require(sopClass);
            CommandSet request =
                    association.request(CommandSet.N_CREATE_RQ, true).put(CommandSet.AFFECTED_SOP_CLASS_UID, sopClass);
            association.send(
                    context,
                    request,
                    new ByteArrayInputStream(notification.encodeWithoutFileMeta(context.transferSyntax())));
            CommandSet response = association.receiveResponse(request).command();
            association.releaseAtEnd();
            return new StoreStatus(response.integer(CommandSet.STATUS));
        }
    }
}
