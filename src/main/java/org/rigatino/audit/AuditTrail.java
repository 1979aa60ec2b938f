package org.rigatino.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Writes to the audit trail. Safe for use by several threads. */
@ApplicationScoped
public class AuditTrail {
    /** How a search that failed is told: {@code by KEY: nothing fetched: WHY}. */
    public static final String NOTHING_FETCHED = "nothing fetched: ";

    /** How a study is told of which something that came was not taken: {@code COUNT not taken: WHAT}. */
    public static final String NOT_TAKEN = " not taken: ";

    @Inject
    DataSource dataSource;

    @Inject
    EntityManager entities;

    @Inject
    TransactionSynchronizationRegistry transaction;

    /**
     * One event.
     *
     * @param studyInstanceUid null where the event is not about a study
     * @param subject a UID, an AE title or a destination; null where the study is the subject
     * @param detail for people; never patient data
     * @param actor who did it: a user, a machine, an AE title; null where Rigatino did by itself
     * @param address where the actor was, null where that is not known
     */
    public record Event(
            EventKind kind, String studyInstanceUid, String subject, String detail, String actor, String address) {
        /** What Rigatino did by itself. */
        public Event(EventKind kind, String studyInstanceUid, String subject, String detail) {
            this(kind, studyInstanceUid, subject, detail, null, null);
        }

        /** The same, done by somebody. */
        public Event by(String actor) {
            return new Event(kind, studyInstanceUid, subject, detail, actor, address);
        }

        /** The same, done from an IP address or a host. */
        public Event from(String address) {
            return new Event(kind, studyInstanceUid, subject, detail, actor, address);
        }
    }

    /** The events of one transaction, which go to the database last. */
    private final class Collected implements Synchronization {
        private final List<Event> events = new ArrayList<>();
        private boolean written;

        /** Behind what Hibernate has held back, so that every row is locked before the chain is, whoever calls. */
        @Override
        public void beforeCompletion() {
            entities.flush();
            written = true;
            write(events);
        }

        @Override
        public void afterCompletion(int status) {
            events.clear();
        }
    }

    /**
     * Notes what Rigatino did by itself, within the caller's transaction: the event is there if and only if what it tells
     * of is. It is written when the transaction ends, behind everything else, so that the order of locks is always rows
     * first and the chain last, and the chain is held for one statement and the commit. Where it cannot be written, the
     * transaction fails.
     *
     * @see Event
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(EventKind kind, String studyInstanceUid, String subject, String detail) {
        append(List.of(new Event(kind, studyInstanceUid, subject, detail)));
    }

    /** The same for any event, {@code new Event(...).by(user).from(address)}. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(Event event) {
        append(List.of(event));
    }

    /** The same for several events, in their order. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        Collected collected = (Collected) transaction.getResource(this);
        if (collected == null) {
            // Opens Hibernate's session, which so registers itself first, and is asked to flush first.
            if (!entities.isJoinedToTransaction()) {
                throw new IllegalStateException("the record's session is not part of the transaction");
            }
            collected = new Collected();
            transaction.putResource(this, collected);
            transaction.registerInterposedSynchronization(collected);
        }
        if (collected.written) {
            write(events);
        } else {
            collected.events.addAll(events);
        }
    }

    private void write(List<Event> events) {
        try (Connection connection = dataSource.getConnection()) {
            AuditChain.append(connection, events);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "cannot append " + events.get(0).kind() + " to the audit trail: " + e.getMessage(), e);
        }
    }
}
