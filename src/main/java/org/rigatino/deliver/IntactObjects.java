package org.rigatino.deliver;

import java.io.IOException;
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
            if (isIntact(delivery, record)) {
                notGiven(delivery, record, e);
            }
            return false;
        }
    }

    /** What cannot be read now is neither, and waits. */
    static boolean isIntact(DueDelivery delivery, DestinationRecord record) {
        try {
            boolean intact = record.isKept(delivery);
            if (!intact) {
                refused(
                        delivery,
                        record,
                        "the encoded file is missing or changed: put it back under rigatino.deliver.outputs, or replay the"
                                + " study, which writes it again unless it is an assessment or a rejection note",
                        Refusal.OURS);
            }
            return intact;
        } catch (IOException e) {
            notGiven(delivery, record, e);
            return false;
        }
    }

    private static void notGiven(DueDelivery delivery, DestinationRecord record, IOException cause) {
        refused(
                delivery,
                record,
                "the encoded file cannot be read now, and is sent once it can: look at the file system of"
                        + " rigatino.deliver.outputs: " + cause.getMessage(),
                Refusal.PASSING);
    }

    private static void refused(DueDelivery delivery, DestinationRecord record, String cause, Refusal refusal) {
        record.refused(delivery.id(), Delivery.State.PENDING, cause, refusal);
    }
}
