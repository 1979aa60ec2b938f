package org.rigatino.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import java.time.Instant;
import java.util.List;

/** One object on its way to one destination: a row of the outbox. */
@Entity
public class Delivery {
    /**
     * PENDING until C-STORE or STOW-RS succeeds, SENT until that is proved; DELIVERED where the destination is set to prove nothing.
     * DECLINED where it refused what it need not take; CANCELLED where a person said so: the destination is
     * gone, or the object is of another patient than the study; or where another release has judged since.
     */
    public enum State {
        PENDING,
        SENT,
        DELIVERED,
        CONFIRMED,
        DECLINED,
        CANCELLED,
        FAILED
    }

    /** What proved that the archive has it. */
    public enum Confirmation {
        STORAGE_COMMITMENT,
        /** C-FIND. */
        QUERY,
        QIDO_RS
    }

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "delivery_id_seq")
    @SequenceGenerator(name = "delivery_id_seq", sequenceName = "delivery_id_seq", allocationSize = 50)
    public Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    public Output output;

    @ManyToOne(fetch = FetchType.LAZY)
    public Study study;

    /** Name of the destination in {@code rigatino.deliver.destinations}. */
    public String destination;

    /**
     * Who took the object last, and then who proved to have it, or who refused it for good, or was to get it when its destination was removed, as
     * {@code DestinationKind.place}: the destination may be elsewhere by now. Of a rejection note from the start, for whom alone it is. Null where nobody
     * did, and where it was before there was a record of that.
     */
    public String place;

    @Enumerated(EnumType.STRING)
    public State state = State.PENDING;

    /** Whether the study has failed where the destination refuses the object. */
    public boolean essential = true;

    /** Times that the destination refused the object, or proof of it; being out of reach does not count. */
    public int attempts;

    /** Of the attempts, without those that the archive's own shortage (A7xxH) ended. */
    public int rejections;

    /** Given up, and retention has deleted the object since. Written by the database alone. */
    @Column(insertable = false, updatable = false)
    public boolean outputsDeleted;

    /** Since the object was last sent. */
    public int commitmentRequests;

    public Instant nextAttemptAt;
    public String lastError;

    /** What it was last taken with: status of class Warning, Warning Reason (0008,1196), or 0111H; null of success alone. */
    public String warning;

    public String transactionUid;

    /** Requests before that since the object was last taken; of no meaning where there is no later one. */
    public String[] earlierTransactionUids = {};

    @Enumerated(EnumType.STRING)
    public Confirmation confirmedBy;

    /** When the object was last taken, also where it had been cancelled by then; null while it is to be sent again. */
    public Instant sentAt;

    public Instant confirmedAt;

    /** Whether this is a request for proof of the object as it was taken last. */
    public boolean isAskedForBy(String uid) {
        return transactionUid != null
                && (transactionUid.equals(uid)
                        || List.of(earlierTransactionUids).contains(uid));
    }
}
