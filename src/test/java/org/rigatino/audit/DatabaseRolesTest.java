package org.rigatino.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.PostgresSchema;

/** What the database itself refuses, tried as each role. */
class DatabaseRolesTest {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start(data.resolve("postgres"), 0);
        PostgresSchema.migrate(postgres);
        try (Connection connection = PostgresSchema.connect(postgres, DatabaseRole.APPLICATION)) {
            AuditChain.append(connection, List.of(new AuditTrail.Event("TEST", "1.2.3", null, "by the application")));
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
                "drop table audit_event",
                "alter table audit_event disable trigger user",
                "drop trigger audit_event_append_only on audit_event",
                "create or replace function refuse_audit_change() returns trigger language plpgsql as 'begin return new; end'",
                "create table of_its_own (id int)",
                "alter role rigatino_app superuser",
                "set role rigatino_owner",
                "insert into app_user values ('eve', '{administrator}', 'x', now())",
                "update app_user set roles = '{administrator}'",
                "update app_user set password_hash = 'x'",
                "delete from app_user",
                "delete from flyway_schema_history",
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
            })
    void theAuditorIsRefused(String sql) {
        assertThatThrownBy(() -> execute(DatabaseRole.AUDITOR, sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit_event", "study", "instance", "finding", "output", "delivery"})
    void theAuditorReads(String table) {
        assertThatCode(() -> execute(DatabaseRole.AUDITOR, "select * from " + table))
                .doesNotThrowAnyException();
    }

    @Test
    void theAuditorProvesTheChain() throws Exception {
        try (Connection connection = PostgresSchema.connect(postgres, DatabaseRole.AUDITOR)) {
            assertThat(AuditChain.verify(connection)).isEqualTo(new AuditChain.Verification(1, 0, null));
        }
    }

    @Test
    void tablesOfLaterMigrationsAreTheApplicationsToWriteAndTheAuditorsToRead() throws Exception {
        execute(DatabaseRole.OWNER, "create table later (id bigint generated always as identity, word text)");
        execute(DatabaseRole.APPLICATION, "insert into later (word) values ('a'); update later set word = 'b'");
        execute(DatabaseRole.AUDITOR, "select * from later");
        assertThatThrownBy(() -> execute(DatabaseRole.AUDITOR, "delete from later"))
                .hasMessageContaining("denied");
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
            org.awaitility.Awaitility.await().untilAsserted(() -> assertThatThrownBy(
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
