package org.rigatino.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.rigatino.restore.Releases;
import org.rigatino.worker.RunningWorker;

/**
 * A worker with the releases of models/, on which people must sign in; one program may do nearly everything. A copy of one of
 * them is in shadow, and has no time. The archive that may be asked for studies does not answer.
 */
public final class GuardedWorker extends RunningWorker {
    static final Path MODELS = Path.of("models").toAbsolutePath();
    static final String SHADOW = "7-test";
    static final String TOKEN = "token of a program in these tests, long";

    @Override
    protected void writeRelease(Path models) {
        // Those of models/ are in service instead.
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new TreeMap<>(super.start());
        settings.put("rigatino.restore.models", withShadow().toString());
        settings.put("rigatino.restore.shadow", "brain-flair/" + SHADOW);
        settings.put("rigatino.worker.shadow.budget", "PT0S");
        // No archive listens, whose every attempt is for nothing.
        settings.put("rigatino.deliver.retry.longest", "PT15S");
        settings.put("rigatino.ingest.calling-ae-titles", "TEST");
        settings.put("rigatino.ingest.sources.oldpacs.host", "127.0.0.1");
        settings.put("rigatino.ingest.sources.oldpacs.port", "1");
        settings.put("rigatino.ingest.sources.oldpacs.ae-title", "OLDPACS");
        settings.put("rigatino.access.machines.program.token", TOKEN);
        settings.put("rigatino.access.machines.program.roles", "coordinator,auditor,monitor");
        return settings;
    }

    private static Path withShadow() {
        try {
            Path models = Files.createTempDirectory("models-with-shadow");
            FileUtils.copyDirectory(MODELS.toFile(), models.toFile());
            Releases.again(models.resolve("brain-flair/6"), models, SHADOW);
            return models;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
