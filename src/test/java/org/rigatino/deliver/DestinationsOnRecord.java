package org.rigatino.deliver;

import java.util.List;

/** Destinations and the outbox on a real PostgreSQL, without an application. */
public final class DestinationsOnRecord {
    private DestinationsOnRecord() {}

    /** Parts of the database from now on. */
    public static void of(DeliveryDatabase database, DeliverConfiguration configuration) throws Exception {
        DestinationObjects.check(configuration);
        database.with(configuration, new OutputStore(configuration));
        database.bean(AddedDestinations.class);
        database.bean(DestinationsInForce.class);
        database.bean(DeliveryMoves.class);
        database.bean(DeliveryRecord.class);
        database.bean(Outbox.class);
        database.bean(DestinationActs.class);
    }

    /** What a worker of nobody knows where does where the archive will not have an object, or has none of it that is as it was stored. */
    public static void refused(DeliveryRecord record, long delivery, String cause, boolean ours) {
        record.refused(
                delivery,
                org.rigatino.persistence.Delivery.State.PENDING,
                cause,
                ours ? Refusal.OURS : Refusal.UNSUPPORTED,
                null);
    }

    /** What a worker of a destination that is at a place would send; what is for another place is declined by that. */
    public static List<Long> toSend(DeliveryRecord record, String destination, String place) {
        return DestinationRecord.always(record, place).toSend(destination, Integer.MAX_VALUE).stream()
                .map(DueDelivery::id)
                .toList();
    }

    /** The same of what it would ask proof of. */
    public static List<Long> toProve(DeliveryRecord record, String destination, String place) {
        return DestinationRecord.always(record, place).toProve(destination, Integer.MAX_VALUE).stream()
                .map(DueDelivery::id)
                .toList();
    }
}
