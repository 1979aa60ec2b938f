package org.rigatino.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The audit trail beyond its database. */
@ConfigMapping(prefix = "rigatino.audit")
public interface AuditConfiguration {
    /** Who this process is in the trail, and whose configuration is compared; the host's name where absent. */
    Optional<String> sourceId();

    /** A file that anchors are appended to, best on another machine's disk; they are logged in any case. */
    Optional<Path> anchors();

    /** Between anchors, if rows were added. */
    @WithDefault("PT1H")
    Duration anchorEvery();
}
