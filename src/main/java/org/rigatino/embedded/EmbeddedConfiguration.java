package org.rigatino.embedded;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;

/** Where the embedded parts keep their data and listen, on loopback. */
@ConfigMapping(prefix = "rigatino.embedded")
public interface EmbeddedConfiguration {
    @WithDefault("data")
    Path data();

    /** 0 for any free port. */
    @WithDefault("0")
    @Min(0) @Max(65535) int kafkaPort();

    /** 0 for any free port. */
    @WithDefault("0")
    @Min(0) @Max(65535) int postgresPort();
}
