package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.rigatino.Patience;
import org.rigatino.embedded.Ports;

/** Programs of Debian packages as peers in tests. */
public final class Tool {
    /** How a program ended, and what it printed on both streams. */
    public record Result(int exitCode, String output) {}

    private Tool() {}

    /** Skips the test, visibly, where a program is not installed. */
    public static void assumeInstalled(String... programs) {
        for (String program : programs) {
            boolean found = List.of(System.getenv("PATH").split(":")).stream()
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            Assumptions.assumeTrue(found, program + " is not installed");
        }
    }

    public static Result run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("tool", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(Patience.SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(command + " did not end: " + text(output));
            }
            return new Result(process.exitValue(), text(output));
        } finally {
            Files.delete(output);
        }
    }

    public static Result run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    public static void runSuccessfully(String... command) throws IOException, InterruptedException {
        Result result = run(command);
        assertThat(result.exitCode())
                .as("%s: %s", List.of(command), result.output())
                .isZero();
    }

    /** A port that was free a moment ago, for servers that cannot choose one themselves. */
    public static int freePort() throws IOException {
        return Ports.free(1)[0];
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
