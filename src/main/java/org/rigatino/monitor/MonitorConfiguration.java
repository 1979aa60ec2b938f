package org.rigatino.monitor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How often the record is looked at for metrics, and how far back. */
@ConfigMapping(prefix = "rigatino.monitor")
public interface MonitorConfiguration {
    /** Time between two looks at what waits. Each process of a deployment looks for itself, and all see the same. */
    @WithDefault("PT15S")
    Duration every();

    Drift drift();

    /** Of live scores against a release's calibration. */
    interface Drift {
        /** Time between two looks at live scores. */
        @WithDefault("PT1M")
        Duration every();

        /** Images that were judged longer ago do not count. */
        @WithDefault("P7D")
        Duration window();

        /** The latest so many images count, over all releases. */
        @Min(100) @Max(1_000_000) @WithDefault("20000")
        int images();
    }
}
