package org.rigatino;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of the launcher {@code ./rigatino}, in a shell. */
class LauncherTest {
    @TempDir
    Path folder;

    private static int javaIs17(String java, Map<String, String> environment) throws IOException, InterruptedException {
        String function = Files.readAllLines(Path.of("rigatino")).stream()
                .filter(line -> line.startsWith("java_is_17()"))
                .findFirst()
                .orElseThrow();
        ProcessBuilder shell = new ProcessBuilder(
                "bash", "-c", "set -euo pipefail; java='" + java + "'; " + function + "; java_is_17");
        shell.environment().putAll(environment);
        return shell.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "JDK_JAVAC_OPTIONS"})
    void optionsOfTheEnvironmentHideNoJdk(String variable) throws Exception {
        String options = variable.equals("JDK_JAVAC_OPTIONS") ? "-J-Dsite=1" : "-Dsite=1";
        assertThat(javaIs17(System.getProperty("java.home") + "/bin/java", Map.of(variable, options)))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "javac 17, 0",
        "javac 25-ea, 0",
        "javac 21.0.4, 0",
        "javac 11.0.22, 1",
        "javac 1.8.0_402, 1",
        "no javac 17, 1"
    })
    void theVersionDecides(String version, int expected) throws Exception {
        Path javac = folder.resolve("javac");
        Files.writeString(
                javac, "#!/bin/sh\necho 'Picked up JAVA_TOOL_OPTIONS: -Dsite=1' >&2\necho '" + version + "'\n");
        assertThat(javac.toFile().setExecutable(true)).isTrue();
        assertThat(javaIs17(folder + "/java", Map.of())).isEqualTo(expected);
    }

    /** Memory that is out leaves threads behind that have stopped in the middle; the supervisor starts a whole process. */
    @Test
    void outOfMemoryEndsTheProcess() throws IOException {
        for (String file : new String[] {"rigatino", "deploy/Containerfile", "deploy/Containerfile.gpu"}) {
            String text = Files.readString(Path.of(file));
            if (text.contains("quarkus-run.jar")) {
                assertThat(text).as(file).contains("-XX:+ExitOnOutOfMemoryError");
            }
        }
    }
}
