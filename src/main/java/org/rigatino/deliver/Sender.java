package org.rigatino.deliver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.rigatino.dicom.AssociationException;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.NotNegotiatedException;
import org.rigatino.dicom.QueryScu;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.persistence.Delivery;

/** C-STORE of what is due for one destination. */
final class Sender {
    private static final int OBJECTS_PER_PASS = 100;

    /** Associations of one pass that may end over an object: how the next ends may take as long to be seen. */
    private static final int MOST_ENDED = 3;

    private final String destination;
    private final RemoteNode node;
    private final DestinationRecord record;
    private volatile StorageScu storage;

    /** @param inForce whether the destination still is at the node */
    Sender(String destination, RemoteNode node, DeliveryRecord record, BooleanSupplier inForce) {
        this.destination = destination;
        this.node = node;
        this.record = new DestinationRecord(record, node.toString(), inForce);
    }

    /**
     * @return whether anything was due
     * @throws DicomException where the destination is out of reach; what was not sent stays due
     */
    boolean sendDue() throws DicomException {
        List<DueDelivery> due = record.toSend(destination, OBJECTS_PER_PASS);
        List<DueDelivery> absent = AlreadyThere.without(IntactObjects.readable(due, record), record, this::listing);
        if (!absent.isEmpty()) {
            send(absent);
        }
        return !due.isEmpty();
    }

    private AlreadyThere.Listing listing() throws DicomException {
        QueryScu query = QueryScu.open(node);
        return new AlreadyThere.Listing() {
            @Override
            public boolean lists(DueDelivery delivery) throws DicomException {
                return query.imageExists(
                        delivery.studyInstanceUid(),
                        delivery.seriesInstanceUid(),
                        delivery.reference().sopInstanceUid());
            }

            @Override
            public void close() {
                query.close();
            }
        };
    }

    /** Over one association, and another where that ends over an object. */
    private void send(List<DueDelivery> due) throws DicomException {
        Deque<DueDelivery> waiting = new ArrayDeque<>(due);
        int ended = 0;
        while (!waiting.isEmpty() && record.isInForce()) {
            int before = waiting.size();
            try {
                sendOverOne(waiting);
            } catch (DicomException e) {
                boolean opened = waiting.size() < before;
                if (!opened || ++ended == MOST_ENDED) {
                    record.waiting(
                            waiting.stream().map(DueDelivery::id).toList(), Delivery.State.PENDING, e.getMessage());
                    throw e;
                }
            }
        }
    }

    private void sendOverOne(Deque<DueDelivery> waiting) throws DicomException {
        try (StorageScu open =
                StorageScu.open(node, waiting.stream().map(DueDelivery::file).toList())) {
            storage = open;
            while (!waiting.isEmpty() && record.isInForce()) {
                DueDelivery delivery = waiting.remove();
                if (IntactObjects.isIntact(delivery, record) && record.isToSend(delivery.id())) {
                    store(open, delivery);
                }
            }
        } finally {
            storage = null;
        }
    }

    /** Ends the association under way, from another thread: the destination is not there any more. */
    void abort() {
        StorageScu open = storage;
        if (open != null) {
            open.abort();
        }
    }

    /** An object over which the association fails goes behind the others, so that it cannot hold them up. */
    private void store(StorageScu storage, DueDelivery delivery) throws DicomException {
        try {
            StoreStatus status = storage.store(delivery.file());
            if (status.isSuccess() || status.isWarning() || status.equals(StoreStatus.DUPLICATE_SOP_INSTANCE)) {
                record.sent(delivery.id(), status.isSuccess() ? null : status.toString());
            } else {
                refused(delivery, "C-STORE was answered " + status, refusal(status));
            }
        } catch (NotNegotiatedException e) {
            refused(delivery, e.getMessage(), Refusal.UNSUPPORTED);
        } catch (AssociationException e) {
            refused(delivery, e.getMessage(), Refusal.BROKEN_OFF);
            throw e;
        } catch (DicomException e) {
            refused(delivery, e.getMessage(), Refusal.OURS);
        }
    }

    private void refused(DueDelivery delivery, String cause, Refusal refusal) {
        record.refused(delivery.id(), Delivery.State.PENDING, cause, refusal);
    }

    private static Refusal refusal(StoreStatus status) {
        if (status.isOutOfResources()) {
            return Refusal.PASSING;
        }
        return status.isUnsupported() ? Refusal.UNSUPPORTED : Refusal.REJECTED;
    }
}
