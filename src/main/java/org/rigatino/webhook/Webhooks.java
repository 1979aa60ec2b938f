package org.rigatino.webhook;

import io.quarkus.runtime.configuration.ConfigurationException;
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

    /** @throws ConfigurationException that names the property, where one could never be told anything */
    public static void check(WebhookConfiguration configuration) {
        configuration.all().forEach((name, webhook) -> {
            WebhookReceiver.url(name, webhook);
            WebhookReceiver.key(name, webhook);
        });
    }

    public void start() {
        configuration.all().forEach((name, webhook) -> feeds.start(new WebhookReceiver(name, webhook)));
    }
}
