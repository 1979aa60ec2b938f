package org.rigatino.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Writes to the audit trail. Safe for use by several threads. */
@ApplicationScoped
public class AuditTrail {
    @Inject
    DataSource dataSource;

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

    /**
     * Appends what Rigatino did by itself, within the caller's transaction: the event is there if and only if what it
     * tells of is. From this call to the end of that transaction nobody else can append, so call it last and do no slow
     * work after it.
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

    /** The same for several events, in their order, in three round trips. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            AuditChain.append(connection, events);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "cannot append " + events.get(0).kind() + " to the audit trail: " + e.getMessage(), e);
        }
    }
}
