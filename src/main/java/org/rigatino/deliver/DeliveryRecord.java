package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.rigatino.dicom.SopReference;
import org.rigatino.dicom.StorageCommitmentResult;
import org.rigatino.persistence.Delivery;
import org.rigatino.result.ObjectKind;
import org.rigatino.study.StudyLife;

/** The outbox's rows: what is due, and their moves, each with its locks in a transaction of its own. */
@ApplicationScoped
public class DeliveryRecord {
    @Inject
    EntityManager entities;

    @Inject
    OutputStore outputs;

    @Inject
    StudyLife life;

    @Inject
    DeliveryMoves moves;

    /** Rows in a state whose time has come, longest due first; none of a study whose results were withdrawn. */
    @Transactional
    public List<DueDelivery> due(String destination, Delivery.State state, int limit) {
        return entities
                .createQuery(
                        "from Delivery d join fetch d.output join fetch d.study where d.destination = :destination"
                                + " and d.state = :state and d.study.state <> org.rigatino.persistence.StudyState.REFUSED"
                                + " and d.nextAttemptAt <= :now order by d.nextAttemptAt, d.id",
                        Delivery.class)
                .setParameter("destination", destination)
                .setParameter("state", state)
                .setParameter("now", Instant.now())
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(this::due)
                .toList();
    }

    /** As {@link #due} has it, whatever its time: it may have been withdrawn or cancelled since it was read. */
    @Transactional
    public boolean isToSend(long id) {
        return entities.createQuery(
                                "select count(*) from Delivery d where d.id = :id and d.state = :pending"
                                        + " and d.study.state <> org.rigatino.persistence.StudyState.REFUSED",
                                Long.class)
                        .setParameter("id", id)
                        .setParameter("pending", Delivery.State.PENDING)
                        .getSingleResult()
                > 0;
    }

    /** As {@link OutputStore#isKept}. */
    boolean isKept(DueDelivery delivery) throws IOException {
        return outputs.isKept(delivery.file(), delivery.sha256());
    }

    private DueDelivery due(Delivery row) {
        return new DueDelivery(
                row.id,
                row.study.studyInstanceUid,
                row.output.seriesInstanceUid,
                new SopReference(row.output.sopClassUid, row.output.sopInstanceUid),
                outputs.file(row.output.location),
                row.output.sha256,
                row.commitmentRequests,
                row.output.kind == ObjectKind.REJECTION_NOTE ? Objects.requireNonNullElse(row.place, "") : null);
    }

    /**
     * Those that may have been sent without this record's knowledge, since it came back from a backup not long ago: what it
     * holds as unsent may have been sent, and what it does not know may be made again, under the same UIDs. Not what was
     * refused, or is to be sent again because a person wants it.
     */
    @Transactional
    public Set<Long> maybeSentBefore(Collection<Long> ids) {
        List<Long> rows = entities.createNativeQuery(
                        """
                        select d.id from delivery d join study s on s.id = d.study_id
                          cross join (select max(restored_at) as at from restoration) returned
                        where d.id in (:ids) and returned.at > :since and d.attempts = 0
                          and not exists (select 1 from audit_event e where e.study_instance_uid = s.study_instance_uid
                            and e.kind in ('STUDY_REPLAYED', 'DELIVERIES_REPEATED') and e.occurred_at >= returned.at)""",
                        Long.class)
                .setParameter("ids", ids)
                .setParameter("since", Instant.now().minus(AlreadyThere.MEMORY))
                .getResultList();
        return Set.copyOf(rows);
    }

    /**
     * Moves of a worker whose destination may change meanwhile, in one transaction with the question.
     *
     * @param inForce whether the destination is as the worker takes it to be, and stays so until the transaction ends
     * @return the same; where it is not, nothing was moved
     */
    @Transactional
    boolean whileInForce(BooleanSupplier inForce, Runnable moves) {
        if (!inForce.getAsBoolean()) {
            return false;
        }
        moves.run();
        return true;
    }

    /** An object was taken where its destination is not any more, or is not to be sent to for now. Its delivery stays as it is. */
    @Transactional
    void takenElsewhere(long id, String place) {
        entities
                .createQuery("from Delivery d join fetch d.output join fetch d.study where d.id = :id", Delivery.class)
                .setParameter("id", id)
                .getResultList()
                .stream()
                .forEach(row -> moves.tellTaken(row, place));
    }

    /** The destination, at a place, lists what was to be sent. */
    @Transactional
    public void alreadyThere(long id, String place) {
        locked(List.of(id), Delivery.State.PENDING).forEach(row -> moves.found(row, place));
    }

    /**
     * They are for where a destination was before: nobody where it is now knows what they name.
     *
     * @param state in which they wait: to be sent, or for proof
     */
    @Transactional
    public void declineOfElsewhere(Collection<Long> ids, Delivery.State state, String place) {
        locked(ids, state).forEach(row -> moves.declineOfElsewhere(row, place));
    }

    /**
     * The destination answered C-STORE or STOW-RS with success or a warning, both of which mean stored, or with 0111H. What
     * was cancelled meanwhile stays so, and that it was taken is told.
     *
     * @param status null for success
     * @param place that answered
     */
    @Transactional
    public void sent(long id, String status, String place) {
        for (Delivery row : locked(List.of(id), EnumSet.of(Delivery.State.PENDING, Delivery.State.CANCELLED))) {
            row.sentAt = Instant.now();
            row.warning = status;
            row.place = place;
            if (row.state == Delivery.State.CANCELLED) {
                moves.tellTakenLate(row);
            } else {
                row.state = Delivery.State.SENT;
                row.nextAttemptAt = row.sentAt;
                row.commitmentRequests = 0;
                row.transactionUid = null;
                row.lastError = null;
            }
        }
    }

    /**
     * Notes why rows are still waiting. Being out of reach is nobody's refusal: attempts do not grow.
     *
     * @param state in which they wait; those that have left it are done with
     */
    @Transactional
    public void waiting(Collection<Long> ids, Delivery.State state, String cause) {
        locked(ids, state).forEach(row -> row.lastError = cause);
    }

    /**
     * The destination did not take the object, or does not have it any more: send it again later, unless that is the end.
     *
     * @param state in which this was found out; a row that has left it since is left as it is
     * @param place that refused, or for which there was nothing to send
     */
    @Transactional
    public void refused(long id, Delivery.State state, String cause, Refusal refusal, String place) {
        List<Delivery> rows = locked(List.of(id), state);
        for (Delivery row : rows) {
            moves.refuse(row, cause, refusal);
            if (row.state != Delivery.State.PENDING) {
                row.place = place(row, place);
            }
        }
        life.delivered(studies(rows));
    }

    /**
     * The destination took the objects and refuses to prove that it holds them: ask again later, and not without end.
     *
     * @param wait at least, before it is asked again
     */
    @Transactional
    public void unproved(Collection<Long> ids, String cause, Duration wait) {
        List<Delivery> rows = locked(ids, Delivery.State.SENT);
        rows.forEach(row -> moves.askAgain(row, cause, wait));
        life.delivered(studies(rows));
    }

    /** The destination answered with success and is set to prove nothing: that is the end, and is said so. */
    @Transactional
    public void withoutProof(Collection<Long> ids) {
        List<Delivery> rows = locked(ids, Delivery.State.SENT);
        rows.forEach(moves::endWithoutProof);
        life.delivered(studies(rows));
    }

    /**
     * Those that still are in the state: a report, a person or another process may have been quicker. Locked in the order
     * of their ids, before their studies, so that callers cannot deadlock.
     */
    List<Delivery> locked(Collection<Long> ids, Delivery.State state) {
        return locked(ids, EnumSet.of(state));
    }

    /** The same for several states; within the caller's transaction. */
    List<Delivery> locked(Collection<Long> ids, Set<Delivery.State> states) {
        List<Long> locked = entities.createQuery(
                        "select d.id from Delivery d where d.id in :ids and d.state in :states order by d.id",
                        Long.class)
                .setParameter("ids", ids)
                .setParameter("states", states)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        return entities.createQuery(
                        "from Delivery d join fetch d.output join fetch d.study where d.id in :ids order by d.id",
                        Delivery.class)
                .setParameter("ids", locked)
                .getResultList();
    }

    /**
     * Commitment to the rows is about to be requested of a place, whose report will be; nobody asks again before the wait is
     * over. A rejection note stays for the place that it was made for.
     *
     * @param transactionUid null where the place was asked what it lists instead
     */
    @Transactional
    public void requested(Collection<Long> ids, String transactionUid, Duration wait, String place) {
        for (Delivery row : locked(ids, Delivery.State.SENT)) {
            if (transactionUid != null) {
                moves.request(row, transactionUid, place(row, place));
            }
            row.nextAttemptAt = Instant.now().plus(wait);
            row.commitmentRequests++;
            row.place = place(row, place);
        }
    }

    private static String place(Delivery row, String place) {
        return row.output.kind == ObjectKind.REJECTION_NOTE ? row.place : place;
    }

    /**
     * What an archive reported of one request. Rows that the report does not name, or that are not waiting for it, are
     * left as they are. Of a request before the last only what it commits to counts: what it had not then it may have now.
     *
     * @return how many rows it settled
     */
    @Transactional
    public int reported(Collection<String> destinations, StorageCommitmentResult result) {
        List<Delivery> rows = locked(
                entities.createNativeQuery(
                                """
                                select id from delivery where state = 'SENT' and destination in (:destinations)
                                  and (transaction_uid = :transaction
                                    or transaction_uid is not null and :transaction = any(earlier_transaction_uids))""",
                                Long.class)
                        .setParameter("transaction", result.transactionUid())
                        .setParameter("destinations", destinations)
                        .getResultList(),
                Delivery.State.SENT);
        // They may have been sent anew before they were locked.
        rows.stream()
                .filter(row -> row.isAskedForBy(result.transactionUid()))
                .forEach(row -> moves.settle(row, result));
        life.delivered(studies(rows));
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

    /** The destination, at a place, lists the object: by C-FIND ({@code QUERY}) or by QIDO-RS. */
    @Transactional
    public void found(long id, Delivery.Confirmation by, String place) {
        List<Delivery> rows = locked(List.of(id), Delivery.State.SENT);
        rows.forEach(row -> {
            row.place = place;
            moves.confirm(row, by);
        });
        life.delivered(studies(rows));
    }

    private static List<Long> studies(List<Delivery> rows) {
        return rows.stream().map(row -> row.study.id).toList();
    }
}
