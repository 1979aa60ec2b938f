package org.rigatino.webhook;

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
import org.rigatino.audit.EventKind;

/** A {@link WebhookFeed} for each receiver of the configuration. */
@ApplicationScoped
public class Webhooks {
    private static final Logger LOG = Logger.getLogger(Webhooks.class);
    private static final long STOP_MILLIS = 5000;

    @Inject
    WebhookConfiguration configuration;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> kafka;

    @Inject
    AuditTrail audit;

    @Inject
    MeterRegistry meters;

    private final List<Thread> feeds = new ArrayList<>();

    public void start() {
        configuration.all().forEach((name, webhook) -> {
            Thread feed = new Thread(new WebhookFeed(name, webhook, kafka, this::givenUp), "webhook-" + name);
            feed.setDaemon(true);
            feed.start();
            feeds.add(feed);
        });
    }

    private void givenUp(String webhook, String studyInstanceUid, String cause) {
        LOG.errorf("the webhook %s never took an event of study %s: %s", webhook, studyInstanceUid, cause);
        meters.counter("rigatino.webhook.given.up", "webhook", webhook).increment();
        QuarkusTransaction.requiringNew()
                .run(() -> audit.append(
                        EventKind.WEBHOOK_GIVEN_UP, studyInstanceUid, webhook, "the last attempt: " + cause));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        feeds.forEach(Thread::interrupt);
        for (Thread feed : feeds) {
            feed.join(STOP_MILLIS);
        }
    }
}
