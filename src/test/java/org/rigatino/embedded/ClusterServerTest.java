package org.rigatino.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.Privileges;
import org.rigatino.Slow;

@Slow
class ClusterServerTest {
    @TempDir
    Path cluster;

    @Test
    void noServerRunsWhereNoFileNamesOne() throws IOException {
        assertThat(ClusterServer.find(cluster)).isEmpty();
        assertThat(ClusterServer.ending(cluster)).isEmpty();
    }

    /** As in a container, whose root may not look into processes of another account. */
    @Test
    void aServerOfAnotherAccountIsFoundWithoutThePrivilegeToTraceIt() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(cluster.resolve("postgres"), 0)) {
            server.keepNoLonger();
            assertThat(Privileges.without(
                            "sys_ptrace",
                            ClusterServerTest.class,
                            List.of(cluster.resolve("postgres").toString())))
                    .isEqualTo(server.jdbcUrl() + " true\n");
        }
    }

    /** PostgreSQL does not start with an empty one, and all that is kept would lie behind it. */
    @Test
    void aStartThatWasCutShortOverItsAccessListIsMendedByTheNext() throws Exception {
        Path made = cluster.resolve("made");
        EmbeddedPostgres.start(made, 0).close();
        for (boolean there : new boolean[] {true, false}) {
            Path access = made.resolve("pg_hba.conf");
            Files.delete(access);
            if (there) {
                Files.createFile(access);
            }
            try (EmbeddedPostgres server = EmbeddedPostgres.start(made, 0)) {
                assertThat(server.jdbcUrl()).startsWith("jdbc:postgresql:");
                assertThat(access).content().contains("scram-sha-256").doesNotContain("trust");
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path cluster = Path.of(arguments[0]);
        System.out.print(ClusterServer.url(cluster).orElse("none"));
        EmbeddedPostgres.start(cluster, 0).close();
        System.out.println(" " + Files.notExists(cluster.resolve("postmaster.pid")));
    }

    @Test
    void theServerIsTheProcessThatWasStartedOnTheCluster() throws Exception {
        Process inside = server(cluster);
        Process elsewhere = server(Path.of("/"));
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

    private static Process server(Path folder) throws IOException {
        return new ProcessBuilder("sh", "-c", "read wait", "postgres", "-D", folder.toString())
                .directory(folder.toFile())
                .start();
    }

    private void name(long pid) throws IOException {
        Files.writeString(cluster.resolve("postmaster.pid"), pid + "\n");
    }
}
