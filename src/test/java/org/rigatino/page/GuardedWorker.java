package org.rigatino.page;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.rigatino.worker.RunningWorker;

/** A worker with the releases of models/, on which people must sign in; one program may do nearly everything. */
public final class GuardedWorker extends RunningWorker {
    static final Path MODELS = Path.of("models").toAbsolutePath();
    static final String TOKEN = "token of a program in these tests, long";

    @Override
    protected void writeRelease(Path models) {
        // Those of models/ are in service instead.
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new TreeMap<>(super.start());
        settings.put("rigatino.restore.models", MODELS.toString());
        settings.put("rigatino.access.machines.program.token", TOKEN);
        settings.put("rigatino.access.machines.program.roles", "coordinator,auditor,monitor");
        return settings;
    }
}
