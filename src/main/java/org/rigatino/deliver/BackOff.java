package org.rigatino.deliver;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.rigatino.deliver.dicomweb.DicomwebException;

/** Waits between attempts: doubling from {@code first}, never over {@code longest}, spread by a random half. */
public record BackOff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 30;

    /** @param attempt 1 for the wait after the first attempt */
    public Duration after(int attempt) {
        long doublings = 1L << Math.min(Math.max(attempt, 1) - 1, MOST_DOUBLINGS);
        long millis =
                first.toMillis() > longest.toMillis() / doublings ? longest.toMillis() : first.toMillis() * doublings;
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    /** Longer where a service says when it may be asked again, and never over {@code longest}. */
    public Duration after(int attempt, Exception problem) {
        Duration usual = after(attempt);
        Duration asked =
                problem instanceof DicomwebException busy ? busy.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
        Duration heeded = asked.compareTo(longest) < 0 ? asked : longest;
        return heeded.compareTo(usual) > 0 ? heeded : usual;
    }
}
