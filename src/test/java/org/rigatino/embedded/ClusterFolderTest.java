package org.rigatino.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.SmallDisk;

/** A database that is not whole, or cannot be seen, is never replaced by an empty one: with a real server. */
@Slow
class ClusterFolderTest {
    @TempDir
    Path data;

    private Path cluster;

    @BeforeEach
    void name() {
        cluster = data.resolve("postgres");
    }

    @Test
    void aClusterThatLacksItsControlFileIsRefusedAndStays() throws Exception {
        makeWithARow();
        Path away = data.resolve("pg_control");
        Files.move(cluster.resolve("global/pg_control"), away);
        assertThatThrownBy(this::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(cluster + " has no global/pg_control")
                .hasMessageContaining("bring that file or the folder back");
        assertThat(cluster.resolve("base")).isDirectory();
        Files.move(away, cluster.resolve("global/pg_control"));
        requireRow();
    }

    /** As where a disk does not answer: the control file is there, and cannot be looked at. */
    @Test
    void aClusterThatCannotBeReadIsRefusedAndStays() throws Exception {
        makeWithARow();
        Path global = Files.move(cluster.resolve("global"), data.resolve("global"));
        Files.createSymbolicLink(cluster.resolve("global"), Path.of("global"));
        assertThatThrownBy(this::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(cluster + " cannot be told");
        Files.delete(cluster.resolve("global"));
        Files.move(global, cluster.resolve("global"));
        requireRow();
    }

    /** PostgreSQL's cluster gets its name when it is whole, which a mount point cannot be given. */
    @Test
    void aVolumeGoesToTheFolderAbove() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(cluster, 10)) {
            assertThatThrownBy(this::start)
                    .hasMessageContaining("cannot be put in its place, " + disk.folder())
                    .hasMessageContaining("mount it on " + data);
        }
    }

    @Test
    void aClusterThatIsNotMountedIsRefusedAndNoOtherTakesItsPlace() throws Exception {
        makeWithARow();
        Path away = Files.move(cluster, data.resolve("away"));
        assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("is it mounted?");
        Files.createDirectory(cluster);
        assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("is it mounted?");
        Files.delete(cluster);
        Files.createSymbolicLink(cluster, data.resolve("elsewhere"));
        assertThatThrownBy(this::start).isInstanceOf(IOException.class);
        Files.delete(cluster);
        Files.move(away, cluster);
        requireRow();
    }

    @Test
    void aMakingThatWasCutShortIsBegunAnew() throws Exception {
        Files.createDirectories(data.resolve("postgres.unfinished/base"));
        Files.writeString(data.resolve("postgres.unfinished/PG_VERSION"), "17\n");
        PostgresCredentials.create(cluster);
        makeWithARow();
        assertThat(data.resolve("postgres.unfinished")).doesNotExist();
        requireRow();
    }

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.start(cluster, 0);
    }

    private void makeWithARow() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = start();
                Connection connection = postgres.connect(DatabaseRole.OWNER);
                Statement statement = connection.createStatement()) {
            statement.execute("create table word (text text)");
            statement.execute("insert into word values ('kept')");
        }
    }

    private void requireRow() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = start();
                Connection connection = postgres.connect(DatabaseRole.OWNER);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select text from word")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("kept");
        }
    }
}
