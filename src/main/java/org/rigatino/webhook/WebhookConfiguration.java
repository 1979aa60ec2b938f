package org.rigatino.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Map;
import org.rigatino.notify.Patience;

/** Who is told of outcomes by signed HTTP request. */
@ConfigMapping(prefix = "rigatino.webhooks")
public interface WebhookConfiguration {
    /** By a name of the site's choice. */
    @WithParentName
    Map<String, @Valid Webhook> all();

    /** One receiver. */
    interface Webhook extends Patience {
        /** Where events are posted to; over plain HTTP on this machine alone. */
        @Pattern(
                regexp = "https://.+|http://(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?(/.*)?",
                message = "must be https, or http on this machine")
        String url();

        /** Signs what is posted: {@code whsec_} and the key in Base64, 24 to 64 bytes of it, as Standard Webhooks writes it. */
        @Pattern(
                regexp = "whsec_[A-Za-z0-9+/]{32,86}={0,2}",
                message = "must be whsec_ and 24 to 64 bytes in Base64: echo whsec_$(openssl rand -base64 32)")
        String secret();

        /** Longest wait for the connection. */
        @WithDefault("PT5S")
        Duration connectTimeout();

        /** Longest wait for an answer. */
        @WithDefault("PT15S")
        Duration responseTimeout();
    }
}
