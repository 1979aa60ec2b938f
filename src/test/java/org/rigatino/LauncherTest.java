package org.rigatino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of the launcher {@code ./rigatino}, in a shell. */
class LauncherTest {
    private static final String LAUNCHER = Path.of("rigatino").toAbsolutePath().toString();

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
        assertThat(run(folder, "bash", "-euc", script, LAUNCHER, folder.toString()))
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
        String said = run(folder, "bash", "-euc", script, LAUNCHER, folder.toString());
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
        assertThat(run(folder, "bash", "-euc", script, LAUNCHER, folder.toString()))
                .containsPattern(
                        "(?s)^rigatino: an application, its tests or a build whose launcher was ended run from this folder .* take another clone"
                                + " of the repository.\nrefused with 1, of yesterday\nforgotten\n.*of today\n$");
    }

    /** Else each command that finds another would build anew, which it may not while one serves. */
    @Test
    void theSourcesAreTheSameInEveryLocaleAndWhateverIsSetUpBesideThem() throws Exception {
        for (String file : List.of("pom.xml", "src/main/B", "src/main/a", "sql/V1.sql", "deploy/pixelmed.pom")) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), file);
        }
        Path sort = folder.resolve("sort");
        Files.writeString(
                sort,
                "#!/bin/sh\nif [ \"$LC_ALL\" = C ]; then exec /usr/bin/sort \"$@\"; fi\nexec /usr/bin/sort -r \"$@\"\n");
        assertThat(sort.toFile().setExecutable(true)).isTrue();
        String script =
                """
                source <(sed '/^command=/,$d' "$0"); home=$1; pixelmed_jar=$1/pom.xml; PATH=$1:$PATH
                export LC_ALL=C; sources; export LC_ALL=C.UTF-8; sources
                echo secret >"$1/deploy/.env"; sources
                echo changed >"$1/deploy/pixelmed.pom"; sources
                """;
        List<String> said = run(folder, "bash", "-euc", script, LAUNCHER, folder.toString())
                .lines()
                .toList();
        assertThat(said).hasSize(4);
        assertThat(said.subList(1, 3)).containsOnly(said.get(0));
        assertThat(said.get(3)).isNotEqualTo(said.get(0));
    }

    /** Maven goes on, and packages below whatever is started meanwhile. */
    @Test
    void aBuildThatOutlivesItsLauncherIsWaitedFor() throws Exception {
        Path maven = folder.resolve("maven");
        Files.writeString(maven, "#!/bin/sh\necho $$ >\"$(dirname \"$0\")/pid\"\nexec sleep 60\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        String script =
                """
                echo of yesterday >"$1/built"; touch "$1/jar"
                begin=$(cat <<'END'
                source <(sed '/^command=/,$d' "$0"); state=$1; jar=$1/jar; mvn=$1/maven
                sources() { echo of today; }; forget_classes() { :; }; set_up_maven() { :; }
                exec 8>"$state/in-use"; build
                END
                )
                bash -euc "$begin" "$0" "$1" >"$1/said" 2>&1 & launcher=$!
                until [ -s "$1/pid" ]; do sleep 0.1; done
                kill -KILL "$launcher"; wait "$launcher" || true
                ls "$1/built" 2>&1 || true
                bash -euc "$begin" "$0" "$1" 2>&1 || echo "refused with $?"
                kill "$(cat "$1/pid")"
                """;
        assertThat(run(folder, "bash", "-euc", script, LAUNCHER, folder.toString()))
                .contains("built': No such file")
                .contains("a build whose launcher was ended")
                .contains("refused with 1");
    }

    @Test
    void itsFolderIsFoundBehindALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of(LAUNCHER));
        String script = "source <(sed '/^command=/,$d' \"$0\"); echo \"$home\"";
        assertThat(run(folder, "bash", "-euc", script, link.toString()))
                .isEqualTo(Path.of(LAUNCHER).getParent() + "\n");
    }

    /** As {@code sudo ./rigatino demo} leaves it. */
    @Test
    void whatAnotherAccountSetUpIsToldAsThat() throws Exception {
        assumeTrue(Privileges.isRoot(), "gives a folder to another account");
        Path state = Files.createDirectory(folder.resolve("state"));
        String script = "source <(sed '/^command=/,$d' \"$0\"); state=$1; set_up serve";
        for (String file : List.of("lock", "")) {
            Path others = state.resolve(file);
            if (!file.isEmpty()) {
                Files.createFile(others);
            }
            Files.setOwner(
                    others,
                    others.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            assertThat(run(
                            folder,
                            "setpriv",
                            "--bounding-set=-dac_override",
                            "--inh-caps=-dac_override",
                            "bash",
                            "-euc",
                            script,
                            LAUNCHER,
                            state.toString()))
                    .containsPattern(
                            "^rigatino: \\S+ belongs to nobody, and root may not write it: .*sudo chown -R root:");
        }
    }

    /** A tool of another system's packages, or of none. */
    @Test
    void withoutDpkgPackagesAreThereWhereTheirProgramsAre() throws Exception {
        String script =
                """
                source <(sed '/^command=/,$d' "$0"); PATH=$1/bin
                packages "decoders" dcmtk; echo there
                """;
        Path bin = Files.createDirectory(folder.resolve("bin"));
        assertThat(run(folder, "bash", "-euc", script, LAUNCHER, folder.toString()))
                .contains("needs dcmtk (decoders) and finds no apt-get");
        Files.createSymbolicLink(bin.resolve("storescu"), Path.of("/bin/true"));
        assertThat(run(folder, "bash", "-euc", script, LAUNCHER, folder.toString()))
                .isEqualTo("there\n");
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
