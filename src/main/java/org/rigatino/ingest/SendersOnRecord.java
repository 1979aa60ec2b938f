package org.rigatino.ingest;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.rigatino.dicom.AddedSenders;

/** Rows of {@code sender}. The listener knows them as they were a second ago, and looks again before it rejects. */
@ApplicationScoped
public class SendersOnRecord implements AddedSenders {
    private static final Logger LOG = Logger.getLogger(SendersOnRecord.class);
    private static final long FRESH_NANOS = Duration.ofMillis(200).toNanos();

    @Inject
    Session entities;

    @Inject
    TransactionSynchronizationRegistry transaction;

    private volatile Set<String> titles = Set.of();
    private volatile Set<String> addresses = Set.of();
    private volatile long lookedAt = System.nanoTime() - FRESH_NANOS - 1;

    /** By kind and value. */
    @Transactional
    public List<AddedSender> all() {
        return entities
                .createNativeQuery(
                        "select kind, value, added_by, added_at from sender order by kind, value", Object[].class)
                .getResultList()
                .stream()
                .map(row -> new AddedSender(
                        AddedSender.Kind.valueOf((String) row[0]), (String) row[1], (String) row[2], (Instant) row[3]))
                .toList();
    }

    /** Who was turned away just before they were added is not turned away again. */
    private final class LookAnew implements Synchronization {
        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            lookedAt = System.nanoTime() - FRESH_NANOS - 1;
        }
    }

    /** One process at a time adds and removes. Until the transaction ends; behind it this process looks anew. */
    @Transactional(Transactional.TxType.MANDATORY)
    void lock() {
        entities.createNativeQuery(
                        "select 1 from pg_advisory_xact_lock(hashtextextended('rigatino.senders', 0))", Integer.class)
                .getSingleResult();
        transaction.registerInterposedSynchronization(new LookAnew());
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void add(AddedSender.Kind kind, String value, String by) {
        entities.createNativeQuery(
                        "insert into sender (kind, value, added_by, added_at) values (:kind, :value, :by, now())")
                .setParameter("kind", kind.name())
                .setParameter("value", value)
                .setParameter("by", by)
                .executeUpdate();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void remove(AddedSender.Kind kind, String value) {
        entities.createNativeQuery("delete from sender where kind = :kind and value = :value")
                .setParameter("kind", kind.name())
                .setParameter("value", value)
                .executeUpdate();
    }

    @Override
    public boolean hasTitle(String callingAeTitle) {
        if (!titles.contains(callingAeTitle)) {
            look();
        }
        return titles.contains(callingAeTitle);
    }

    @Override
    public boolean hasAddress(InetAddress peer) {
        String address = written(peer);
        if (!addresses.contains(address)) {
            look();
        }
        return addresses.contains(address);
    }

    /** The one way in which an address is written: without scope, IPv4 as such where it is mapped (RFC 4291 2.5.5.2). */
    static String written(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress()).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void look() {
        if (System.nanoTime() - lookedAt > FRESH_NANOS) {
            refresh();
        }
    }

    /** Without the record who was known before may send. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        try {
            List<AddedSender> all = all();
            titles = values(all, AddedSender.Kind.AE_TITLE);
            addresses = values(all, AddedSender.Kind.ADDRESS);
            lookedAt = System.nanoTime();
        } catch (RuntimeException e) {
            LOG.debugf("senders that were added are not looked at: %s", e.getMessage());
        }
    }

    private static Set<String> values(List<AddedSender> all, AddedSender.Kind kind) {
        return all.stream()
                .filter(sender -> sender.kind() == kind)
                .map(AddedSender::value)
                .collect(Collectors.toUnmodifiableSet());
    }
}
