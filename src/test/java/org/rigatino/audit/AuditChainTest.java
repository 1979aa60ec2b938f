package org.rigatino.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.MigratedCluster;
import org.rigatino.embedded.PostgresSchema;
import picocli.CommandLine;

class AuditChainTest {
    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = MigratedCluster.start(data.resolve("postgres"));
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        asTamperer("delete from audit_event; update audit_head set id = 0, hash = repeat('0', 64)");
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
        assertThat(verify().problem()).isNull();
        assertThat(verify().rows()).isEqualTo(160);
    }

    @Test
    void changedRowIsFound() throws Exception {
        append("1.2.3", 5);
        asTamperer("update audit_event set detail = 'another' where id = 3");
        assertBroken(verify(), 3, "its content does not match its hash");
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
        assertBroken(verify(), 3, "row 2 is missing before it");
    }

    @Test
    void rewrittenRowBreaksTheNextOne() throws Exception {
        append("1.2.3", 5);
        asTamperer("update audit_event set detail = 'another', hash = repeat('a', 64) where id = 2");
        assertThat(verify().brokenId()).isEqualTo(2);
        asTamperer("update audit_event set hash = '" + rows("id = 2").get(0).contentHash() + "' where id = 2");
        assertBroken(verify(), 3, "it does not follow the row before it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "occurred_at = occurred_at + interval '1 microsecond'",
                "kind = 'OTHER'",
                "study_instance_uid = '1.2.4'",
                "study_instance_uid = null",
                "subject = 'another'",
                "subject = null",
                "detail = 'another'",
                "actor = 'another'",
                "actor = null",
                "address = '192.0.2.2'",
                "address = null",
                "version = 1",
                "version = 3",
                "previous_hash = repeat('a', 64)",
                "hash = repeat('a', 64)",
                "id = 17",
            })
    void everyColumnIsCovered(String change) throws Exception {
        append("1.2.3", 5);
        asTamperer("update audit_event set " + change + " where id = 4");
        assertThat(verify().brokenId()).isBetween(4L, 5L);
    }

    @Test
    void rowThatIsThereTwiceIsFound() throws Exception {
        append("1.2.3", 5);
        asTamperer("insert into audit_event select id, occurred_at + interval '1 second', kind, study_instance_uid,"
                + " subject, detail, actor, address, previous_hash, hash, version from audit_event where id = 3");
        assertBroken(verify(), 3, "it is there twice, or out of its order");
    }

    @Test
    void aMonthThatIsTakenAwayIsFound() throws Exception {
        append("1.2.3", 5);
        asTamperer("create table elsewhere as select * from audit_event where id in (4, 5);"
                + " delete from audit_event where id in (4, 5)");
        assertBroken(verify(), 4, "it is cut off the end, with all to row 5: the head knows row 5");
        execute("drop table elsewhere");
    }

    @Test
    void aHeadThatIsSetBackIsFound() throws Exception {
        append("1.2.3", 5);
        asTamperer("update audit_head set id = 4");
        assertBroken(verify(), 5, "the head knows another row as the last");
    }

    /** The owner takes rows off the end and mends the head: the database alone proves nothing more. */
    @Test
    void whatIsCutOffTheEndWithItsHeadIsFoundByAnAnchor() throws Exception {
        append("1.2.3", 5);
        Path log = anchors("15:00:00 INFO " + anchor(3), "16:00:00 INFO " + anchor(5));
        asTamperer("delete from audit_event where id > 3; update audit_head set (id, hash) ="
                + " (select id, hash from audit_event where id = 3)");
        assertThat(verify().intact()).isTrue();
        assertBroken(verify(log), 4, "it is cut off the end, with all to row 5: an anchor knows row 5");
    }

    /** The owner changes a row and makes every later hash anew. */
    @Test
    void aChainThatWasRewrittenToItsEndIsFoundByAnAnchor() throws Exception {
        append("1.2.3", 6);
        Path log = anchors(anchor(2).toString(), anchor(5).toString());
        Anchor previous = anchor(2);
        for (AuditRow row : rows("id > 2")) {
            AuditTrail.Event event = new AuditTrail.Event(
                    EventKind.valueOf(row.kind()), row.studyInstanceUid(), row.subject(), "forged");
            String hash = AuditRow.of(previous, row.occurredAt(), event).hash();
            asTamperer("update audit_event set detail = 'forged', actor = null, address = null, previous_hash = '"
                    + previous.hash() + "', hash = '" + hash + "' where id = " + row.id());
            previous = new Anchor(row.id(), hash);
        }
        asTamperer("update audit_head set hash = '" + previous.hash() + "'");
        assertThat(verify().intact()).isTrue();
        assertBroken(verify(log), 5, "it is not the row that an anchor knows: rows from 3 on were rewritten");
    }

    @Test
    void anchorsOfAnIntactChainFit() throws Exception {
        append("1.2.3", 5);
        assertThat(verify(anchors(anchor(1).toString(), anchor(5).toString())).intact())
                .isTrue();
        assertThatThrownBy(() -> Anchors.read(List.of(anchors("nothing"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no anchor");
        assertThatThrownBy(() ->
                        Anchors.read(List.of(anchors(anchor(1).toString(), new Anchor(1, "a".repeat(64)).toString()))))
                .hasMessageContaining("contradicts");
    }

    /** The trail of a version that knew no versions, with more behind it. */
    @Test
    void rowsOfBothVersionsAreOneChain() throws Exception {
        append("1.2.3", 3);
        Anchor previous = new Anchor(0, AuditRow.GENESIS);
        for (AuditRow row : rows("id > 0")) {
            AuditRow first = new AuditRow(
                    row.id(),
                    row.occurredAt(),
                    row.kind(),
                    row.studyInstanceUid(),
                    row.subject(),
                    row.detail(),
                    row.actor(),
                    row.address(),
                    1,
                    previous.hash(),
                    null);
            asTamperer("update audit_event set version = 1, previous_hash = '" + previous.hash() + "', hash = '"
                    + first.contentHash() + "' where id = " + row.id());
            previous = new Anchor(row.id(), first.contentHash());
        }
        asTamperer("update audit_head set hash = '" + previous.hash() + "'");
        append("1.2.4", 2);
        assertThat(verify().problem()).isNull();
        assertThat(rows("id > 0").stream().map(AuditRow::version)).containsExactly(1, 1, 1, 2, 2);
        asTamperer("update audit_event set detail = 'another' where id = 2");
        assertBroken(verify(), 2, "its content does not match its hash");
    }

    @Test
    void aVersionThatIsNotKnownIsSaidToBe() throws Exception {
        append("1.2.3", 2);
        asTamperer("update audit_event set version = 3 where id = 2");
        assertBroken(verify(), 2, "it has version 3, which this program does not know: prove it with a later one");
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
                AuditChain.append(
                        connection,
                        List.of(new AuditTrail.Event(EventKind.STUDY_READY, "1.2.3", subject, "event " + i)
                                .by("anna")
                                .from("192.0.2.1")));
                connection.commit();
            }
        }
    }

    private static AuditChain.Verification verify(Path... anchors) throws SQLException, IOException {
        try (Connection connection = PostgresSchema.connect(postgres)) {
            return AuditChain.verify(connection, Anchors.read(List.of(anchors)));
        }
    }

    private static void assertBroken(AuditChain.Verification found, long id, String problem) {
        assertThat(found.problem()).isEqualTo(problem);
        assertThat(found.brokenId()).isEqualTo(id);
    }

    private static List<AuditRow> rows(String condition) throws SQLException {
        List<AuditRow> rows = new ArrayList<>();
        try (Connection connection = PostgresSchema.connect(postgres)) {
            AuditChain.each(connection, condition, List.of(), rows::add);
        }
        return rows;
    }

    private static Anchor anchor(long id) throws SQLException {
        return new Anchor(id, rows("id = " + id).get(0).hash());
    }

    private static Path anchors(String... lines) throws IOException {
        return Files.write(Files.createTempFile(data, "anchors", ".log"), List.of(lines));
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
