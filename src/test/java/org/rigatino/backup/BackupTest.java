package org.rigatino.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;
import org.rigatino.Slow;
import org.rigatino.audit.AuditChain;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.embedded.DatabaseConnection;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.MigratedCluster;
import org.rigatino.embedded.PostgresSchema;

/** A record of every kind of row with its files, and what may become of a backup of it. */
@Slow
class BackupTest {
    private static final String NAMED = "1.2.3/1.2.4/1.2.5.dcm";
    private static final String LATE = "1.2.3/1.2.4/1.2.6.dcm";

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;
    private static String sha256;

    @TempDir
    Path folder;

    private Places places;
    private Path backup;

    @BeforeAll
    static void start() throws Exception {
        postgres = MigratedCluster.start(data.resolve("postgres"));
        Path file = Files.writeString(data.resolve("file"), "as received");
        sha256 = Copies.digest(file);
        try (Connection owner = owner()) {
            owner.createStatement().execute(rows());
        }
        try (Connection application = PostgresSchema.connect(postgres, DatabaseRole.APPLICATION)) {
            application.setAutoCommit(false);
            AuditChain.append(
                    application,
                    List.of(
                            new AuditTrail.Event(EventKind.STUDY_READY, "1.2.3", null, "tab\tand \\ and\nline"),
                            new AuditTrail.Event(EventKind.STUDY_CONFIRMED, "1.2.3", null, "\u00e4\u65e5")));
            application.commit();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static Connection owner() throws SQLException {
        return PostgresSchema.connect(postgres);
    }

    /** Rows that refer to one another both ways, and a column that is computed. */
    private static String rows() {
        return """
            insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at)
              overriding system value values (7, '1.2.3', 1, 'READY', now(), now());
            update study set published_at = now();
            insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at, ready_at,
              restoring_at) overriding system value values (9, '1.2.9', 1, 'RESTORING', now(), now(), '2026-01-01Z',
              '2026-01-02Z');
            insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at, refusal_rule,
              announced, ended_at) overriding system value values
              (10, '1.2.10', 1, 'REFUSED', now(), now(), 'modality', 'REFUSED', now() - interval '6 days'),
              (11, '1.2.11', 1, 'REFUSED', now(), now(), 'modality', 'REFUSED', now() - interval '8 days');
            insert into instance (id, study_id, sop_instance_uid, sop_class_uid, series_instance_uid, transfer_syntax_uid,
              calling_ae_title, location, sha256, bytes, received_at) overriding system value
              values (8, 7, '1.2.5', '1.2', '1.2.4', '1.2', 'CT', '%s', '%s', 11, now());
            insert into worklist_entry (study_instance_uid, revision, state, priority, troubled_id, images_seen,
              images_restored, images_failed, waiting_since, listed_at)
              values ('1.2.3', 1, 'OPEN', 'HIGH', 7, 1, 0, 1, now(), now());
            insert into performed_step (sop_instance_uid, calling_ae_title, state, study_instance_uids, patient, changed_at)
              values ('1.2.8', 'CT', 'COMPLETED', '{1.2.3}', 'digest', now());
            insert into study_patient values ('1.2.3', 'right', 'adam', now()), ('1.2.9', 'right', 'adam', now());
            insert into identity_gone values ('4711');
            insert into patient_doubt values ('1.2.3', 5, 'ANOTHER_PERSON', 'right');
            insert into performed_step_salt values ('1.2.8', '\\x00ff');
            insert into destination (name, host, port, ae_title, objects, essential, commitment, connect_timeout_ms,
              response_timeout_ms, changed_by, changed_at) values ('ward', 'ward.example', 104, 'WARD', 'secondary-capture',
              'secondary-capture', 'QUERY', 1, 1, 'adam', now());
            insert into rerun (id, state, state_since, started_by, started_at, ended_at) overriding system value
              values (3, 'DONE', '2026-01-01Z', 'adam', now(), now()), (4, 'RUNNING', '2026-01-01Z', 'adam', now(), null);
            select setval(pg_get_serial_sequence('study', 'id'), 57);
            """
                .formatted(NAMED, sha256);
    }

    @BeforeEach
    void writeFiles() throws IOException {
        places = new Places(folder.resolve("instances"), folder.resolve("outputs"), folder.resolve("models"));
        backup = folder.resolve("backup");
        write(places.instances().resolve(NAMED), "as received");
        write(places.instances().resolve(LATE), "came behind the snapshot");
        write(places.instances().resolve("incoming/half"), "not whole");
        write(places.models().resolve("head/1/model.bin"), "weights");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Backup.Made make() throws Exception {
        return make(false);
    }

    private Backup.Made make(boolean acceptMissing) throws Exception {
        try (Connection connection = owner()) {
            return new Backup(connection, places, backup, acceptMissing).make();
        }
    }

    private Places elsewhere() {
        Path other = folder.resolve("elsewhere");
        return new Places(other.resolve("instances"), other.resolve("outputs"), other.resolve("models"));
    }

    @Test
    void allOfItComesBackWithTheTrailProved() throws Exception {
        Backup.Made made = make();
        try (EmbeddedPostgres other = EmbeddedPostgres.start(folder.resolve("elsewhere/postgres"), 0);
                DatabaseConnection database =
                        DatabaseConnection.open(PostgresSchema.url(other, DatabaseRole.OWNER), DatabaseRole.OWNER)) {
            Restoration restoration = new Restoration(backup, elsewhere());
            restoration.verify();
            restoration.checkPlaces();
            restoration.restoreFiles();
            assertThat(restoration.restoreDatabase(database).intact()).isTrue();

            Connection back = database.connection();
            assertThat(restoration.paused()).containsExactly("ward");
            assertThat(DatabaseDump.texts(back, "select name || paused || (version > 1) from destination"))
                    .containsExactly("wardtruetrue");
            assertThat(DatabaseDump.texts(back, "select detail from audit_event where kind = 'BACKUP_RESTORED'"))
                    .singleElement()
                    .asString()
                    .endsWith(
                            "; added destinations that begin paused: ward; runs of finished studies that begin paused: 4");
            assertThat(restoration.pausedRuns()).containsExactly("4");
            assertThat(
                            DatabaseDump.texts(
                                    back,
                                    "select concat_ws(' ', id, state, state_reason, state_since > started_at) from rerun order by id"))
                    .containsExactly("3 DONE f", "4 PAUSED a backup was restored t");
            try (Connection source = owner()) {
                for (Manifest.Table table : made.manifest().tables()) {
                    if (!List.of("audit_event", "destination", "rerun", "restoration", "study")
                            .contains(table.name())) {
                        assertThat(content(back, table)).as(table.name()).isEqualTo(content(source, table));
                    }
                }
            }
            assertThat(DatabaseDump.texts(
                            back,
                            "select id || state || coalesce(published_at::text, '') from study where state = 'READY'"))
                    .containsExactly("7READY");
            assertThat(DatabaseDump.texts(
                            back, "select id::text from study where state = 'RESTORING' and published_at is null"))
                    .containsExactly("9");
            assertThat(
                            DatabaseDump.texts(
                                    back,
                                    "select id || coalesce(announced, ' is announced again') from study where state = 'REFUSED'"))
                    .as("the broker may have kept it for somebody who had not taken it yet")
                    .containsExactlyInAnyOrder("10 is announced again", "11REFUSED");
            assertThat(DatabaseDump.texts(back, "select nextval(pg_get_serial_sequence('study', 'id'))"))
                    .containsExactly("58");
            assertThat(DatabaseDump.texts(back, "select kind from audit_event order by id"))
                    .startsWith("STUDY_READY", "STUDY_CONFIRMED")
                    .endsWith("BACKUP_RESTORED");
            assertThat(AuditChain.verifyWithin(back).intact()).isTrue();
            assertThat(DatabaseDump.texts(back, "update study_patient set decided_by = 'eva' returning 'x'"))
                    .hasSize(2);
            assertThat(DatabaseDump.texts(back, "select id::text from identity_said order by id"))
                    .as("triggers leave marks again, behind those of the backup")
                    .containsExactly("1", "2", "3", "4");
            assertThat(DatabaseDump.texts(back, "select count(*)::text from pg_constraint where contype = 'f'"))
                    .isEqualTo(texts("select count(*)::text from pg_constraint where contype = 'f'"));
            back.commit();
            assertThatThrownBy(() -> new DatabaseLoad(database, restoration.manifest(), backup).check())
                    .hasMessageContaining("the database is in use");
        }
        assertThat(elsewhere().instances().resolve(NAMED)).hasContent("as received");
        assertThat(elsewhere().instances().resolve(LATE)).hasContent("came behind the snapshot");
        assertThat(elsewhere().models().resolve("head/1/model.bin")).hasContent("weights");
        assertThat(elsewhere().instances().resolve("incoming")).doesNotExist();
        // Begun again: what is there is of this backup.
        new Restoration(backup, elsewhere()).checkPlaces();
    }

    /** By the statements of docs/operations.md for who returns from a dump of their own. */
    @Test
    void aDumpThatWasReadBackBeginsAsABackupDoes() throws Exception {
        Matcher statements = Pattern.compile("(?s)begin;\\ninsert into restoration.*?commit;")
                .matcher(Files.readString(Path.of("docs/operations.md")));
        assertThat(statements.find()).isTrue();
        try (Connection back = owner()) {
            back.setAutoCommit(true);
            try (Statement statement = back.createStatement()) {
                statement.execute(statements.group().replace(":'made'", "'" + Instant.now() + "'"));
            }
        }
        assertThat(texts("select (backup_made_at > now() - interval '1 hour')::text from restoration"))
                .containsExactly("true");
        assertThat(texts("select name || paused || (version > 1) from destination"))
                .containsExactly("wardtruetrue");
        assertThat(
                        texts(
                                "select concat_ws(' ', id, state, state_reason, state_since > started_at) from rerun order by id"))
                .containsExactly("3 DONE f", "4 PAUSED a backup was restored t");
        assertThat(texts("select id || coalesce(announced, ' is announced again') from study where published_at is null"
                        + " and id <> 57 order by id"))
                .containsExactly("7 is announced again", "9 is announced again", "10 is announced again", "11REFUSED");
    }

    private static String content(Connection connection, Manifest.Table table) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DatabaseDump.copies(connection)
                .copyOut(
                        "copy (select " + String.join(", ", table.columns()) + " from " + table.name()
                                + " order by 1) to stdout",
                        out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> texts(String query) throws SQLException {
        try (Connection connection = owner()) {
            return DatabaseDump.texts(connection, query);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "manifest.json, , holds no manifest.json",
        "manifest.json, {\"format\":1}, is damaged",
        "manifest.json, {\"format\":, is damaged",
        "instances/" + NAMED + ", , is missing: the backup is not whole",
        "instances/" + NAMED + ", another, is not what was backed up",
        "instances/" + LATE + ", another, is not what was backed up",
        "models/head/1/model.bin, , is missing",
        "instances.sha256, , is missing",
        "instances.sha256, '', is not what was backed up",
        "database/study.copy.gz, , is missing",
        "database/study.copy.gz, x, is not what was backed up"
    })
    void whatIsNotWholeIsSeenBeforeAnythingIsTouched(String file, String content, String told) throws Exception {
        make();
        if (content == null) {
            Files.delete(backup.resolve(file));
        } else {
            Files.writeString(backup.resolve(file), content);
        }
        assertThatThrownBy(() -> new Restoration(backup, elsewhere()).verify())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(told);
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    /** Who can write the backup can write its manifest, but not what the operator noted elsewhere. */
    @Test
    void aManifestOfAnotherDigestThanWasNotedIsRefused() throws Exception {
        Backup.Made made = make();
        Restoration restoration = new Restoration(backup, elsewhere());
        restoration.requireManifest(made.sha256());
        assertThatThrownBy(() -> restoration.requireManifest("0".repeat(64)))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(made.sha256())
                .hasMessageContaining("0".repeat(64));
    }

    @Test
    void whatHasChangedSinceItWasProvedIsNotLoaded() throws Exception {
        make();
        try (EmbeddedPostgres other = EmbeddedPostgres.start(folder.resolve("elsewhere/postgres"), 0);
                DatabaseConnection database =
                        DatabaseConnection.open(PostgresSchema.url(other, DatabaseRole.OWNER), DatabaseRole.OWNER)) {
            Restoration restoration = new Restoration(backup, elsewhere());
            restoration.verify();
            Path users = DatabaseDump.file(backup, "app_user");
            try (OutputStream same = new GZIPOutputStream(Files.newOutputStream(users), 512, true)) {
                same.flush();
            }
            assertThatThrownBy(() -> restoration.restoreDatabase(database))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("app_user")
                    .hasMessageContaining("has changed");
            assertThat(DatabaseDump.texts(database.connection(), "select count(*)::text from study"))
                    .containsExactly("0");
        }
    }

    /** Whoever wrote the list wrote its digest too. */
    @ParameterizedTest
    @CsvSource({"../../outside", "/etc/passwd", "a/../../b", "a/./b"})
    void aListLeadsNowhereElse(String location) throws Exception {
        make();
        Path list = backup.resolve("instances.sha256");
        Files.writeString(list, sha256 + "  " + location + "\n");
        Manifest made = Manifest.read(backup);
        new Manifest(
                        made.format(),
                        made.madeAt(),
                        made.schema(),
                        made.anchor(),
                        made.tables(),
                        made.sequences(),
                        made.auditMonths(),
                        Map.of(
                                "instances",
                                new Manifest.Listed(1, Copies.digest(list)),
                                "outputs",
                                made.files().get("outputs"),
                                "models",
                                made.files().get("models")),
                        made.missing())
                .write(backup);
        assertThatThrownBy(() -> new Restoration(backup, elsewhere()).verify())
                .hasMessageContaining("is no digest and place of a file");
    }

    @Test
    void aFileThatIsNotThereOrDamagedLeavesNoBackupUnlessThatIsAccepted() throws Exception {
        Files.writeString(places.instances().resolve(NAMED), "damaged");
        assertThatThrownBy(this::make)
                .hasMessageContaining("1 files that the record names")
                .hasMessageContaining(NAMED)
                .hasMessageContaining("in " + places.instances() + " (rigatino.ingest.store, RIGATINO_INGEST_STORE)");
        assertThat(backup).doesNotExist();
        backup = folder.resolve("without what is damaged");
        assertThat(make(true).manifest().missing())
                .containsExactly("instances/" + NAMED + ": is not as it was written");
        assertThat(backup.resolve("instances").resolve(NAMED)).doesNotExist();
        assertThat(Files.readString(backup.resolve("instances.sha256"))).doesNotContain(NAMED);
        new Restoration(backup, elsewhere()).verify();

        Files.delete(places.instances().resolve(NAMED));
        backup = folder.resolve("without what is not there");
        assertThat(make(true).manifest().missing())
                .singleElement()
                .asString()
                .startsWith("instances/" + NAMED + ": ")
                .endsWith("is not there");
        new Restoration(backup, elsewhere()).verify();
    }

    /** As under cron, in another working directory than that of the service. */
    @Test
    void aReleaseThatServesAndIsNotThereLeavesNoBackupUnlessThatIsAccepted() throws Exception {
        write(places.models().resolve("head/1/SHA256SUMS"), "aa  model.bin\n");
        try (Connection connection = owner();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into release_standing (model_digest, model_name, model_version, eligibility,"
                            + " standing, since) select encode(sha256('aa  model.bin\n'), 'hex'), 'head', '1', '{}', 'SERVING', now()");
        }
        try {
            make();
            places = new Places(places.instances(), places.outputs(), folder.resolve("nowhere"));
            backup = folder.resolve("without releases");
            assertThatThrownBy(this::make)
                    .hasMessageContaining("models/head/1/SHA256SUMS")
                    .hasMessageContaining(
                            "in " + places.models() + " (rigatino.restore.models, RIGATINO_RESTORE_MODELS)");
            assertThat(make(true).manifest().missing())
                    .containsExactly("models/head/1/SHA256SUMS: is not there as the record has it");
            new Restoration(backup, elsewhere()).verify();
        } finally {
            try (Connection connection = owner();
                    Statement statement = connection.createStatement()) {
                statement.execute("delete from release_standing");
            }
        }
    }

    @Test
    void aBackupThatFailsLeavesWhatWasThereAndNothingElse() throws Exception {
        Files.delete(places.instances().resolve(NAMED));
        backup = folder.resolve("new/and/newer");
        assertThatThrownBy(this::make).hasMessageContaining(NAMED);
        assertThat(folder.resolve("new")).doesNotExist();
        backup = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(this::make).hasMessageContaining(NAMED);
        assertThat(backup).isEmptyDirectory();
        write(backup.resolve("instances/of somebody"), "else");
        assertThatThrownBy(this::make).hasMessageContaining("is not empty");
        assertThat(backup.resolve("instances/of somebody")).hasContent("else");
    }

    /** The database goes while the last files are copied. */
    @Test
    void aBackupThatTheTrailCannotNoteStays() throws Exception {
        try (Connection connection = owner()) {
            connection
                    .createStatement()
                    .execute(
                            """
                create function refuse_note() returns trigger language plpgsql as $$ begin
                  raise 'the disk of the database is full'; end $$;
                create trigger refuse_note before insert on audit_event for each row
                  when (new.kind = 'BACKUP_MADE') execute function refuse_note()""");
            try {
                assertThatThrownBy(this::make)
                        .isInstanceOf(BackupException.class)
                        .hasMessageContaining("is made and whole")
                        .hasMessageContaining(Manifest.digest(backup))
                        .hasMessageContaining("not noted in the audit trail: ERROR: the disk of the database is full")
                        .hasMessageContaining("by hand");
            } finally {
                connection.createStatement().execute("drop function refuse_note() cascade");
            }
        }
        new Restoration(backup, elsewhere()).verify();
        assertThat(backup.resolve(BackupFolder.CLAIM)).doesNotExist();
    }

    @Test
    void aFolderTakesOneBackupAtATime() throws Exception {
        BackupFolder first = new BackupFolder(backup, places);
        first.claim();
        write(backup.resolve("database/study.copy.gz"), "of the first");
        assertThatThrownBy(this::make)
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("another backup is being made into " + backup);
        assertThat(backup.resolve("database/study.copy.gz")).hasContent("of the first");
        first.remove(new IOException());
        assertThat(backup).doesNotExist();
        make();
        new Restoration(backup, elsewhere()).verify();
    }

    @Test
    void ofBackupsThatBeginAtOnceOneIsMadeAndWhole() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Throwable> refused = new ArrayList<>();
            for (Future<Backup.Made> each :
                    pool.invokeAll(Collections.nCopies(4, (Callable<Backup.Made>) this::make))) {
                try {
                    each.get();
                } catch (ExecutionException e) {
                    refused.add(e.getCause());
                }
            }
            assertThat(refused).hasSize(3).hasOnlyElementsOfType(BackupException.class);
        } finally {
            pool.shutdown();
        }
        new Restoration(backup, elsewhere()).verify();
    }

    @Test
    void whatCannotBeDeletedIsTold() throws Exception {
        BackupFolder first = new BackupFolder(backup, places);
        first.claim();
        first.release();
        new BackupFolder(backup, places).claim();
        IOException cause = new IOException("the disk is full");
        first.remove(cause);
        assertThat(cause.getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("could not be deleted and may hold patients", backup.toString());
    }

    /** Nothing is said on it while files are copied: column "tr" of proc_net_tcp, 02 is the timer of keep-alive. */
    @Test
    void theConnectionIsKeptAlive() throws Exception {
        String url = PostgresSchema.url(postgres, DatabaseRole.OWNER);
        try (DatabaseConnection database = DatabaseConnection.open(url, DatabaseRole.OWNER)) {
            String server = ":%04X 01 "
                    .formatted(URI.create(url.substring("jdbc:".length())).getPort());
            List<String> sockets = new ArrayList<>();
            for (String table : List.of("tcp", "tcp6")) {
                Files.readAllLines(Path.of("/proc/self/net", table)).stream()
                        .filter(line -> line.contains(server))
                        .forEach(sockets::add);
            }
            assertThat(database.connection().isValid(Patience.SECONDS)).isTrue();
            assertThat(sockets).isNotEmpty().allMatch(line -> line.contains(" 02:"));
        }
    }

    /** Who can write the backup made its digests anew; without a database. */
    @ParameterizedTest
    @CsvSource({
        "STUDY_CONFIRMED, STUDY_DELIVERED, is broken: row 2 is broken: its content does not match its hash",
        "^2, 3, row 3 is broken: row 2 is missing before it",
        "STUDY_READY\\t, STUDY_READY, line 1 has 10 values of 11"
    })
    void aTrailThatWasChangedIsSeenBeforeAnythingIsTouched(String was, String is, String told) throws Exception {
        make();
        Path trail = DatabaseDump.file(backup, "audit_event");
        String text;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(trail))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String changed = Pattern.compile(was, Pattern.MULTILINE).matcher(text).replaceFirst(is);
        assertThat(changed).isNotEqualTo(text);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(trail))) {
            out.write(changed.getBytes(StandardCharsets.UTF_8));
        }
        Manifest made = Manifest.read(backup);
        new Manifest(
                        made.format(),
                        made.madeAt(),
                        made.schema(),
                        made.anchor(),
                        made.tables().stream()
                                .map(table -> table.name().equals("audit_event")
                                        ? new Manifest.Table(table.name(), table.columns(), table.rows(), digest(trail))
                                        : table)
                                .toList(),
                        made.sequences(),
                        made.auditMonths(),
                        made.files(),
                        made.missing())
                .write(backup);
        assertThatThrownBy(() -> new Restoration(backup, elsewhere()).verify())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("the trail of the backup")
                .hasMessageContaining(told);
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    private static String digest(Path file) {
        try {
            return Copies.digest(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the session's zone has it: an offset of hours, of minutes too, and none. */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Kolkata", "America/St_Johns", "Europe/Berlin"})
    void theTrailIsProvedWhateverTheZoneThatItWasWrittenIn(String zone) throws Exception {
        try (Connection connection = owner()) {
            connection.createStatement().execute("set time zone '" + zone + "'");
            new Backup(connection, places, backup, false).make();
        }
        assertThat(new Restoration(backup, elsewhere()).verify().rows()).isGreaterThanOrEqualTo(2);
    }

    /** Its study has others that are there, as of a later revision. */
    @Test
    void aFileThatRetentionHasDeletedIsNotAskedFor() throws Exception {
        Files.delete(places.instances().resolve(NAMED));
        try (Connection connection = owner()) {
            connection.createStatement().execute("update instance set file_deleted_at = now() - interval '9 days'");
            assertThat(make().manifest().missing()).isEmpty();
            connection.createStatement().execute("update instance set file_deleted_at = null");
        }
    }

    /** Between the snapshot and the copy. */
    @Test
    void aFileThatRetentionHasDeletedMeanwhileIsNotMissed() throws Exception {
        try (Connection connection = owner()) {
            connection.createStatement().execute("update instance set file_deleted_at = now()");
            assertThat(DatabaseDump.deletedSince(connection, "instance", Set.of(NAMED)))
                    .containsExactly(NAMED);
            connection.createStatement().execute("update instance set file_deleted_at = null");
        }
    }

    /** By a superuser, who takes the triggers away first. */
    @Test
    void aBrokenTrailIsToldBeforeItCannotComeBack() throws Exception {
        try (Connection connection = owner()) {
            connection.createStatement().execute("alter table audit_event disable trigger user");
            connection.createStatement().execute("update audit_event set detail = detail || '!' where id = 1");
            assertThatThrownBy(this::make).hasMessageContaining("the audit trail is broken: row 1 is broken");
            connection.createStatement().execute("update audit_event set detail = left(detail, -1) where id = 1");
            connection.createStatement().execute("alter table audit_event enable trigger user");
        }
        assertThat(backup.resolve(Manifest.NAME)).doesNotExist();
    }

    @Test
    void filledFoldersAndFoldersOfTheStoresAreRefused() throws Exception {
        make();
        write(elsewhere().instances().resolve("9.9/9.8/9.7.dcm"), "of somebody else");
        assertThatThrownBy(() -> new Restoration(backup, elsewhere()).checkPlaces())
                .hasMessageContaining("files that are not of this backup");
        Files.delete(elsewhere().instances().resolve("9.9/9.8/9.7.dcm"));
        write(elsewhere().models().resolve("head/1/model.bin"), "other weights");
        assertThatThrownBy(() -> new Restoration(backup, elsewhere()).checkPlaces())
                .hasMessageContaining("another than in the backup");
        backup = places.instances().resolve("backup");
        assertThatThrownBy(this::make).hasMessageContaining("not in it nor around it");
    }

    /** A later version has another profile and another card beside the same release. */
    @Test
    void whatIsNoPartOfAReleaseStaysAsItIsThere() throws Exception {
        write(places.models().resolve("head/1/SHA256SUMS"), "aa  model.bin\n");
        write(places.models().resolve("head/1/README.md"), "as it was told then");
        write(places.models().resolve("head/profile.json"), "{}");
        make();
        write(elsewhere().models().resolve("head/1/README.md"), "as it is told now");
        write(elsewhere().models().resolve("head/profile.json"), "{\"around\": 3}");
        Restoration restoration = new Restoration(backup, elsewhere());
        restoration.checkPlaces();
        restoration.restoreFiles();
        assertThat(elsewhere().models().resolve("head/1/README.md")).hasContent("as it is told now");
        assertThat(elsewhere().models().resolve("head/1/model.bin")).hasContent("weights");
        write(elsewhere().models().resolve("head/1/SHA256SUMS"), "bb  model.bin\n");
        assertThatThrownBy(restoration::checkPlaces).hasMessageContaining("SHA256SUMS is there, and another");
    }

    @Test
    void aSchemaThatThisVersionDoesNotKnowIsRefused() throws Exception {
        make();
        String manifest = Files.readString(backup.resolve(Manifest.NAME));
        Files.writeString(
                backup.resolve(Manifest.NAME), manifest.replaceFirst("\"schema\" : \"\\d+\"", "\"schema\" : \"999\""));
        try (DatabaseConnection database =
                DatabaseConnection.open(PostgresSchema.url(postgres, DatabaseRole.OWNER), DatabaseRole.OWNER)) {
            assertThatThrownBy(() -> new DatabaseLoad(database, Manifest.read(backup), backup).check())
                    .hasMessageContaining("schema 999, which this version does not know");
        }
    }
}
