package org.rigatino.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.MigratedCluster;
import org.rigatino.embedded.PostgresSchema;

/** What the database itself refuses, tried as each role. */
class DatabaseRolesTest {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** Letters as psql's {@code \\dp} has them; in parentheses where it is a right to some columns. */
    private static final String RIGHTS =
            """
            select c.relname || ' ' || string_agg(rights, ' ' order by role) from pg_class c,
              unnest(array['rigatino_app', 'rigatino_auditor']) as role,
              lateral (select coalesce(string_agg(case
                  when has_table_privilege(role, c.oid, name) then letter
                  when letter in ('a', 'r', 'w') and has_any_column_privilege(role, c.oid, name) then '(' || letter || ')'
                end, '' order by place), '-') from unnest(array['INSERT', 'SELECT', 'UPDATE', 'DELETE', 'TRUNCATE'],
                  array['a', 'r', 'w', 'd', 'D']) with ordinality as kind (name, letter, place)) as of_role (rights)
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
              and not c.relispartition group by c.relname""";

    private static final String DECIDED =
            """
            announced_instance arwd r
            answer ar r
            answer_comment ard -
            answer_proof r r
            app_user ar(w)d (r)
            assessment ar(w) r
            assessment_observer ar -
            audit_event ar r
            audit_forwarding arwd r
            audit_head r r
            delivery arwd r
            destination ar(w)d r
            earlier_patient ard -
            expected_count arwd r
            finding arwd r
            flyway_schema_history r r
            house_rules ar r
            identity_due ar(w)d -
            identity_gone ard -
            identity_proof r r
            identity_said ar(w)d -
            identity_statement ard -
            image_output r r
            instance arwd r
            nobodys_value ard -
            output arwd r
            output_finding arwd r
            patient_doubt ard -
            patient_message ar(w)d -
            patient_message_proof r r
            performed_step arwd -
            performed_step_salt ar -
            recorded_configuration arwd r
            receiver ar r
            refusal r r
            rejected_object ar(w) r
            rejection_note ar(w) r
            release_at_worker arwd r
            release_output r r
            release_run ar(w) r
            release_standing ar(w) r
            report ar(w)d -
            report_proof r r
            rerun ar(w) r
            restoration r r
            retrieval arwd r
            score_by_week r r
            sender ard r
            shadow_finding ar r
            study arwd r
            study_access r r
            study_identity arw -
            study_patient arwd r
            study_wait r r
            workitem arwd (r)
            workitem_service arwd r
            worklist_entry arwd r""";

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = MigratedCluster.start(data.resolve("postgres"));
        try (Connection connection = PostgresSchema.connect(postgres, DatabaseRole.APPLICATION)) {
            connection.setAutoCommit(false);
            AuditChain.append(
                    connection,
                    List.of(new AuditTrail.Event(EventKind.STUDY_READY, "1.2.3", null, "by the application")));
            connection.commit();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_event set detail = 'another'",
                "delete from audit_event",
                "truncate audit_event",
                "update audit_event_other set detail = 'another'",
                "delete from audit_event_other",
                "truncate audit_event_other",
                "insert into audit_event_other select * from audit_event",
                "insert into audit_event select id + 1, now(), kind, null, null, detail, null, null, repeat('a', 64),"
                        + " repeat('b', 64) from audit_event",
                "insert into audit_event select id + 2, now(), kind, null, null, detail, null, null, hash,"
                        + " repeat('b', 64) from audit_event",
                "update audit_head set id = 0",
                "delete from audit_head",
                "select make_audit_partition('1999-01-01')",
                "alter table audit_event detach partition audit_event_other",
                "drop table audit_event",
                "alter table audit_event disable trigger user",
                "drop trigger audit_event_append_only on audit_event",
                "create or replace function refuse_audit_change() returns trigger language plpgsql as 'begin return new; end'",
                "create table of_its_own (id int)",
                "alter role rigatino_app superuser",
                "set role rigatino_owner",
                "update app_user set name = 'eve'",
                "update app_user set created_at = now()",
                "truncate app_user",
                "delete from flyway_schema_history",
                "update identity_statement set patient_name = 'another'",
                "truncate identity_statement",
                "delete from study_identity",
                "update answer set verdict = 'AGREE'",
                "delete from answer",
                "truncate answer",
                "update answer_comment set comment = 'another'",
                "truncate answer_comment",
                "update report set content = 'another'",
                "truncate report",
                "update patient_message set patient_name = 'another'",
                "truncate patient_message",
                "update release_standing set model_digest = 'another'",
                "delete from release_standing",
                "update destination set name = 'another'",
                "update sender set value = 'another'",
                "update release_run set model_digest = 'another'",
                "delete from release_run",
                "update shadow_finding set flagged = true",
                "delete from shadow_finding",
                "truncate shadow_finding",
                "update performed_step_salt set salt = ''",
                "truncate performed_step",
            })
    void theApplicationIsRefused(String sql) {
        assertThatThrownBy(() -> execute(DatabaseRole.APPLICATION, sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
        assertThatCode(() -> execute(DatabaseRole.APPLICATION, "select * from audit_event"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into audit_event select * from audit_event",
                "update study set state = 'READY'",
                "delete from study",
                "truncate audit_event",
                "select password_hash from app_user",
                "select * from app_user",
                "select * from identity_statement",
                "select words from study_identity",
                "select comment from answer_comment",
                "select salt from answer_comment",
                "select content from report",
                "select patient_name from patient_message",
                "select salt from report",
                "select patient from performed_step",
                "select salt from performed_step_salt",
                "delete from answer",
            })
    void theAuditorIsRefused(String sql) {
        assertThatThrownBy(() -> execute(DatabaseRole.AUDITOR, sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audit_event",
                "study",
                "instance",
                "finding",
                "output",
                "delivery",
                "destination",
                "sender",
                "answer",
                "answer_proof",
                "report_proof",
                "release_standing",
                "release_at_worker",
                "release_run",
                "shadow_finding"
            })
    void theAuditorReads(String table) {
        assertThatCode(() -> execute(DatabaseRole.AUDITOR, "select * from " + table))
                .doesNotThrowAnyException();
    }

    /**
     * Of the application, then of the auditor. A table of a later migration has by default what nobody decided on: say here what
     * is right of it, and revoke the rest in its migration.
     */
    @Test
    void ofEveryTableItIsDecidedWhoMayWhat() throws Exception {
        List<String> found = new ArrayList<>();
        try (Connection connection = PostgresSchema.connect(postgres, DatabaseRole.OWNER);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(RIGHTS)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(DECIDED.lines().toList());
    }

    /** He proves digests of the trail by it, and reads no name. */
    @Test
    void theAuditorReadsTheDigestsOfIdentitiesAndWhoIsOfRigatinoIdentityTheirValues() throws Exception {
        execute(DatabaseRole.AUDITOR, "select study_instance_uid, sha256 from identity_proof");
        try (Connection superuser = DriverManager.getConnection(postgres.jdbcUrl(), "postgres", postgresPassword());
                Statement statement = superuser.createStatement()) {
            statement.execute("set role rigatino_identity");
            statement.execute("select patient_name from study_identity");
            statement.execute("select patient_name from identity_statement");
            statement.execute("select comment from answer_comment");
            statement.execute("select content from report");
            statement.execute("select patient_name from patient_message");
            for (String sql :
                    List.of("delete from identity_statement", "select * from study", "select * from app_user")) {
                assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("denied");
            }
        }
    }

    private static String postgresPassword() throws Exception {
        java.util.Properties credentials = new java.util.Properties();
        try (var in = Files.newBufferedReader(data.resolve("postgres.credentials"))) {
            credentials.load(in);
        }
        return credentials.getProperty("postgres");
    }

    /** What partitions do not inherit of their table. */
    @Test
    void everyMonthIsRefusedToTheOwnerToo() throws Exception {
        List<String> months = new ArrayList<>();
        try (Connection connection = PostgresSchema.connect(postgres, DatabaseRole.OWNER);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select relid::text from pg_partition_tree('audit_event') where isleaf")) {
            while (rows.next()) {
                months.add(rows.getString(1));
            }
        }
        assertThat(months).hasSizeGreaterThanOrEqualTo(14);
        for (String month : months) {
            assertThatThrownBy(() -> execute(DatabaseRole.OWNER, "truncate " + month))
                    .hasMessageContaining("append-only");
            assertThatThrownBy(() ->
                            execute(DatabaseRole.APPLICATION, "insert into " + month + " select * from audit_event"))
                    .hasMessageContaining("denied");
        }
        assertThatThrownBy(() -> execute(DatabaseRole.OWNER, "delete from audit_event_" + month()))
                .hasMessageContaining("append-only");
    }

    private static String month() {
        return DateTimeFormatter.ofPattern("yyyy_MM").format(LocalDate.now(ZoneOffset.UTC));
    }

    @Test
    void theApplicationMakesTheMonthsToCome() throws Exception {
        String last = "audit_event_"
                + DateTimeFormatter.ofPattern("yyyy_MM")
                        .format(LocalDate.now(ZoneOffset.UTC).plusMonths(12));
        execute(DatabaseRole.OWNER, "drop table " + last);
        execute(DatabaseRole.APPLICATION, "select make_audit_partitions()");
        execute(DatabaseRole.AUDITOR, "select * from " + last);
        assertThatThrownBy(() -> execute(DatabaseRole.OWNER, "truncate " + last))
                .hasMessageContaining("append-only");
    }

    @Test
    void theAuditorProvesTheChain() throws Exception {
        try (Connection connection = PostgresSchema.connect(postgres, DatabaseRole.AUDITOR)) {
            AuditChain.Verification found = AuditChain.verify(connection);
            assertThat(found.problem()).isNull();
            assertThat(found.rows()).isOne();
        }
    }

    @Test
    void tablesOfLaterMigrationsAreTheApplicationsToWriteAndTheAuditorsToRead() throws Exception {
        execute(DatabaseRole.OWNER, "create table later (id bigint generated always as identity, word text)");
        execute(DatabaseRole.APPLICATION, "insert into later (word) values ('a'); update later set word = 'b'");
        execute(DatabaseRole.AUDITOR, "select * from later");
        assertThatThrownBy(() -> execute(DatabaseRole.AUDITOR, "delete from later"))
                .hasMessageContaining("denied");
        execute(DatabaseRole.OWNER, "drop table later");
    }

    @Test
    void aProcessWithoutTheOwnersPasswordStartsOnACurrentSchema() {
        assertThat(Flyway.configure()
                        .dataSource(
                                postgres.jdbcUrl(),
                                DatabaseRole.APPLICATION.roleName(),
                                postgres.password(DatabaseRole.APPLICATION))
                        .load()
                        .migrate()
                        .migrationsExecuted)
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "rigatino_owner", "rigatino_app", "rigatino_auditor"})
    void nobodyComesInWithoutAPassword(String role) {
        for (String password : new String[] {"", role, "postgres"}) {
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), role, password))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void passwordsLieInAFileThatItsOwnerAloneReads() throws Exception {
        Path file = data.resolve("postgres.credentials");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).content().contains(postgres.password(DatabaseRole.OWNER));
        assertThat(data.resolve("postgres.log")).content().doesNotContain(postgres.password(DatabaseRole.OWNER));
    }

    @Test
    void aDatabaseThatTrustedEveryoneIsClosedAtTheNextStart() throws Exception {
        Path old = data.resolve("old");
        EmbeddedPostgres.start(old.resolve("postgres"), 0).close();
        Files.delete(old.resolve("postgres.credentials"));
        Files.writeString(old.resolve("postgres/pg_hba.conf"), "host all all 127.0.0.1/32 trust\n");
        try (EmbeddedPostgres started = EmbeddedPostgres.start(old.resolve("postgres"), 0)) {
            PostgresSchema.migrate(started);
            Patience.await().untilAsserted(() -> assertThatThrownBy(
                            () -> DriverManager.getConnection(started.jdbcUrl(), "postgres", ""))
                    .isInstanceOf(SQLException.class));
        }
    }

    private static void execute(DatabaseRole role, String sql) throws SQLException {
        try (Connection connection = PostgresSchema.connect(postgres, role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
