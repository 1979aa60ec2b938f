package org.rigatino.webhook;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.rigatino.audit.EventKind;
import org.rigatino.notify.Patience;
import org.rigatino.notify.Receiver;
import org.rigatino.notify.RetryAfter;
import org.rigatino.notify.RetryLaterException;
import org.rigatino.webhook.WebhookConfiguration.Webhook;

/** Each attempt is a POST of the event as it is, signed as Standard Webhooks 1.0 has it. Redirects are not followed. */
final class WebhookReceiver implements Receiver {
    private static final String SETTINGS = "rigatino.webhooks.";
    private static final String PREFIX = "whsec_";
    private static final int MOST_PORT = 65535;

    private final String name;
    private final Webhook webhook;
    private final URI url;
    private final HttpClient client;
    private final byte[] key;

    WebhookReceiver(String name, Webhook webhook) {
        this.name = name;
        this.webhook = webhook;
        url = url(name, webhook);
        client = HttpClient.newBuilder()
                .connectTimeout(webhook.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        key = key(name, webhook);
    }

    /** What can be posted to: the client takes no other, and says so only when it is asked to. */
    static URI url(String name, Webhook webhook) {
        try {
            URI url = HttpRequest.newBuilder(URI.create(webhook.url())).build().uri();
            if (url.getPort() <= MOST_PORT) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // It may quote what a URL keeps secret.
        }
        throw new ConfigurationException(
                SETTINGS + name + ".url is no URL that can be posted to: after https:// have to"
                        + " come a host name of letters, digits, hyphens and dots (no underscore), or an address, and where"
                        + " wanted a port to 65535 and a path without blanks");
    }

    static byte[] key(String name, Webhook webhook) {
        try {
            return Base64.getDecoder().decode(webhook.secret().substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(SETTINGS + name + ".secret is no Base64 behind " + PREFIX
                    + ", as where a character is missing: echo whsec_$(openssl rand -base64 32)");
        }
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Patience patience() {
        return webhook;
    }

    @Override
    public EventKind givenUp() {
        return EventKind.WEBHOOK_GIVEN_UP;
    }

    /** @throws IOException where the answer is not 2xx, or none comes in time */
    @Override
    public void take(String id, byte[] event) throws IOException, InterruptedException {
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(webhook.responseTimeout())
                .header("Content-Type", "application/cloudevents+json; charset=UTF-8")
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", "v1," + signature(id, timestamp, event))
                .POST(HttpRequest.BodyPublishers.ofByteArray(event))
                .build();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        // The time-out ends with the head, which says it all: a body may never end.
        answer.body().close();
        int status = answer.statusCode();
        if (status < 200 || status > 299) {
            Optional<Duration> later =
                    answer.headers().firstValue("Retry-After").flatMap(value -> RetryAfter.of(value, Instant.now()));
            throw later.isPresent()
                    ? new RetryLaterException("answered " + status, later.get())
                    : new IOException("answered " + status);
        }
    }

    private String signature(String id, String timestamp, byte[] event) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(event));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
