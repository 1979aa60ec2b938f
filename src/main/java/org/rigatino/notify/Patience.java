package org.rigatino.notify;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a receiver is asked to take an event; the part of its settings that all receivers have. */
public interface Patience {
    /** Wait before the second attempt; each further wait is twice as long, up to the longest. */
    @WithDefault("PT2S")
    Duration retryFirst();

    /** Longest wait between two attempts. */
    @WithDefault("PT5M")
    Duration retryLongest();

    /** How long one event is tried before the trail says that its receiver never took it, and the next one's turn comes. */
    @WithDefault("P3D")
    Duration giveUpAfter();
}
