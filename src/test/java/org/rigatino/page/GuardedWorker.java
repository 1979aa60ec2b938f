package org.rigatino.page;

import java.util.Map;
import java.util.TreeMap;
import org.rigatino.worker.RunningWorker;

/** A worker on which people must sign in, and one program may do what a coordinator and an auditor may. */
public final class GuardedWorker extends RunningWorker {
    static final String TOKEN = "token of a program in these tests, long";

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new TreeMap<>(super.start());
        settings.put("rigatino.access.machines.program.token", TOKEN);
        settings.put("rigatino.access.machines.program.roles", "coordinator,auditor");
        return settings;
    }
}
