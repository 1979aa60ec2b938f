package org.rigatino;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    @Test
    void whatAQuickTestLeavesOutIsTold() throws Exception {
        String script =
                """
                source <(sed '/^command=/,$d' "$0"); state=$1; mvn=echo
                sources() { echo the same; }; forget_classes() { :; }
                run_tests --quick
                """;
        String launcher = Path.of("rigatino").toAbsolutePath().toString();
        assertThat(run(folder, "bash", "-euc", script, launcher, folder.toString()))
                .contains("pom.xml test -DexcludedGroups=slow\n")
                .containsPattern(
                        "Left out by --quick: [1-9]\\d+ slow classes of unit tests and all [1-9]\\d+ of integration");
    }

    /** Integration tests beside unit tests, with the options of both; whichever fails, the run has failed. */
    @ParameterizedTest
    @CsvSource({"none, 0", "package, 1", "surefire, 1", "failsafe, 1"})
    void theHalvesOfAWholeTestRunSideBySide(String failing, int expected) throws Exception {
        Path maven = folder.resolve("maven");
        Files.writeString(maven, "#!/bin/sh\necho \"$@\"\ncase \"$*\" in *" + failing + "*) exit 1 ;; esac\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        String script =
                """
                source <(sed '/^command=/,$d' "$0"); state=$1; mvn=$1/maven; exec 8>"$state/in-use"
                sources() { echo the same; }; forget_classes() { :; }; failed_tests() { :; }
                ok=0; run_tests -Dsite=1 || ok=$?
                echo "ends with $ok"
                """;
        String launcher = Path.of("rigatino").toAbsolutePath().toString();
        String said = run(folder, "bash", "-euc", script, launcher, folder.toString());
        assertThat(said).contains("pom.xml package -DskipTests -Dsite=1\n").contains("ends with " + expected);
        if (!failing.equals("package")) {
            assertThat(said)
                    .containsPattern("unit: .*pom.xml surefire:test -DforkCount=2 -Dsite=1\n")
                    .containsPattern("pom.xml failsafe:integration-test failsafe:verify -Dsite=1\n");
        }
    }

    /** Jars are opened when a class of theirs is first needed: {@code serve} would find those of another version. */
    @Test
    void nothingIsBuiltBelowWhatRuns() throws Exception {
        String script =
                """
                source <(sed '/^command=/,$d' "$0"); state=$1; jar=$1/jar; mvn=true
                sources() { echo of today; }; forget_classes() { echo forgotten; }; set_up_maven() { :; }
                touch "$jar"; echo of yesterday >"$state/built"
                coproc RUNNING { exec 8>"$state/in-use"; flock -s 8; echo runs; exec sleep 60; }
                runs=$RUNNING_PID; read -r <&"${RUNNING[0]}"
                (exec 8>"$state/in-use"; build 2>&1) || echo "refused with $?, $(cat "$state/built")"
                kill "$runs"; wait "$runs" || true
                (exec 8>"$state/in-use"; build 2>&1) && cat "$state/built"
                """;
        String launcher = Path.of("rigatino").toAbsolutePath().toString();
        assertThat(run(folder, "bash", "-euc", script, launcher, folder.toString()))
                .containsPattern("(?s)^rigatino: an application or its tests run from this folder .* take another clone"
                        + " of the repository.\nrefused with 1, of yesterday\nforgotten\n.*of today\n$");
    }

    /** By a Java that says how it was called. */
    static String run(Path folder, String... command) throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"17.0.1\"' \"ran $*\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        ProcessBuilder shell = new ProcessBuilder(command).redirectErrorStream(true);
        shell.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process process = shell.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
