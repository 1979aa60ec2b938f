package org.rigatino.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
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
    AuditTrail audit;

    @Inject
    MeterRegistry meters;

    private final List<Thread> feeds = new ArrayList<>();

    /** On the thread that starts the process. */
    public void start(Receiver receiver) {
        Thread feed = new Thread(new Feed(receiver, kafka, this::givenUp), receiver.kind() + "-" + receiver.name());
        feed.setDaemon(true);
        feed.start();
        feeds.add(feed);
    }

    private void givenUp(Receiver receiver, String studyInstanceUid, String cause) {
        String kind = receiver.kind();
        LOG.errorf("the %s %s never took an event of study %s: %s", kind, receiver.name(), studyInstanceUid, cause);
        meters.counter("rigatino." + kind + ".given.up", kind, receiver.name()).increment();
        QuarkusTransaction.requiringNew()
                .run(() -> audit.append(
                        receiver.givenUp(), studyInstanceUid, receiver.name(), "the last attempt: " + cause));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        feeds.forEach(Thread::interrupt);
        for (Thread feed : feeds) {
            feed.join(STOP_MILLIS);
        }
    }
}
