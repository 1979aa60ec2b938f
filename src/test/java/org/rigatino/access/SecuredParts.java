package org.rigatino.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.embedded.EmbeddedParts;
import org.rigatino.embedded.MigratedCluster;
import org.rigatino.embedded.StartedParts;

/** A process with the role {@code web} over a real broker and database, and a machine for each role. */
public class SecuredParts implements QuarkusTestResourceLifecycleManager {
    static final String NO_TOKEN = "a token that no machine was ever given";

    private EmbeddedParts parts;

    /** The token of the machine that has this role alone. */
    public static String token(String role) {
        return "token of a machine in these tests: " + role;
    }

    @Override
    public Map<String, String> start() {
        try {
            Path data = Files.createTempDirectory("rigatino-access");
            MigratedCluster.copyTo(data.resolve("postgres"));
            parts = StartedParts.under(data, List.of("rigatino.studies", "rigatino.results"));
            Map<String, String> settings = new HashMap<>(parts.settings());
            settings.put("rigatino.roles", "web");
            settings.put("mp.messaging.incoming.studies.enabled", "false");
            settings.put("quarkus.http.test-port", "0");
            settings.put("rigatino.triage.escalate-after.high", "PT1H");
            for (String role : UserRole.ALL) {
                settings.put("rigatino.access.machines." + role + "-program.token", token(role));
                settings.put("rigatino.access.machines." + role + "-program.roles", role);
            }
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            parts.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
