package org.rigatino.dicom;

import java.util.ArrayList;
import java.util.List;

/**
 * One Instance Availability Notification (PS3.4 annex R).
 *
 * @param available instances that can be retrieved or are on their way: those that are not UNAVAILABLE
 */
public record InstanceAvailability(String studyInstanceUid, List<SopReference> available) {
    public InstanceAvailability {
        available = List.copyOf(available);
    }

    /** @throws DicomException where it names no study, or an instance that cannot be one */
    static InstanceAvailability decode(byte[] bytes, String transferSyntaxUid) throws DicomException {
        Dataset notification = DatasetEncoding.decode(bytes, transferSyntaxUid);
        String study = Uids.require(notification, Tag.StudyInstanceUID);
        List<SopReference> available = new ArrayList<>();
        for (Dataset series : notification.items(Tag.ReferencedSeriesSequence)) {
            for (Dataset item : series.items(Tag.ReferencedSOPSequence)) {
                if (!item.require(Tag.InstanceAvailability).equals("UNAVAILABLE")) {
                    available.add(new SopReference(
                            Uids.require(item, Tag.ReferencedSOPClassUID),
                            Uids.require(item, Tag.ReferencedSOPInstanceUID)));
                }
            }
        }
        return new InstanceAvailability(study, available);
    }
}
