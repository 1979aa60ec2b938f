package org.rigatino.deliver;

import java.util.List;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FileMeta;
import org.rigatino.persistence.Delivery;

/**
 * Whether what is to be sent still is as it was recorded; where it is not, that is put on record. All of an object is read
 * for that, so that it is done once its destination listens: one that is down for a week would have everything read again
 * at each attempt.
 */
final class IntactObjects {
    private IntactObjects() {}

    /** Those whose file can be proposed to a destination. */
    static List<DueDelivery> readable(List<DueDelivery> due, DestinationRecord record) {
        return due.stream().filter(delivery -> isReadable(delivery, record)).toList();
    }

    private static boolean isReadable(DueDelivery delivery, DestinationRecord record) {
        try {
            FileMeta.read(delivery.file());
            return true;
        } catch (DicomException e) {
            refused(delivery, record);
            return false;
        }
    }

    static boolean isIntact(DueDelivery delivery, DestinationRecord record) {
        boolean intact = OutputStore.isIntact(delivery.file(), delivery.sha256());
        if (!intact) {
            refused(delivery, record);
        }
        return intact;
    }

    private static void refused(DueDelivery delivery, DestinationRecord record) {
        record.refused(
                delivery.id(),
                Delivery.State.PENDING,
                "the encoded file is missing or changed: put it back under rigatino.deliver.outputs, or replay the"
                        + " study, which writes it again unless it is an assessment or a rejection note",
                Refusal.OURS);
    }
}
