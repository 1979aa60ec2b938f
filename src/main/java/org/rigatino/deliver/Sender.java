package org.rigatino.deliver;

import java.util.ArrayList;
import java.util.List;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.NotNegotiatedException;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.persistence.Delivery;

/** C-STORE of what is due for one destination. */
final class Sender {
    private static final int OBJECTS_PER_ASSOCIATION = 100;

    private final String destination;
    private final RemoteNode node;
    private final DeliveryRecord record;

    Sender(String destination, RemoteNode node, DeliveryRecord record) {
        this.destination = destination;
        this.node = node;
        this.record = record;
    }

    /**
     * @return whether anything was due
     * @throws DicomException where the destination is out of reach; what was not sent stays due
     */
    boolean sendDue() throws DicomException {
        List<DueDelivery> due = record.due(destination, Delivery.State.PENDING, OBJECTS_PER_ASSOCIATION);
        List<DueDelivery> intact = due.stream().filter(this::isIntact).toList();
        if (!intact.isEmpty()) {
            send(intact);
        }
        return !due.isEmpty();
    }

    private boolean isIntact(DueDelivery delivery) {
        boolean intact = OutputStore.isIntact(delivery.file(), delivery.sha256());
        if (!intact) {
            record.refused(
                    delivery.id(),
                    "the encoded file is missing or changed: put it back under rigatino.deliver.outputs",
                    true);
        }
        return intact;
    }

    private void send(List<DueDelivery> due) throws DicomException {
        List<DueDelivery> waiting = new ArrayList<>(due);
        try (StorageScu storage =
                StorageScu.open(node, due.stream().map(DueDelivery::file).toList())) {
            for (DueDelivery delivery : due) {
                waiting.remove(0);
                store(storage, delivery);
            }
        } catch (DicomException e) {
            record.waiting(waiting.stream().map(DueDelivery::id).toList(), e.getMessage());
            throw e;
        }
    }

    /** An object over which the association fails goes behind the others, so that it cannot hold them up. */
    private void store(StorageScu storage, DueDelivery delivery) throws DicomException {
        try {
            StoreStatus status = storage.store(delivery.file());
            if (status.isSuccess() || status.equals(StoreStatus.DUPLICATE_SOP_INSTANCE)) {
                record.sent(delivery.id());
            } else {
                record.refused(delivery.id(), "C-STORE was answered " + status, !isShortage(status));
            }
        } catch (NotNegotiatedException e) {
            record.refused(delivery.id(), e.getMessage(), true);
        } catch (DicomException e) {
            record.refused(delivery.id(), e.getMessage(), false);
            throw e;
        }
    }

    /** Refused: Out of Resources (PS3.4 table B.2-1) passes when the archive has room again. */
    private static boolean isShortage(StoreStatus status) {
        return (status.code() & 0xFF00) == 0xA700;
    }
}
