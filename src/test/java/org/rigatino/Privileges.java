package org.rigatino;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Parts of a test in a process of their own that may less than root. */
public final class Privileges {
    private Privileges() {}

    public static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /**
     * Runs a class's {@code main}. An ordinary account has no privileges to leave out.
     *
     * @param capabilities as setpriv names them behind a minus, separated by ",-"
     * @return what it printed, errors too
     */
    public static String without(String capabilities, Class<?> main, List<String> arguments, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--bounding-set=-" + capabilities, "--inh-caps=-" + capabilities));
        }
        command.addAll(TestJvm.of(main));
        command.addAll(arguments);
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }
}
