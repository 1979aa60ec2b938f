package org.rigatino.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Rigatino;
import org.rigatino.Settings;
import org.rigatino.Slow;
import org.rigatino.answer.AnswerComments;
import org.rigatino.answer.AnswerView;
import org.rigatino.answer.Answers;
import org.rigatino.audit.AuditChain;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.embedded.DatabaseConnection;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.DatabaseSchema;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.PostgresSchema;
import org.rigatino.embedded.TestDatabase;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.release.AdoptedReleases;
import org.rigatino.study.LifeOnRecord;
import org.rigatino.web.RevisionView;
import org.rigatino.web.StudyQueries;
import org.rigatino.web.StudyView;
import picocli.CommandLine;

/** Databases of earlier versions under this program, and of a later one. */
@Slow
class UpgradeTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "rigatino.deliver.destinations.pacs.host",
            "127.0.0.1",
            "rigatino.deliver.destinations.pacs.ae-title",
            "PACS",
            "kafka.bootstrap.servers",
            "127.0.0.1:9");

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start(data.resolve("postgres"), 0);
        PostgresSchema.migrate(postgres);
        SETTINGS.forEach(System::setProperty);
    }

    @AfterAll
    static void stop() throws Exception {
        SETTINGS.keySet().forEach(System::clearProperty);
        postgres.close();
    }

    @AfterEach
    void asThisVersionLeavesIt() throws Exception {
        System.clearProperty("quarkus.datasource.jdbc.url");
        owner("delete from flyway_schema_history where version = '9999';"
                + " update flyway_schema_history set success = true");
    }

    private static void owner(String sql) throws Exception {
        try (Connection owner = PostgresSchema.connect(postgres)) {
            owner.createStatement().execute(sql);
        }
    }

    static List<ReleasedDatabase> releases() throws Exception {
        return ReleasedDatabase.all();
    }

    /** They go on beside those of this version, which migrate the tables, until they are stopped one after the other. */
    @ParameterizedTest
    @MethodSource("releases")
    void processesOfAReleasedVersionFindAllColumnsThatTheyKnow(ReleasedDatabase release) throws Exception {
        List<String> columns = new ArrayList<>();
        try (Connection owner = PostgresSchema.connect(postgres);
                ResultSet rows = owner.createStatement()
                        .executeQuery("select table_name || '.' || column_name from information_schema.columns")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        assertThat(columns).containsAll(release.columns());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void theRecordOfAReleasedVersionIsThisOnes(ReleasedDatabase release) throws Exception {
        restore(release);
        try (DeliveryDatabase upgraded = new DeliveryDatabase(TestDatabase.ofCluster(folder.resolve("postgres")))) {
            upgraded.with(Settings.of(IngestConfiguration.class));
            try (Connection connection = upgraded.dataSource().getConnection()) {
                assertThat(AuditChain.verify(connection).problem()).isNull();
                DatabaseSchema.requireCurrent(connection);
            }
            LifeOnRecord.Somewhere nowhere = (study, outputs, asked) -> {};
            upgraded.with(nowhere);
            StudyQueries studies = upgraded.bean(StudyQueries.class);
            assertThat(studies.list(Set.of(), 0, 1000))
                    .extracting(study -> told(
                            study.studyInstanceUid(),
                            study.revision(),
                            study.state(),
                            study.refusalRule(),
                            study.priority()))
                    .containsExactlyInAnyOrderElementsOf(release.values(
                            "study", "study_instance_uid", "revision", "state", "refusal_rule", "priority"));
            List<RevisionView> revisions = studies.list(Set.of(), 0, 1000).stream()
                    .map(StudyView::studyInstanceUid)
                    .distinct()
                    .flatMap(study -> studies.revisions(study, 0, 1000).stream())
                    .toList();
            assertThat(revisions.stream().flatMap(revision -> revision.findings().stream()))
                    .extracting(finding -> told(finding.modelName(), finding.modelVersion(), finding.modelDigest()))
                    .containsExactlyInAnyOrderElementsOf(
                            release.values("finding", "model_name", "model_version", "model_digest"))
                    .isNotEmpty();
            assertThat(revisions.stream().flatMap(revision -> revision.deliveries().stream()))
                    .extracting(delivery -> told(delivery.destination(), delivery.state()))
                    .containsExactlyInAnyOrderElementsOf(release.values("delivery", "destination", "state"))
                    .isNotEmpty();
            assertThat(revisions.stream().flatMap(revision -> revision.outputs().stream()))
                    .extracting(RevisionView.OutputView::sopInstanceUid)
                    .containsExactlyInAnyOrderElementsOf(release.values("output", "sop_instance_uid"));
            assertThat(answers(upgraded, revisions))
                    .extracting(answer -> told(answer.verdict(), answer.answeredBy()))
                    .containsExactlyInAnyOrderElementsOf(release.values("answer", "verdict", "answered_by"))
                    .isNotEmpty();
        }
    }

    /** A worker of 0.1.0 knows the mark of the study alone. */
    @Test
    void whatAWorkerOfTheFirstVersionDeletesIsNotThere() throws Exception {
        owner("insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at)"
                + " overriding system value values (7, '1.2.3', 1, 'RECEIVING', now(), now());"
                + " insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                + " transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at)"
                + " select 7, '1.2.5.' || n, '1.2', '1.2.4', '1.2', 'CT', '1.2.5.' || n, repeat('a', 64), 11, now()"
                + " from generate_series(1, 2) n");
        assertThat(named()).containsExactlyInAnyOrder("1.2.5.1", "1.2.5.2");
        owner("update study set instances_deleted_at = now() where study_instance_uid = '1.2.3'");
        assertThat(named()).isEmpty();
        owner("update instance set file_deleted_at = null where sop_instance_uid = '1.2.5.2'");
        owner("update study set version = version + 1, instances_returned_at = now()");
        assertThat(named()).as("came again").containsExactly("1.2.5.2");
        owner("delete from instance; delete from study");
    }

    private static List<String> named() throws Exception {
        List<String> named = new ArrayList<>();
        try (Connection owner = PostgresSchema.connect(postgres)) {
            new DatabaseDump(owner, data).named("instance", (sha256, location) -> named.add(location));
        }
        return named;
    }

    /** 0.1.0 kept no record of which release serves: findings tell which did. */
    @Test
    void theReleaseThatJudgedUnderTheFirstVersionServesOn() throws Exception {
        ReleasedDatabase first = ReleasedDatabase.all().get(0);
        assertThat(first.values("finding", "model_name", "model_version")).containsOnly("brain-flair 4");
        restore(first);
        try (DeliveryDatabase upgraded = new DeliveryDatabase(TestDatabase.ofCluster(folder.resolve("postgres")))) {
            for (int start = 0; start < 2; start++) {
                assertThat(AdoptedReleases.on(upgraded))
                        .containsExactly(
                                "brain-flair/4 SERVING", "brain-flair/6 SHADOW", "chest-xray-paediatric/2 SERVING");
            }
        }
    }

    /** By the tables that the release's own migrations made, which are as they were then. */
    private void restore(ReleasedDatabase release) throws Exception {
        Path files = folder.resolve("files");
        try (EmbeddedPostgres database = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
                DatabaseConnection connection =
                        DatabaseConnection.open(PostgresSchema.url(database, DatabaseRole.OWNER), DatabaseRole.OWNER)) {
            Restoration restoration = new Restoration(
                    release.pack(folder.resolve("backup")),
                    new Places(files.resolve("instances"), files.resolve("outputs"), files.resolve("models")));
            restoration.verify();
            assertThat(restoration.restoreDatabase(connection).intact()).isTrue();
            assertThat(DatabaseDump.texts(
                            connection.connection(),
                            "select version || chr(9) || checksum from flyway_schema_history where version is not null"
                                    + " order by installed_rank"))
                    .as("a migration that was released is not changed: add another")
                    .isEqualTo(release.migrations());
        }
    }

    private static List<AnswerView> answers(DeliveryDatabase database, List<RevisionView> revisions) throws Exception {
        database.bean(AuditTrail.class);
        database.bean(AnswerComments.class);
        Answers answers = database.bean(Answers.class);
        return revisions.stream()
                .map(revision -> revision.study().studyInstanceUid())
                .distinct()
                .flatMap(study -> answers.of(study, IdentityLevel.FULL).stream())
                .toList();
    }

    private static String told(Object... values) {
        return java.util.stream.Stream.of(values)
                .map(value -> value == null ? "" : value.toString())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "audit verify",
                "audit export --out FOLDER/trail.csv",
                "user list",
                "backup FOLDER/backup",
                "restore-backup FOLDER/released"
            })
    void aLaterVersionsDatabaseRefusesEveryCommandWithALineAndIsLeftAlone(String command) throws Exception {
        ReleasedDatabase.all().get(0).pack(folder.resolve("released"));
        owner(
                "insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                        + " execution_time, success) values (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 'owner', 1, true)");
        String before = content();
        assertThat(refused(command, DatabaseRole.OWNER))
                .contains(
                        "has schema 9999",
                        "knows schema " + DatabaseSchema.latest(),
                        "a later version has migrated it",
                        "docs/operations.md");
        assertThat(content()).isEqualTo(before);
        assertThat(folder.resolve("trail.csv")).doesNotExist();
        assertThat(folder.resolve("backup")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit verify", "user list", "backup FOLDER/backup"})
    void anEarlierVersionsDatabaseIsForServeToMigrate(String command) throws Exception {
        forgetTheLastMigration();
        assertThat(refused(command, DatabaseRole.OWNER))
                .contains("needs schema " + DatabaseSchema.latest(), "./rigatino serve", "backup");
    }

    @Test
    void whoMayNotMigrateAnEarlierOneIsToldWhoMay() throws Exception {
        forgetTheLastMigration();
        assertThat(refused("serve", DatabaseRole.APPLICATION))
                .contains(
                        "needs schema " + DatabaseSchema.latest(),
                        "rigatino_app may not migrate it",
                        "quarkus.flyway.username");
        try (Connection owner = PostgresSchema.connect(postgres)) {
            DatabaseSchema.requireMigratable(owner);
        }
    }

    private static void forgetTheLastMigration() throws Exception {
        owner("update flyway_schema_history set success = false where version = '" + DatabaseSchema.latest() + "'");
    }

    /** Roles and all, before a server of this version would set them. */
    @Test
    void aLaterVersionsEmbeddedClusterIsLeftAsItWas() throws Exception {
        Path cluster = folder.resolve("later/postgres");
        try (EmbeddedPostgres later = EmbeddedPostgres.start(cluster, 0);
                Connection owner = PostgresSchema.connect(later)) {
            owner.createStatement()
                    .execute("create table flyway_schema_history (version text, success boolean);"
                            + " insert into flyway_schema_history values ('9999', true)");
        }
        Files.writeString(cluster.resolve("pg_hba.conf"), "# later\n", java.nio.file.StandardOpenOption.APPEND);
        String told = run("embedded", "POSTGRES", "--data", cluster.getParent().toString(), "--port", "0");
        assertThat(told.lines())
                .singleElement()
                .asString()
                .startsWith("rigatino embedded: ")
                .contains("has schema 9999");
        assertThat(cluster.resolve("pg_hba.conf")).content().endsWith("# later\n");
        assertThat(cluster.resolve("postmaster.pid")).doesNotExist();
    }

    private static String content() throws Exception {
        try (Connection owner = PostgresSchema.connect(postgres)) {
            return DatabaseDump.texts(
                            owner,
                            "select count(*) || ' ' || (select count(*) from audit_event) || ' '"
                                    + " || (select count(*) from pg_class) from flyway_schema_history")
                    .get(0);
        }
    }

    /** @return the one line on standard error */
    private String refused(String command, DatabaseRole role) {
        System.setProperty("quarkus.datasource.jdbc.url", PostgresSchema.url(postgres, role));
        String told = run(command.replace("FOLDER", folder.toString()).split(" "));
        assertThat(told.lines()).singleElement().asString().startsWith("rigatino " + command.split(" ")[0]);
        assertThat(told).doesNotContain(postgres.password(role));
        return told;
    }

    private static String run(String... command) {
        StringWriter error = new StringWriter();
        int exit = new CommandLine(new Rigatino())
                .setErr(new PrintWriter(error, true))
                .execute(command);
        assertThat(exit).as(error.toString()).isNotZero();
        return error.toString();
    }
}
