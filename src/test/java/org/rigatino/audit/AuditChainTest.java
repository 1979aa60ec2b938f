package org.rigatino.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.PostgresSchema;
import picocli.CommandLine;

class AuditChainTest {
    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start(data.resolve("postgres"), 0);
        PostgresSchema.migrate(postgres);
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        asTamperer("delete from audit_event");
    }

    @Test
    void chainOfManyAppendersIsIntact() throws Exception {
        ExecutorService appenders = Executors.newFixedThreadPool(8);
        List<Future<?>> running = new ArrayList<>();
        for (int appender = 0; appender < 8; appender++) {
            String subject = "appender " + appender;
            running.add(appenders.submit(() -> {
                append(subject, 20);
                return null;
            }));
        }
        for (Future<?> future : running) {
            future.get();
        }
        appenders.shutdown();
        assertThat(verify()).isEqualTo(new AuditChain.Verification(160, 0, null));
    }

    @Test
    void changedRowIsFound() throws Exception {
        append("1.2.3", 5);
        asTamperer("update audit_event set detail = 'another' where id = 3");
        assertThat(verify()).isEqualTo(new AuditChain.Verification(3, 3, "its content does not match its hash"));
    }

    @Test
    void commandTellsIntactFromBroken() throws Exception {
        append("1.2.3", 2);
        assertThat(new CommandLine(new AuditCommand())
                        .execute("verify", "--url", PostgresSchema.url(postgres, DatabaseRole.AUDITOR)))
                .isZero();
        asTamperer("update audit_event set kind = 'OTHER' where id = 1");
        assertThat(new CommandLine(new AuditCommand())
                        .execute("verify", "--url", PostgresSchema.url(postgres, DatabaseRole.AUDITOR)))
                .isEqualTo(1);
        assertThat(new CommandLine(new AuditCommand())
                        .execute("verify", "--url", "jdbc:postgresql://127.0.0.1:1/postgres"))
                .isEqualTo(2);
    }

    @Test
    void missingRowIsFound() throws Exception {
        append("1.2.3", 5);
        asTamperer("delete from audit_event where id = 2");
        assertThat(verify().brokenId()).isEqualTo(3);
    }

    @Test
    void rewrittenRowBreaksTheNextOne() throws Exception {
        append("1.2.3", 5);
        asTamperer("update audit_event set detail = 'another', hash = repeat('a', 64) where id = 2");
        assertThat(verify().brokenId()).isEqualTo(2);
        AuditRecord forged;
        try (Connection connection = PostgresSchema.connect(postgres);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("select * from audit_event where id = 2")) {
            row.next();
            forged = new AuditRecord(
                    2,
                    row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                    row.getString("kind"),
                    row.getString("study_instance_uid"),
                    row.getString("subject"),
                    row.getString("detail"),
                    row.getString("previous_hash"));
        }
        asTamperer("update audit_event set hash = '" + forged.hash() + "' where id = 2");
        assertThat(verify()).isEqualTo(new AuditChain.Verification(3, 3, "it does not follow the row before it"));
    }

    @Test
    void absentFieldsAndEmptyFieldsDiffer() {
        Instant at = Instant.EPOCH;
        assertThat(new AuditRecord(1, at, "K", null, "", "d", AuditRecord.GENESIS).hash())
                .isNotEqualTo(new AuditRecord(1, at, "K", "", null, "d", AuditRecord.GENESIS).hash());
    }

    @Test
    void databaseRefusesChanges() throws Exception {
        append("1.2.3", 1);
        for (String change : List.of(
                "update audit_event set detail = 'another'", "delete from audit_event", "truncate audit_event")) {
            assertThatThrownBy(() -> execute(change))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("append-only");
        }
        assertThat(verify().rows()).isEqualTo(1);
    }

    private static void append(String subject, int times) throws SQLException {
        try (Connection connection = PostgresSchema.connect(postgres)) {
            connection.setAutoCommit(false);
            for (int i = 0; i < times; i++) {
                AuditChain.append(connection, List.of(new AuditTrail.Event("TEST", "1.2.3", subject, "event " + i)));
                connection.commit();
            }
        }
    }

    private static AuditChain.Verification verify() throws SQLException {
        try (Connection connection = PostgresSchema.connect(postgres)) {
            return AuditChain.verify(connection);
        }
    }

    /** What only the owner of the database can do. */
    private static void asTamperer(String change) throws SQLException {
        execute("alter table audit_event disable trigger user; " + change
                + "; alter table audit_event enable trigger user");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = PostgresSchema.connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
