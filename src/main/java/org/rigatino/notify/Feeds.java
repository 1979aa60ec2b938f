package org.rigatino.notify;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.rigatino.audit.AuditTrail;

/** The {@link Feed}s of this process, a thread each. */
@ApplicationScoped
public class Feeds {
    private static final Logger LOG = Logger.getLogger(Feeds.class);
    private static final long STOP_MILLIS = 5000;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> kafka;

    @Inject
    EntityManager entities;

    @Inject
    AuditTrail audit;

    @Inject
    MeterRegistry meters;

    private final List<Thread> feeds = new ArrayList<>();
    private final List<Meter> gauges = new ArrayList<>();

    /** On the thread that starts the process: what is published from now on comes to the receiver. */
    public void start(Receiver receiver) {
        Feed feed = new Feed(receiver, since(receiver), kafka, trail());
        Thread thread = new Thread(feed, receiver.kind() + "-" + receiver.name());
        thread.setDaemon(true);
        gauges.add(Gauge.builder("rigatino.receiver.waits", feed, Feed::waitingSeconds)
                .description(
                        "How long the event has been tried whose turn it is at the receiver; 0 where all were taken")
                .baseUnit("seconds")
                .tags("kind", receiver.kind(), "name", receiver.name())
                .strongReference(true)
                .register(meters));
        thread.start();
        feeds.add(thread);
    }

    /** Its first start of all. */
    private Instant since(Receiver receiver) {
        return QuarkusTransaction.requiringNew().call(() -> {
            entities.createNativeQuery(
                            "insert into receiver (kind, name, since) values (:kind, :name, :now) on conflict do nothing")
                    .setParameter("kind", receiver.kind())
                    .setParameter("name", receiver.name())
                    .setParameter("now", Instant.now())
                    .executeUpdate();
            return (Instant) entities.createNativeQuery(
                            "select since from receiver where kind = :kind and name = :name", Instant.class)
                    .setParameter("kind", receiver.kind())
                    .setParameter("name", receiver.name())
                    .getSingleResult();
        });
    }

    private Feed.GivenUp trail() {
        return new Feed.GivenUp() {
            @Override
            public void event(Receiver receiver, String studyInstanceUid, String cause) {
                LOG.errorf(
                        "the %s %s never took an event of study %s: %s",
                        receiver.kind(), receiver.name(), studyInstanceUid, cause);
                givenUp(receiver, 1, studyInstanceUid, "the last attempt: " + cause);
            }

            @Override
            public void events(Receiver receiver, long count, String cause) {
                LOG.errorf(
                        "the %s %s never took what it should have: %s. The outcomes are in the record; keep events for"
                                + " longer (retention.ms of %s)",
                        receiver.kind(), receiver.name(), cause, Feed.TOPIC);
                givenUp(receiver, count, null, cause);
            }
        };
    }

    private void givenUp(Receiver receiver, long count, String studyInstanceUid, String detail) {
        String kind = receiver.kind();
        meters.counter("rigatino." + kind + ".given.up", kind, receiver.name()).increment(count);
        QuarkusTransaction.requiringNew()
                .run(() -> audit.append(receiver.givenUp(), studyInstanceUid, receiver.name(), detail));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        // The registry may outlive the application.
        gauges.forEach(meters::remove);
        feeds.forEach(Thread::interrupt);
        for (Thread feed : feeds) {
            feed.join(STOP_MILLIS);
        }
    }
}
