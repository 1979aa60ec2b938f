package org.rigatino.notify;

import java.io.IOException;
import java.time.Duration;

/** A receiver did not take an event and says when it may. */
public final class RetryLaterException extends IOException {
    private final Duration after;

    /** @param after not negative */
    public RetryLaterException(String message, Duration after) {
        super(message);
        this.after = after;
    }

    Duration after() {
        return after;
    }
}
