package org.rigatino;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./rigatino bundle}, where the parts are small, in a shell. */
class BundleTest {
    @TempDir
    Path folder;

    /** By {@code ./rigatino bundle}. */
    private String said;

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
        assertThat(LauncherTest.run(folder, "bash", "-euc", "cd \"$0\"; " + before, home.toString()))
                .isEmpty();
        said = LauncherTest.run(folder, "bash", "-c", script, home + "/rigatino", archive.toString());
        assertThat(said).contains("1 Debian packages of ", sha256(archive));
        assertThat(LauncherTest.run(folder, "tar", "-C", folder.toString(), "-xf", archive.toString()))
                .isEmpty();
        try (Stream<Path> unpacked = Files.list(folder)) {
            return unpacked.filter(path -> path.getFileName().toString().startsWith("rigatino-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String sha256(Path file) throws Exception {
        return DigestUtils.sha256Hex(Files.readAllBytes(file));
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
        assertThat(LauncherTest.run(folder, bundle + "/rigatino", "check-config"))
                .contains("ran ", "quarkus-run.jar check-config");
        assertThat(LauncherTest.run(folder, bundle + "/rigatino", "test"))
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
        assertThat(LauncherTest.run(folder, bundle + "/rigatino", "check-config"))
                .contains("ran ", "quarkus-run.jar check-config");
    }

    /** Where it cannot be told, nothing is guessed: the archive is not made. */
    @Test
    void whatGitCannotTellIsNotBundled() throws Exception {
        Path home = bundle().resolveSibling("home");
        assertThat(said).contains("This is no clone", "with the releases models/head/1.");
        Files.writeString(home.resolve(".git"), "gitdir: /nowhere");
        String script =
                "source <(sed '/^command=/,$d' \"$0\"); source \"$home/deploy/bundle\"; mkdir -p \"$state/bundle/root\"; pack \"$1\"";
        assertThat(LauncherTest.run(folder, "bash", "-c", script, home + "/rigatino", folder + "/other.tar"))
                .contains("git does not tell which files");
        assertThat(folder.resolve("other.tar")).doesNotExist();
        assertThat(LauncherTest.run(folder, home + "/rigatino", "bundle", folder + "/other.tar"))
                .contains("git does not tell which files")
                .doesNotContain("fetching");
    }

    @Test
    void whatABundleIsAskedForWronglyIsToldBeforeAnythingIsSetUp() throws Exception {
        Files.createFile(folder.resolve("there"));
        Path home = bundle().resolveSibling("home");
        assertThat(LauncherTest.run(folder, home + "/rigatino", "bundle")).startsWith("rigatino: which file");
        assertThat(LauncherTest.run(folder, home + "/rigatino", "bundle", folder + "/there"))
                .endsWith("there is there already\n");
        assertThat(LauncherTest.run(folder, home + "/rigatino", "bundle", folder + "/nowhere/a.tar"))
                .contains("there is no folder");
        assertThat(LauncherTest.run(folder, home + "/rigatino", "help", "bundle"))
                .startsWith("Usage: ./rigatino COMMAND");
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
        assertThat(LauncherTest.run(folder, bundle + "/rigatino", "demo"))
                .contains("damaged or not whole: " + damaged)
                .doesNotContain("ran ");
        Files.delete(bundle.resolve(damaged));
        assertThat(LauncherTest.run(folder, bundle + "/rigatino", "demo"))
                .contains("damaged or not whole: ", damaged)
                .doesNotContain("ran ");
    }
}
