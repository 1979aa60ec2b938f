package org.rigatino.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rigatino.Patience;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Study;
import org.rigatino.study.LifeOnRecord;
import org.rigatino.study.StudyLife;

/** Rows first and the chain last, whoever calls in which order. */
class LockOrderTest {
    private static DeliveryDatabase database;
    private static AuditTrail audit;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        audit = database.bean(AuditTrail.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void study() throws Exception {
        database.execute("delete from study; insert into study (id, study_instance_uid, revision, state,"
                + " first_received_at, last_received_at) overriding system value values (1, '2.25.1', 1, 'READY', now(),"
                + " now())");
    }

    private static void append(String subject) {
        audit.append(EventKind.STUDY_READY, "2.25.1", subject, "seen");
    }

    private static List<String> subjects() throws Exception {
        return database.query("select subject from audit_event order by id desc limit 2");
    }

    /** Waits for the lock of the row that both change. */
    private static void change() {
        database.entities().find(Study.class, 1L).imagesSeen++;
        database.entities().flush();
    }

    private static void changeByJdbc() throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update study set images_restored = images_restored + 1 where id = 1");
        }
    }

    @Test
    void whoeverAppendsBeforeItsRowsMeetsNoDeadlock() throws Exception {
        CyclicBarrier begun = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Void> chainFirst = threads.submit(() -> database.inTransaction(() -> {
                append("chain first");
                begun.await(Patience.SECONDS, TimeUnit.SECONDS);
                changeByJdbc();
                return null;
            }));
            Future<Void> rowFirst = threads.submit(() -> database.inTransaction(() -> {
                change();
                begun.await(Patience.SECONDS, TimeUnit.SECONDS);
                append("row first");
                return null;
            }));
            rowFirst.get(Patience.SECONDS, TimeUnit.SECONDS);
            chainFirst.get(Patience.SECONDS, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        assertThat(subjects()).containsExactly("chain first", "row first");
        assertThat(database.query("select images_seen + images_restored from study"))
                .containsExactly("2");
    }

    /** What Hibernate holds back is flushed before the chain is locked, and events keep their order. */
    @Test
    void heldBackChangesComeBeforeTheChain() throws Exception {
        database.inTransaction(() -> {
            append("first");
            database.entities().find(Study.class, 1L).imagesSeen = 7;
            append("second");
            return null;
        });
        assertThat(subjects()).containsExactly("second", "first");
        assertThat(database.query("select images_seen from study")).containsExactly("7");
        assertThat(database.query("select (select xmin::text::bigint from study) = (select xmin::text::bigint from"
                        + " audit_event order by id desc limit 1)"))
                .containsExactly("t");
    }

    /** First revisions before later ones, as whoever adds to several studies. */
    @Test
    void whatDeliveriesCameToIsSettledInTheOrderOfWhoeverAddsToStudies() throws Exception {
        database.execute(
                "insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at)"
                        + " overriding system value values (2, '2.25.1', 2, 'DELIVERING', now(), now()),"
                        + " (3, '2.25.0', 1, 'DELIVERING', now(), now())");
        StudyLife life = LifeOnRecord.of(database);
        database.beside(
                "select id from study where id = 3 for update", "select id from study where id = 2 for update", () -> {
                    life.delivered(List.of(2L, 3L));
                    return null;
                });
        assertThat(database.query("select state from study where id > 1 order by id"))
                .containsExactly("CONFIRMED", "CONFIRMED");
    }

    @Test
    void anEventIsThereIfAndOnlyIfItsTransactionIs() throws Exception {
        List<String> before = database.query("select count(*) from audit_event");
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    append("lost");
                    throw new IllegalStateException("the work failed");
                }))
                .hasMessage("the work failed");
        assertThat(database.query("select count(*) from audit_event")).isEqualTo(before);
        database.inTransaction(() -> {
            changeByJdbc();
            append("by plain JDBC");
            return null;
        });
        assertThat(subjects()).first().isEqualTo("by plain JDBC");
    }

    /** A change that the database refuses takes its event along. */
    @Test
    void aTransactionThatCannotEndLeavesNoEvent() throws Exception {
        List<String> before = database.query("select count(*) from audit_event");
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    append("never");
                    Study study = database.entities().find(Study.class, 1L);
                    study.revision = 0;
                    return null;
                }))
                .isInstanceOf(Exception.class);
        assertThat(database.query("select count(*) from audit_event")).isEqualTo(before);
    }
}
