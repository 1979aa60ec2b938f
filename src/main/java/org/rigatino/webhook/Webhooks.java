package org.rigatino.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.rigatino.notify.Feeds;

/** The receivers of the configuration. */
@ApplicationScoped
public class Webhooks {
    @Inject
    WebhookConfiguration configuration;

    @Inject
    Feeds feeds;

    public void start() {
        configuration.all().forEach((name, webhook) -> feeds.start(new WebhookReceiver(name, webhook)));
    }
}
