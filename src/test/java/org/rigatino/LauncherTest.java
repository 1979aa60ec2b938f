package org.rigatino;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of the launcher {@code ./rigatino}, in a shell. */
class LauncherTest {
    @TempDir
    Path folder;

    /** By {@code ./rigatino bundle}. */
    private String said;

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
        assertThat(run("bash", "-euc", script, launcher, folder.toString()))
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
        String said = run("bash", "-euc", script, launcher, folder.toString());
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
        assertThat(run("bash", "-euc", script, launcher, folder.toString()))
                .containsPattern("(?s)^rigatino: an application or its tests run from this folder .* take another clone"
                        + " of the repository.\nrefused with 1, of yesterday\nforgotten\n.*of today\n$");
    }

    private Path bundle() throws Exception {
        return bundle("");
    }

    /**
     * Where the parts are small, and one Debian package stands for all.
     *
     * @param before in a shell, in the checkout
     */
    private Path bundle(String before) throws Exception {
        Path home = folder.resolve("home");
        for (String file : List.of("rigatino", "LICENSE", "README.md", "CHANGELOG.md", "pom.xml", "deploy/bundle")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.copy(Path.of(file), home.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        for (String file : List.of(
                "docs/operations.md",
                "sql/setup/roles.sql",
                "deploy/README.md",
                "deploy/monitoring/rules.yaml",
                "deploy/.env",
                "config/application.properties",
                "models/head/1/model.bin",
                "target/quarkus-app/quarkus-run.jar",
                "target/bom.json")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), file);
        }
        Path archive = folder.resolve("bundle.tar");
        String script =
                """
                source <(sed '/^command=/,$d' "$0"); source "$home/deploy/bundle"
                fetch_packages() {
                  mkdir -p "$state/deb/DEBIAN"
                  printf 'Package: small\nVersion: 2:1\nArchitecture: all\nMaintainer: nobody\nDescription: of a test\n' >"$state/deb/DEBIAN/control"
                  dpkg-deb --build "$state/deb" "$1/small_2%3a1_all.deb"
                }
                bundle "$1"
                """;
        assertThat(run("bash", "-euc", "cd \"$0\"; " + before, home.toString())).isEmpty();
        said = run("bash", "-c", script, home + "/rigatino", archive.toString());
        assertThat(said).contains("1 Debian packages of ", sha256(archive));
        assertThat(run("tar", "-C", folder.toString(), "-xf", archive.toString()))
                .isEmpty();
        try (Stream<Path> unpacked = Files.list(folder)) {
            return unpacked.filter(path -> path.getFileName().toString().startsWith("rigatino-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    /** By a Java that says how it was called. */
    private String run(String... command) throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"17.0.1\"' \"ran $*\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        ProcessBuilder shell = new ProcessBuilder(command).redirectErrorStream(true);
        shell.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process process = shell.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aBundleHoldsWhatIsRunAndNothingOfASite() throws Exception {
        Path bundle = bundle();
        try (Stream<Path> files = Files.walk(bundle)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> bundle.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "rigatino",
                            "LICENSE",
                            "README.md",
                            "CHANGELOG.md",
                            "SHA256SUMS",
                            "docs/operations.md",
                            "sql/setup/roles.sql",
                            "deploy/README.md",
                            "deploy/monitoring/rules.yaml",
                            "models/head/1/model.bin",
                            "target/quarkus-app/quarkus-run.jar",
                            "target/bom.json",
                            ".rigatino/packages/small.deb",
                            ".rigatino/packages/Packages",
                            ".rigatino/packages/made-for");
        }
        assertThat(bundle.resolve(".rigatino/packages/Packages"))
                .content()
                .contains(
                        "Package: small",
                        "Filename: ./small.deb",
                        "SHA256: " + sha256(bundle.resolve(".rigatino/packages/small.deb")));
        assertThat(run(bundle + "/rigatino", "check-config")).contains("ran ", "quarkus-run.jar check-config");
        assertThat(run(bundle + "/rigatino", "test"))
                .contains("clone the repository")
                .doesNotContain("ran ");
    }

    @Test
    void whatGitDoesNotTrackIsNamedAndNotInABundle() throws Exception {
        Path bundle = bundle(
                """
                echo models/ignored/ >.gitignore; echo gone >docs/gone.md
                git init -q .; git add rigatino docs sql deploy/README.md deploy/monitoring models .gitignore; rm docs/gone.md
                for own in models/site/1/model.bin 'models/head/2 of ours/model.bin' models/ignored/3/model.bin \\
                  docs/patients.md sql/site.sql deploy/monitoring/secret.yaml; do mkdir -p "${own%/*}"; echo own >"$own"; done
                echo changed >docs/operations.md
                """);
        assertThat(said)
                .contains(
                        "models/head/2 of ours, models/ignored/3, models/site/1: copy their folders into models/",
                        "deploy/monitoring/secret.yaml, docs/patients.md, sql/site.sql",
                        "as they are now: docs/operations.md\n")
                .doesNotContain("This is no clone");
        try (Stream<Path> files = Files.walk(bundle)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> bundle.relativize(file).toString())
                            .filter(file -> file.matches("(models|docs|sql|deploy)/.*")))
                    .containsExactlyInAnyOrder(
                            "docs/operations.md",
                            "sql/setup/roles.sql",
                            "deploy/README.md",
                            "deploy/monitoring/rules.yaml",
                            "models/head/1/model.bin");
        }
        Path own = Files.createDirectories(bundle.resolve("models/site/1"));
        Files.writeString(own.resolve("model.bin"), "own");
        assertThat(run(bundle + "/rigatino", "check-config")).contains("ran ", "quarkus-run.jar check-config");
    }

    /** Where it cannot be told, nothing is guessed: the archive is not made. */
    @Test
    void whatGitCannotTellIsNotBundled() throws Exception {
        Path home = bundle().resolveSibling("home");
        assertThat(said).contains("This is no clone", "with the releases models/head/1.");
        Files.writeString(home.resolve(".git"), "gitdir: /nowhere");
        String script =
                "source <(sed '/^command=/,$d' \"$0\"); source \"$home/deploy/bundle\"; mkdir -p \"$state/bundle/root\"; pack \"$1\"";
        assertThat(run("bash", "-c", script, home + "/rigatino", folder + "/other.tar"))
                .contains("git does not tell which files");
        assertThat(folder.resolve("other.tar")).doesNotExist();
        assertThat(run(home + "/rigatino", "bundle", folder + "/other.tar"))
                .contains("git does not tell which files")
                .doesNotContain("fetching");
    }

    @Test
    void whatABundleIsAskedForWronglyIsToldBeforeAnythingIsSetUp() throws Exception {
        Files.createFile(folder.resolve("there"));
        Path home = bundle().resolveSibling("home");
        assertThat(run(home + "/rigatino", "bundle")).startsWith("rigatino: which file");
        assertThat(run(home + "/rigatino", "bundle", folder + "/there")).endsWith("there is there already\n");
        assertThat(run(home + "/rigatino", "bundle", folder + "/nowhere/a.tar")).contains("there is no folder");
        assertThat(run(home + "/rigatino", "help", "bundle")).startsWith("Usage: ./rigatino COMMAND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models/head/1/model.bin",
                "target/quarkus-app/quarkus-run.jar",
                ".rigatino/packages/small.deb",
                ".rigatino/packages/Packages"
            })
    void aDamagedBundleIsRefusedByTheFileThatDiffers(String damaged) throws Exception {
        Path bundle = bundle();
        Files.writeString(bundle.resolve(damaged), "damaged");
        assertThat(run(bundle + "/rigatino", "demo"))
                .contains("damaged or not whole: " + damaged)
                .doesNotContain("ran ");
        Files.delete(bundle.resolve(damaged));
        assertThat(run(bundle + "/rigatino", "demo"))
                .contains("damaged or not whole: ", damaged)
                .doesNotContain("ran ");
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
