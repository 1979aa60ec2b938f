package org.rigatino.deliver.dicomweb;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.rigatino.notify.RetryAfter;

/**
 * What a service answered.
 *
 * @param contentType value of the field of that name, or empty
 * @param retryAfter value of the field of that name, or null
 * @param body as much of it as is kept
 * @param isWhole whether that is all of it
 */
record Answer(int status, String contentType, String retryAfter, byte[] body, boolean isWhole) {
    /** Request Timeout, Too Early, Too Many Requests, and a gateway's or the service's own shortage (RFC 9110 15). */
    boolean passes() {
        return switch (status) {
            case 408, 425, 429, 502, 503, 504 -> true;
            default -> false;
        };
    }

    /** Null where it does not say. */
    Duration later() {
        return Optional.ofNullable(retryAfter)
                .flatMap(value -> RetryAfter.of(value, Instant.now()))
                .orElse(null);
    }

    /** Made for people: a proxy's, or a form to sign in, whatever its status says. */
    boolean isPage() {
        return contentType.strip().toLowerCase(Locale.ROOT).matches("(text/html|application/xhtml\\+xml)\\b.*");
    }

    boolean isRedirect() {
        return status / 100 == 3;
    }
}
