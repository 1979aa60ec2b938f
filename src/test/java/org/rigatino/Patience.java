package org.rigatino;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long a test waits for what is to come before it takes it for hung: no measure of how fast that is to be. */
public final class Patience {
    public static final int SECONDS = 120;
    /** For an answer, or what is done by a process that runs. */
    public static final Duration STEP = Duration.ofSeconds(SECONDS);
    /** For what a process does from its start to its end. */
    public static final Duration PROCESS = Duration.ofMinutes(5);

    private Patience() {}

    /** Awaitility's own default is 10 seconds. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(STEP);
    }
}
