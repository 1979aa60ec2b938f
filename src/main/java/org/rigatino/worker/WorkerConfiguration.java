package org.rigatino.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits on the work for one study. */
@ConfigMapping(prefix = "rigatino.worker")
public interface WorkerConfiguration {
    /** A study that takes longer has failed. */
    @WithDefault("PT1H")
    Duration studyTimeLimit();
}
