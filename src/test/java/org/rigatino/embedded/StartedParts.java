package org.rigatino.embedded;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Broker and database of a test, inside of this process. */
public final class StartedParts {
    private StartedParts() {}

    /** @param data where they keep what they have */
    public static EmbeddedParts under(Path data, List<String> topics) throws IOException {
        EmbeddedConfiguration configuration = new SmallRyeConfigBuilder()
                .withMapping(EmbeddedConfiguration.class)
                .withDefaultValue("rigatino.embedded.data", data.toString())
                .build()
                .getConfigMapping(EmbeddedConfiguration.class);
        return EmbeddedParts.start(configuration, true, true, topics);
    }
}
