package org.rigatino.deliver;

import java.util.List;
import org.rigatino.persistence.Delivery;

/** What follows from whether an archive lists an object, which it may do some time after it has taken it. */
final class Listing {
    private final DestinationRecord record;
    private final DeliverConfiguration.Commitment patience;
    private final Delivery.Confirmation by;
    private final String service;

    /** @param service that was asked, for people */
    Listing(
            DestinationRecord record,
            DeliverConfiguration.Commitment patience,
            Delivery.Confirmation by,
            String service) {
        this.record = record;
        this.patience = patience;
        this.by = by;
        this.service = service;
    }

    void settle(DueDelivery delivery, boolean found) {
        if (found) {
            record.found(delivery.id(), by);
        } else if (delivery.commitmentRequests() < patience.requests()) {
            record.requested(List.of(delivery.id()), null, patience.timeout());
        } else {
            record.refused(
                    delivery.id(),
                    Delivery.State.SENT,
                    service + " does not name the object that was sent",
                    Refusal.REJECTED);
        }
    }
}
