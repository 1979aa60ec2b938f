package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.dicom.SopReference;
import org.rigatino.dicom.StorageCommitmentResult;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.persistence.Delivery;

/** Moves of one delivery on its way, with their audit rows: within the caller's transaction, on a row that it has locked. */
@ApplicationScoped
class DeliveryMoves {
    @Inject
    EntityManager entities;

    @Inject
    DeliverConfiguration configuration;

    @Inject
    DestinationsInForce inForce;

    @Inject
    AuditTrail audit;

    @Inject
    Event<DeliveryOfRerun> confirmed;

    /** Is sent again later, unless that is the end. */
    void refuse(Delivery row, String cause, Refusal refusal) {
        row.transactionUid = null;
        row.sentAt = null;
        if (!ends(row, cause, refusal)) {
            row.state = Delivery.State.PENDING;
            row.nextAttemptAt = Instant.now().plus(backOff().after(row.attempts));
        }
    }

    private boolean ends(Delivery row, String cause, Refusal refusal) {
        boolean counts = refusal.counts(row.essential);
        row.attempts++;
        row.rejections += counts ? 1 : 0;
        row.lastError = cause;
        boolean ends = refusal.isFinal(row.essential)
                || counts && row.rejections >= configuration.retry().rejections();
        if (ends) {
            boolean declined = !row.essential && (refusal != Refusal.OURS || !row.output.kind.isOfStudy());
            row.state = declined ? Delivery.State.DECLINED : Delivery.State.FAILED;
            audit.append(
                    declined ? EventKind.DELIVERY_DECLINED : EventKind.DELIVERY_FAILED,
                    row.study.studyInstanceUid,
                    subject(row),
                    declined
                            ? "not essential there (rigatino.deliver.destinations." + row.destination + ".essential): "
                                    + cause
                            : cause);
        }
        return ends;
    }

    /**
     * Is asked again for proof, unless that is the end.
     *
     * @param wait at least, until then
     */
    void askAgain(Delivery row, String cause, Duration wait) {
        if (!ends(row, cause, Refusal.REJECTED)) {
            Duration growing = backOff().after(row.attempts);
            row.nextAttemptAt = Instant.now().plus(growing.compareTo(wait) > 0 ? growing : wait);
        }
    }

    /** A rejection note, whose destination is not where it was when all that it speaks of was proved to be there. */
    void declineOfElsewhere(Delivery row, String place) {
        boolean taken = row.state == Delivery.State.SENT;
        row.state = Delivery.State.DECLINED;
        row.transactionUid = null;
        row.lastError = row.place == null ? ofNobodyKnowsWhere() : ofElsewhere(row.place, place, taken);
        audit.append(EventKind.DELIVERY_DECLINED, row.study.studyInstanceUid, subject(row), row.lastError);
    }

    private static String ofNobodyKnowsWhere() {
        return "not sent: where what the rejection note names is stored is not on record, since it was made by an earlier"
                + " version; reject it by hand in the archive that has it";
    }

    private static String ofElsewhere(String before, String now, boolean taken) {
        return (taken
                        ? "the rejection note was taken by " + before + " and not proved to be there"
                        : "not sent: what the rejection note names was proved to be at " + before)
                + ", and the destination is " + now + " now. Whoever keeps the one before "
                + (taken ? "looks whether it is rejected there, and else does so by hand" : "rejects there by hand")
                + "; where the destination is put back, send it again";
    }

    /** The destination is set to prove nothing. */
    void endWithoutProof(Delivery row) {
        row.state = Delivery.State.DELIVERED;
        audit.append(
                EventKind.DELIVERED_WITHOUT_PROOF,
                row.study.studyInstanceUid,
                subject(row),
                (isOnlyListed(row) ? "listed there and not sent by this record" : answered(row))
                        + ", and rigatino.deliver.destinations." + row.destination + ".commitment is none"
                        + (row.place == null ? "" : "; the archive is " + row.place)
                        + (isOnlyKnown(row) ? "" : "; sha256 " + row.output.sha256));
    }

    private String answered(Delivery row) {
        String said = storing(row) + " was answered with ";
        if (isOnlyKnown(row)) {
            return said + row.warning + ": it has an object of that UID, and does not say that it is this one";
        }
        return said + (row.warning == null ? "success" : "warning " + row.warning);
    }

    /** Whether it did not store the object: it has one of that UID, ours of an earlier attempt or another. */
    private static boolean isOnlyKnown(Delivery row) {
        return StoreStatus.DUPLICATE_SOP_INSTANCE.toString().equals(row.warning);
    }

    /** Whether {@link #found} is why it counts as sent: its row of the trail is written behind {@code sentAt}. */
    private boolean isOnlyListed(Delivery row) {
        return !entities.createNativeQuery("select 1 from audit_event where study_instance_uid = :study"
                        + " and kind = 'DELIVERY_FOUND' and subject = :subject and occurred_at >= :sentAt limit 1")
                .setParameter("study", row.study.studyInstanceUid)
                .setParameter("subject", subject(row))
                .setParameter("sentAt", row.sentAt)
                .getResultList()
                .isEmpty();
    }

    /** It is there though nothing here knows that it was sent: proof is asked for as if it had been. */
    void found(Delivery row, String place) {
        row.state = Delivery.State.SENT;
        row.place = place;
        row.sentAt = Instant.now();
        row.nextAttemptAt = row.sentAt;
        row.commitmentRequests = 0;
        row.transactionUid = null;
        row.lastError = null;
        audit.append(
                EventKind.DELIVERY_FOUND,
                row.study.studyInstanceUid,
                subject(row),
                "listed there after the record came back from a backup, and so not sent");
    }

    /** @param place that took it, where its destination is not any more, or was not to be sent to */
    void tellTaken(Delivery row, String place) {
        audit.append(
                EventKind.DELIVERY_TAKEN_ELSEWHERE,
                row.study.studyInstanceUid,
                subject(row),
                "1 object was taken by " + place
                        + " after the destination was changed, paused or removed; its delivery is " + row.state);
    }

    /** What its sender had under way when it was cancelled. */
    void tellTakenLate(Delivery row) {
        audit.append(
                EventKind.DELIVERY_TAKEN_LATE,
                row.study.studyInstanceUid,
                subject(row),
                "taken by " + row.place + ", which had it under way when its delivery was cancelled: " + row.lastError);
    }

    /** An event a study. */
    void tellSentAnew(List<Delivery> rows, String destination, String place, Actor by) {
        rows.stream()
                .collect(Collectors.groupingBy(row -> row.study.studyInstanceUid, TreeMap::new, Collectors.counting()))
                .forEach((uid, count) -> audit.append(by.did(new AuditTrail.Event(
                        EventKind.DELIVERY_TAKEN_ELSEWHERE,
                        uid,
                        destination,
                        count + (count == 1 ? " object was" : " objects were") + " taken by " + place + ", and "
                                + (count == 1 ? "is" : "are") + " sent anew"))));
    }

    /** Commitment is about to be requested of a place: what was asked of another, or before it was sent anew, is forgotten. */
    void request(Delivery row, String transactionUid, String place) {
        boolean goesOn = row.transactionUid != null && place.equals(row.place);
        row.earlierTransactionUids = goesOn
                ? Stream.concat(Stream.of(row.earlierTransactionUids), Stream.of(row.transactionUid))
                        .toArray(String[]::new)
                : new String[0];
        row.transactionUid = transactionUid;
        row.place = place;
    }

    /** As the archive reports of it; left as it is where the report does not name it, or fails it upon an earlier request. */
    void settle(Delivery row, StorageCommitmentResult result) {
        SopReference reference = new SopReference(row.output.sopClassUid, row.output.sopInstanceUid);
        Map<SopReference, Integer> failed = result.failed();
        if (failed.containsKey(reference)) {
            if (!result.transactionUid().equals(row.transactionUid)) {
                return;
            }
            String cause = String.format("storage commitment failed with reason %04XH", failed.get(reference));
            refuse(row, cause, Refusal.REJECTED);
        } else if (result.committed().contains(reference)) {
            confirm(row, Delivery.Confirmation.STORAGE_COMMITMENT);
        }
    }

    void confirm(Delivery row, Delivery.Confirmation by) {
        row.state = Delivery.State.CONFIRMED;
        row.confirmedBy = by;
        row.confirmedAt = Instant.now();
        row.lastError = null;
        audit.append(
                EventKind.DELIVERY_CONFIRMED,
                row.study.studyInstanceUid,
                subject(row),
                "by " + by + (row.place == null ? "" : " of " + row.place) + stored(row) + "sha256 "
                        + row.output.sha256);
        if (row.study.rerunId != null && row.output.kind.isOfStudy()) {
            confirmed.fire(new DeliveryOfRerun(row.study.id, row.destination));
        }
    }

    private String stored(Delivery row) {
        if (isOnlyKnown(row)) {
            return "; " + answered(row) + ", which has ";
        }
        return (row.warning == null ? "" : ", stored with warning " + row.warning) + ", ";
    }

    private String storing(Delivery row) {
        return inForce.kind(row.destination).storing();
    }

    private static String subject(Delivery row) {
        return row.output.sopInstanceUid + " at " + row.destination;
    }

    private BackOff backOff() {
        return new BackOff(configuration.retry().first(), configuration.retry().longest());
    }
}
