package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.rigatino.Settings;

/** Broker and database of a test, inside of this process. */
public final class StartedParts {
    private StartedParts() {}

    /** @param data where they keep what they have */
    public static EmbeddedParts under(Path data, List<String> topics) throws IOException {
        EmbeddedConfiguration configuration =
                Settings.of(EmbeddedConfiguration.class, Map.of("rigatino.embedded.data", data.toString()));
        return EmbeddedParts.start(configuration, true, true, topics);
    }
}
