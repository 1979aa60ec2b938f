package org.rigatino.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;

class ClusterServerTest {
    @TempDir
    Path cluster;

    @Test
    void noServerRunsWhereNoFileNamesOne() throws IOException {
        assertThat(ClusterServer.find(cluster)).isEmpty();
        assertThat(ClusterServer.ending(cluster)).isEmpty();
    }

    @Test
    void theServerIsTheProcessThatWorksInTheCluster() throws Exception {
        Process inside = sleeper(cluster);
        Process elsewhere = sleeper(Path.of("/"));
        try {
            name(inside.pid());
            assertThat(ClusterServer.find(cluster)).contains(inside.toHandle());
            assertThat(ClusterServer.ending(cluster)).isEmpty();
            name(elsewhere.pid());
            assertThat(ClusterServer.find(cluster)).isEmpty();
            assertThat(ClusterServer.ending(cluster)).isEmpty();
        } finally {
            inside.destroyForcibly().waitFor();
            elsewhere.destroyForcibly().waitFor();
        }
    }

    /** What has ended keeps its number until its parent asks how. */
    @Test
    void aKilledServerIsEndingUntilItsNumberIsFree() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600")
                .directory(cluster.toFile())
                .start();
        ProcessHandle killed;
        try (BufferedReader out = parent.inputReader()) {
            killed = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            name(killed.pid());
            // A shell would ask how it ended.
            await().until(() -> parent.info().command().orElse("").endsWith("sleep"));
            assertThat(killed.destroyForcibly()).isTrue();
            await().until(() -> ClusterServer.ending(cluster).isPresent());
            assertThat(ClusterServer.find(cluster)).isEmpty();
        } finally {
            parent.destroyForcibly().waitFor();
        }
        killed.onExit().get(Patience.SECONDS, TimeUnit.SECONDS);
        assertThat(ClusterServer.ending(cluster)).isEmpty();
    }

    private static Process sleeper(Path folder) throws IOException {
        return new ProcessBuilder("sleep", "600").directory(folder.toFile()).start();
    }

    private void name(long pid) throws IOException {
        Files.writeString(cluster.resolve("postmaster.pid"), pid + "\n");
    }
}
