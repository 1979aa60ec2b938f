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
        String study = uid(notification, Tag.StudyInstanceUID);
        List<SopReference> available = new ArrayList<>();
        for (Dataset series : notification.items(Tag.ReferencedSeriesSequence)) {
            for (Dataset item : series.items(Tag.ReferencedSOPSequence)) {
                if (!item.require(Tag.InstanceAvailability).equals("UNAVAILABLE")) {
                    available.add(new SopReference(
                            uid(item, Tag.ReferencedSOPClassUID), uid(item, Tag.ReferencedSOPInstanceUID)));
                }
            }
        }
        return new InstanceAvailability(study, available);
    }

    private static String uid(Dataset dataset, int tag) throws DicomException {
        String uid = dataset.require(tag);
        if (!Uids.isValid(uid)) {
            throw new DicomException("attribute " + Tag.text(tag) + " is not a UID (PS3.5 9.1)");
        }
        return uid;
    }
}
