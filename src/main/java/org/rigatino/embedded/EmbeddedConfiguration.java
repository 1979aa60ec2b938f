package org.rigatino.embedded;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;

/** The PostgreSQL and the Kafka broker that run within where none is configured. They listen on loopback. */
@ConfigMapping(prefix = "rigatino.embedded")
public interface EmbeddedConfiguration {
    /** Folder of their data. */
    @WithDefault("data")
    Path data();

    /** Port of the broker; 0 for any free one. */
    @WithDefault("0")
    @Min(0) @Max(65535) int kafkaPort();

    /** Port of PostgreSQL; 0 for any free one. */
    @WithDefault("0")
    @Min(0) @Max(65535) int postgresPort();
}
