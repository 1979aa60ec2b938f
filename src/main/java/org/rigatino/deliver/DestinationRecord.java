package org.rigatino.deliver;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.rigatino.dicom.StorageCommitmentResult;
import org.rigatino.persistence.Delivery;

/**
 * The outbox to the worker of one destination: its moves count only while the destination is as the worker takes it to be,
 * which is asked in the transaction of each.
 */
final class DestinationRecord {
    private final DeliveryRecord record;
    private final BooleanSupplier inForce;

    DestinationRecord(DeliveryRecord record, BooleanSupplier inForce) {
        this.record = record;
        this.inForce = inForce;
    }

    /** Of one that stays as it is as long as the process runs. */
    static DestinationRecord always(DeliveryRecord record) {
        return new DestinationRecord(record, () -> true);
    }

    /** Whether the destination still is where its worker sends. */
    boolean isInForce() {
        return inForce.getAsBoolean();
    }

    List<DueDelivery> due(String destination, Delivery.State state, int limit) {
        return record.due(destination, state, limit);
    }

    Set<Long> maybeSentBefore(Collection<Long> ids) {
        return record.maybeSentBefore(ids);
    }

    boolean isReported(String transactionUid) {
        return record.isReported(transactionUid);
    }

    void alreadyThere(long id) {
        record.whileInForce(inForce, () -> record.alreadyThere(id));
    }

    void sent(long id, String warning) {
        record.whileInForce(inForce, () -> record.sent(id, warning));
    }

    /** @param place where it was sent; told where the destination is not there any more */
    void sent(long id, String warning, String place) {
        if (!record.whileInForce(inForce, () -> record.sent(id, warning))) {
            record.takenElsewhere(id, place);
        }
    }

    void waiting(Collection<Long> ids, Delivery.State state, String cause) {
        record.whileInForce(inForce, () -> record.waiting(ids, state, cause));
    }

    void refused(long id, Delivery.State state, String cause, Refusal refusal) {
        record.whileInForce(inForce, () -> record.refused(id, state, cause, refusal));
    }

    void unproved(Collection<Long> ids, String cause, Duration wait) {
        record.whileInForce(inForce, () -> record.unproved(ids, cause, wait));
    }

    void withoutProof(Collection<Long> ids) {
        record.whileInForce(inForce, () -> record.withoutProof(ids));
    }

    /** @return whether the request is on record and may be sent */
    boolean requested(Collection<Long> ids, String transactionUid, Duration wait) {
        return record.whileInForce(inForce, () -> record.requested(ids, transactionUid, wait));
    }

    void reported(Collection<String> destinations, StorageCommitmentResult result) {
        record.whileInForce(inForce, () -> record.reported(destinations, result));
    }

    void found(long id, Delivery.Confirmation by) {
        record.whileInForce(inForce, () -> record.found(id, by));
    }
}
