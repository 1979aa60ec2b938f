package org.rigatino.proof.demo;

import java.io.IOException;
import java.util.Map;

/** One for all tests that interrupt nothing. It ends with their suite, or with the JVM where one of them runs alone. */
public final class SharedDeployment {
    private static Deployment running;

    private SharedDeployment() {}

    static synchronized Deployment get() throws IOException {
        if (running == null) {
            running = Deployment.start("shared", Map.of());
        }
        return running;
    }

    public static synchronized void end() {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
