package org.rigatino.deliver;

import java.util.List;
import org.rigatino.persistence.Delivery;

/** Of what is to be sent, what is still as it was recorded; of the rest it is put on record that it is not. */
final class IntactObjects {
    private IntactObjects() {}

    static List<DueDelivery> of(List<DueDelivery> due, DeliveryRecord record) {
        return due.stream().filter(delivery -> isIntact(delivery, record)).toList();
    }

    private static boolean isIntact(DueDelivery delivery, DeliveryRecord record) {
        boolean intact = OutputStore.isIntact(delivery.file(), delivery.sha256());
        if (!intact) {
            record.refused(
                    delivery.id(),
                    Delivery.State.PENDING,
                    "the encoded file is missing or changed: put it back under rigatino.deliver.outputs, or replay the"
                            + " study, which writes it again",
                    Refusal.OURS);
        }
        return intact;
    }
}
