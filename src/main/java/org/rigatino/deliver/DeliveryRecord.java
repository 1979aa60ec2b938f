package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.dicom.SopReference;
import org.rigatino.dicom.StorageCommitmentResult;
import org.rigatino.persistence.Delivery;

/** The outbox's rows and their moves, each in a transaction of its own. */
@ApplicationScoped
public class DeliveryRecord {
    @Inject
    EntityManager entities;

    @Inject
    OutputStore outputs;

    @Inject
    DeliverConfiguration configuration;

    @Inject
    DeliveryProgress progress;

    @Inject
    AuditTrail audit;

    /** Rows in a state whose time has come, longest due first. */
    @Transactional
    public List<DueDelivery> due(String destination, Delivery.State state, int limit) {
        return entities.createQuery(
                        "from Delivery d join fetch d.output join fetch d.study where d.destination = :destination"
                                + " and d.state = :state and d.nextAttemptAt <= :now order by d.nextAttemptAt, d.id",
                        Delivery.class)
                .setParameter("destination", destination)
                .setParameter("state", state)
                .setParameter("now", Instant.now())
                .setMaxResults(limit)
                .getResultStream()
                .map(this::due)
                .toList();
    }

    private DueDelivery due(Delivery row) {
        return new DueDelivery(
                row.id,
                row.study.studyInstanceUid,
                row.output.seriesInstanceUid,
                new SopReference(row.output.sopClassUid, row.output.sopInstanceUid),
                outputs.file(row.output.location),
                row.output.sha256,
                row.commitmentRequests);
    }

    /** The destination answered C-STORE with success. */
    @Transactional
    public void sent(long id) {
        Delivery row = entities.find(Delivery.class, id);
        row.state = Delivery.State.SENT;
        row.sentAt = Instant.now();
        row.nextAttemptAt = row.sentAt;
        row.commitmentRequests = 0;
        row.transactionUid = null;
        row.lastError = null;
    }

    /** Notes why rows are still waiting. Being out of reach is nobody's refusal: attempts do not grow. */
    @Transactional
    public void waiting(Collection<Long> ids, String cause) {
        entities.createQuery("update Delivery set lastError = :cause where id in :ids")
                .setParameter("cause", cause)
                .setParameter("ids", ids)
                .executeUpdate();
    }

    /**
     * The destination did not take the object, or does not have it any more: send it again later.
     *
     * @param mayGiveUp false where the cause is the archive's own shortage and passes
     */
    @Transactional
    public void refused(long id, String cause, boolean mayGiveUp) {
        Delivery row = entities.find(Delivery.class, id);
        refuse(row, cause, mayGiveUp);
        progress.update(List.of(row.study.id));
    }

    private void refuse(Delivery row, String cause, boolean mayGiveUp) {
        row.transactionUid = null;
        row.sentAt = null;
        if (!isGivenUp(row, cause, mayGiveUp)) {
            row.state = Delivery.State.PENDING;
            row.nextAttemptAt = Instant.now().plus(backOff().after(row.attempts));
        }
    }

    private boolean isGivenUp(Delivery row, String cause, boolean mayGiveUp) {
        row.attempts++;
        row.rejections += mayGiveUp ? 1 : 0;
        row.lastError = cause;
        boolean givenUp = mayGiveUp && row.rejections >= configuration.retry().rejections();
        if (givenUp) {
            row.state = Delivery.State.FAILED;
            audit.append(EventKind.DELIVERY_FAILED, row.study.studyInstanceUid, subject(row), cause);
        }
        return givenUp;
    }

    /**
     * The destination took the objects and refuses to prove that it holds them: ask again later, and not without end.
     *
     * @param wait at least, before it is asked again
     */
    @Transactional
    public void unproved(Collection<Long> ids, String cause, Duration wait) {
        List<Delivery> rows = sent(ids);
        for (Delivery row : rows) {
            if (!isGivenUp(row, cause, true)) {
                Duration growing = backOff().after(row.attempts);
                row.nextAttemptAt = Instant.now().plus(growing.compareTo(wait) > 0 ? growing : wait);
            }
        }
        progress.update(rows.stream().map(row -> row.study.id).toList());
    }

    /** The destination answered C-STORE with success and is set to prove nothing: that is the end, and is said so. */
    @Transactional
    public void withoutProof(Collection<Long> ids) {
        List<Delivery> rows = sent(ids);
        for (Delivery row : rows) {
            row.state = Delivery.State.DELIVERED;
            audit.append(
                    EventKind.DELIVERED_WITHOUT_PROOF,
                    row.study.studyInstanceUid,
                    subject(row),
                    "C-STORE was answered with success, and rigatino.deliver.destinations." + row.destination
                            + ".commitment is none; sha256 " + row.output.sha256);
        }
        progress.update(rows.stream().map(row -> row.study.id).toList());
    }

    /** Those that still wait for proof: a report may have come in between. */
    private List<Delivery> sent(Collection<Long> ids) {
        return entities.createQuery(
                        "from Delivery d join fetch d.output join fetch d.study where d.id in :ids and d.state = :sent",
                        Delivery.class)
                .setParameter("ids", ids)
                .setParameter("sent", Delivery.State.SENT)
                .getResultList();
    }

    /** Commitment to the rows is about to be requested; nobody asks again before the wait is over. */
    @Transactional
    public void requested(Collection<Long> ids, String transactionUid, Duration wait) {
        entities.createQuery("update Delivery set transactionUid = :transaction, nextAttemptAt = :next,"
                        + " commitmentRequests = commitmentRequests + 1 where id in :ids")
                .setParameter("transaction", transactionUid)
                .setParameter("next", Instant.now().plus(wait))
                .setParameter("ids", ids)
                .executeUpdate();
    }

    /**
     * What an archive reported of one request. Rows that the report does not name, or that are not waiting for it, are
     * left as they are.
     *
     * @return how many rows it settled
     */
    @Transactional
    public int reported(Collection<String> destinations, StorageCommitmentResult result) {
        List<Delivery> rows = entities.createQuery(
                        "from Delivery d join fetch d.output join fetch d.study where d.transactionUid = :transaction"
                                + " and d.destination in :destinations and d.state = :sent",
                        Delivery.class)
                .setParameter("transaction", result.transactionUid())
                .setParameter("destinations", destinations)
                .setParameter("sent", Delivery.State.SENT)
                .getResultList();
        rows.forEach(row -> settle(row, result));
        progress.update(rows.stream().map(row -> row.study.id).toList());
        return (int)
                rows.stream().filter(row -> row.state != Delivery.State.SENT).count();
    }

    /** Whether nothing waits for a report on the request any more. */
    @Transactional
    public boolean isReported(String transactionUid) {
        return entities.createQuery(
                                "select count(*) from Delivery where transactionUid = :transaction and state = :sent",
                                Long.class)
                        .setParameter("transaction", transactionUid)
                        .setParameter("sent", Delivery.State.SENT)
                        .getSingleResult()
                == 0;
    }

    private void settle(Delivery row, StorageCommitmentResult result) {
        SopReference reference = new SopReference(row.output.sopClassUid, row.output.sopInstanceUid);
        Map<SopReference, Integer> failed = result.failed();
        if (failed.containsKey(reference)) {
            String cause = String.format("storage commitment failed with reason %04XH", failed.get(reference));
            refuse(row, cause, true);
        } else if (result.committed().contains(reference)) {
            confirm(row, Delivery.Confirmation.STORAGE_COMMITMENT);
        }
    }

    /** A C-FIND named the object. */
    @Transactional
    public void found(long id) {
        Delivery row = entities.find(Delivery.class, id);
        if (row.state == Delivery.State.SENT) {
            confirm(row, Delivery.Confirmation.QUERY);
            progress.update(List.of(row.study.id));
        }
    }

    private void confirm(Delivery row, Delivery.Confirmation by) {
        row.state = Delivery.State.CONFIRMED;
        row.confirmedBy = by;
        row.confirmedAt = Instant.now();
        row.lastError = null;
        audit.append(
                EventKind.DELIVERY_CONFIRMED,
                row.study.studyInstanceUid,
                subject(row),
                "by " + by + ", sha256 " + row.output.sha256);
    }

    private static String subject(Delivery row) {
        return row.output.sopInstanceUid + " at " + row.destination;
    }

    private BackOff backOff() {
        return new BackOff(configuration.retry().first(), configuration.retry().longest());
    }
}
