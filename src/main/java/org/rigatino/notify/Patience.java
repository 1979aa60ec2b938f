package org.rigatino.notify;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a receiver is asked to take an event; the part of its settings that all receivers have. */
public interface Patience {
    /** Waits between attempts grow from the first to the longest, doubling. */
    @WithDefault("PT2S")
    Duration retryFirst();

    @WithDefault("PT5M")
    Duration retryLongest();

    /** How long one event is tried before the trail says that its receiver never took it, and the next one's turn comes. */
    @WithDefault("P3D")
    Duration giveUpAfter();
}
