package org.rigatino.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;

/** A real server that recovers for longer than one that says nothing is waited for. */
@Slow
class LongRecoveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @TempDir
    Path data;

    /** It asks for several files of an archive, each of which is looked for longer than that. */
    @Test
    void aServerThatSaysThatItRecoversIsWaitedFor() throws Exception {
        Path cluster = data.resolve("postgres");
        MigratedCluster.copyTo(cluster);
        Files.createFile(cluster.resolve("recovery.signal"));
        Files.writeString(
                cluster.resolve("postgresql.auto.conf"),
                "hot_standby = off\nrestore_command = 'sleep " + (PATIENCE.toSeconds() + 1) + "; exit 1'\n",
                StandardOpenOption.APPEND);
        long begin = System.nanoTime();
        PrintStream error = System.err;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setErr(new PrintStream(told, true));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(cluster, 0, PATIENCE);
                Connection owner = PostgresSchema.connect(postgres);
                ResultSet row = owner.createStatement().executeQuery("select not pg_is_in_recovery()")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBoolean(1)).isTrue();
        } finally {
            System.setErr(error);
        }
        assertThat(told.toString()).contains("is not ready yet", data.resolve("postgres.log") + "\n");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(PATIENCE);
    }
}
