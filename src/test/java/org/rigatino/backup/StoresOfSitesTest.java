package org.rigatino.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Privileges;
import org.rigatino.Slow;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.MigratedCluster;
import org.rigatino.embedded.PostgresSchema;

/** Stores on disks of their own, behind links, and with files that cannot be read. */
@Slow
class StoresOfSitesTest {
    private static final String NAMED = "1.2.3/1.2.4/1.2.5.dcm";
    private static final String OTHER = "1.2.3/1.2.4/1.2.6.dcm";

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;

    @TempDir
    Path folder;

    private Places places;
    private Path backup;

    @BeforeAll
    static void start() throws Exception {
        postgres = MigratedCluster.start(data.resolve("postgres"));
        String sha256 = Copies.digest(Files.writeString(data.resolve("file"), "as received"));
        try (Connection owner = PostgresSchema.connect(postgres)) {
            owner.createStatement()
                    .execute("insert into study (id, study_instance_uid, revision, state, first_received_at,"
                            + " last_received_at) overriding system value values (7, '1.2.3', 1, 'RECEIVING', now(),"
                            + " now()); insert into instance (study_id, sop_instance_uid, sop_class_uid,"
                            + " series_instance_uid, transfer_syntax_uid, calling_ae_title, location, sha256, bytes,"
                            + " received_at) values (7, '1.2.5', '1.2', '1.2.4', '1.2', 'CT', '" + NAMED + "', '"
                            + sha256 + "', 11, now())");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void writeFiles() throws Exception {
        places = places(folder);
        backup = folder.resolve("backup");
        write(places.instances().resolve(NAMED));
        write(places.instances().resolve(OTHER));
        Files.createDirectories(places.models());
    }

    private static Places places(Path folder) {
        return new Places(folder.resolve("instances"), folder.resolve("outputs"), folder.resolve("models"));
    }

    private static void write(Path file) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "as received");
    }

    private Backup.Made make(boolean acceptMissing) throws Exception {
        try (Connection connection = PostgresSchema.connect(postgres)) {
            return new Backup(connection, places, backup, acceptMissing).make();
        }
    }

    /** What a disk of ext4 has at its top, which is root's alone. */
    @Test
    void aDiskOfItsOwnIsBackedUpAndRestoredToByAnOrdinaryAccount() throws Exception {
        lostAndFound(places.instances());
        assertThat(ordinarily("make", folder.toString(), backup.toString())).isEqualTo("2 files and missing []\n");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        lostAndFound(Files.createDirectory(places(elsewhere).instances()));
        assertThat(ordinarily("restore", elsewhere.toString(), backup.toString()))
                .isEqualTo("restored\n");
        assertThat(places(elsewhere).instances().resolve(NAMED)).hasContent("as received");
    }

    private static void lostAndFound(Path disk) throws Exception {
        Files.createDirectory(
                disk.resolve("lost+found"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
    }

    @Test
    void aFolderThatMayNotBeReadIsToldAsThatAndAccepted() throws Exception {
        Path closed = places.instances().resolve("1.2.7");
        write(closed.resolve("1.2.8/1.2.9.dcm"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assertThat(ordinarily("make", folder.toString(), backup.toString()))
                .contains("instances/1.2.7: " + closed)
                .contains("this account (" + System.getProperty("user.name") + ") may not");
        assertThat(ordinarily("accept", folder.toString(), backup.toString()))
                .startsWith("2 files and missing [instances/1.2.7: " + closed)
                .contains("this account (" + System.getProperty("user.name") + ") may not");
        new Restoration(backup, places(folder.resolve("elsewhere"))).verify();
    }

    private static String ordinarily(String... arguments) throws Exception {
        return Privileges.without(
                "dac_override,-dac_read_search",
                StoresOfSitesTest.class,
                java.util.List.of(arguments),
                PostgresSchema.url(postgres, DatabaseRole.OWNER));
    }

    /** In a process that may not read every file. */
    public static void main(String[] arguments) throws Exception {
        Places places = places(Path.of(arguments[1]));
        Path backup = Path.of(arguments[2]);
        try (Connection connection = DriverManager.getConnection(arguments[3])) {
            if (arguments[0].equals("restore")) {
                Restoration restoration = new Restoration(backup, places);
                restoration.checkPlaces();
                restoration.restoreFiles();
                System.out.println("restored");
                return;
            }
            Manifest made = new Backup(connection, places, backup, arguments[0].equals("accept"))
                    .make()
                    .manifest();
            System.out.println(made.files().get("instances").files() + " files and missing " + made.missing());
        } catch (BackupException e) {
            System.out.println(e.getMessage());
        }
    }

    /** As on a disk with damaged sectors: both fail in the middle, one that a row names and one that none does. */
    @Test
    void filesThatCannotBeReadAreToldAsThatAndAccepted() throws Exception {
        Path named = places.instances().resolve(NAMED);
        Files.delete(named);
        Files.createSymbolicLink(named, named.getFileName());
        assertThatThrownBy(() -> make(false))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("instances/" + NAMED + ": " + named + ": Too many levels of symbolic links");
        assertThat(backup).doesNotExist();
        assertThat(make(true).manifest().missing())
                .singleElement()
                .asString()
                .startsWith("instances/" + NAMED + ": " + named + ": Too many levels of symbolic links");
        assertThat(backup.resolve("instances").resolve(OTHER)).exists();
        new Restoration(backup, places(folder.resolve("elsewhere"))).verify();
    }

    @Test
    void aFileThatFailsWhileItIsReadLeavesNothingBehind() throws Exception {
        Path named = places.instances().resolve(NAMED);
        Files.delete(named);
        Files.createDirectory(named);
        assertThatThrownBy(() -> make(false)).hasMessageContaining("instances/" + NAMED + ": Is a directory");
        make(true);
        assertThat(backup.resolve("instances").resolve(NAMED).getParent()).isDirectoryNotContaining("glob:**5.dcm*");
    }

    @Test
    void whatLiesBehindALinkIsSeen() throws Exception {
        make(false);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        write(folder.resolve("disk/9.9/9.8/9.7.dcm"));
        Files.createSymbolicLink(places(elsewhere).instances(), folder.resolve("disk"));
        assertThatThrownBy(() -> new Restoration(backup, places(elsewhere)).checkPlaces())
                .hasMessageContaining("files that are not of this backup");
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), places.instances());
        backup = alias.resolve("backup");
        assertThatThrownBy(() -> make(false)).hasMessageContaining("not in it nor around it");
    }
}
