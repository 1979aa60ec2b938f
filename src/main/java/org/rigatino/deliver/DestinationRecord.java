package org.rigatino.deliver;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.rigatino.dicom.StorageCommitmentResult;
import org.rigatino.persistence.Delivery;

/**
 * The outbox to the worker of one destination: its moves count only while the destination is as the worker takes it to be,
 * which is asked in the transaction of each.
 */
final class DestinationRecord {
    private final DeliveryRecord record;
    private final BooleanSupplier inForce;
    private final String place;

    /** Whether an object was taken since the connection last ended over one. */
    private boolean taken;

    /** @param place where its worker sends and asks, as {@link DestinationKind#place} */
    DestinationRecord(DeliveryRecord record, String place, BooleanSupplier inForce) {
        this.record = record;
        this.place = place;
        this.inForce = inForce;
    }

    /** Of one that stays as it is as long as the process runs. */
    static DestinationRecord always(DeliveryRecord record, String place) {
        return new DestinationRecord(record, place, () -> true);
    }

    /** Whether the destination still is where its worker sends. */
    boolean isInForce() {
        return inForce.getAsBoolean();
    }

    /** Without what is for where the destination was before, or for nobody knows where, which is declined. */
    List<DueDelivery> toSend(String destination, int limit) {
        return here(destination, Delivery.State.PENDING, limit, place::equals);
    }

    /** The same; what was taken by nobody knows whom is asked for, since who says that they have it proves it. */
    List<DueDelivery> toProve(String destination, int limit) {
        return here(destination, Delivery.State.SENT, limit, of -> of.isEmpty() || of.equals(place));
    }

    private List<DueDelivery> here(String destination, Delivery.State state, int limit, Predicate<String> isHere) {
        Map<Boolean, List<DueDelivery>> due = record.due(destination, state, limit).stream()
                .collect(Collectors.partitioningBy(one -> one.place() == null || isHere.test(one.place())));
        List<Long> elsewhere = due.get(false).stream().map(DueDelivery::id).toList();
        if (!elsewhere.isEmpty()) {
            record.whileInForce(inForce, () -> record.declineOfElsewhere(elsewhere, state, place));
        }
        return due.get(true);
    }

    /** Asked before each object: whoever withdraws results, or cancels, does so while a batch is under way. */
    boolean isToSend(long id) {
        return inForce.getAsBoolean() && record.isToSend(id);
    }

    boolean isKept(DueDelivery delivery) throws IOException {
        return record.isKept(delivery);
    }

    Set<Long> maybeSentBefore(Collection<Long> ids) {
        return record.maybeSentBefore(ids);
    }

    boolean isReported(String transactionUid) {
        return record.isReported(transactionUid);
    }

    void alreadyThere(long id) {
        record.whileInForce(inForce, () -> record.alreadyThere(id, place));
    }

    /** Told where the destination is not there any more. */
    void sent(long id, String status) {
        taken = true;
        if (!record.whileInForce(inForce, () -> record.sent(id, status, place))) {
            record.takenElsewhere(id, place);
        }
    }

    void waiting(Collection<Long> ids, Delivery.State state, String cause) {
        record.whileInForce(inForce, () -> record.waiting(ids, state, cause));
    }

    /** What the connection ended over counts as rejected where an object was taken since that happened last. */
    void refused(long id, Delivery.State state, String cause, Refusal refusal) {
        boolean broken = refusal == Refusal.BROKEN_OFF;
        Refusal told = broken && taken ? Refusal.REJECTED : refusal;
        taken &= !broken;
        record.whileInForce(inForce, () -> record.refused(id, state, cause, told, place));
    }

    void unproved(Collection<Long> ids, String cause, Duration wait) {
        record.whileInForce(inForce, () -> record.unproved(ids, cause, wait));
    }

    void withoutProof(Collection<Long> ids) {
        record.whileInForce(inForce, () -> record.withoutProof(ids));
    }

    /** @return whether the request is on record and may be sent */
    boolean requested(Collection<Long> ids, String transactionUid, Duration wait) {
        return record.whileInForce(inForce, () -> record.requested(ids, transactionUid, wait, place));
    }

    void reported(Collection<String> destinations, StorageCommitmentResult result) {
        record.whileInForce(inForce, () -> record.reported(destinations, result));
    }

    void found(long id, Delivery.Confirmation by) {
        record.whileInForce(inForce, () -> record.found(id, by, place));
    }
}
