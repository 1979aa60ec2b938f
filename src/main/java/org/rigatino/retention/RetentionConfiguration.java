package org.rigatino.retention;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** How long files are kept after the last revision of their study was confirmed or refused. */
@ConfigMapping(prefix = "rigatino.retention")
public interface RetentionConfiguration {
    /** Instances as received; absent keeps them for ever. */
    Optional<Duration> instances();

    /** Encoded outputs; absent keeps them for ever. */
    Optional<Duration> outputs();
}
