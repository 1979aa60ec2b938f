package org.rigatino.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.deliver.DeliveryDatabase;

/** What waits, on a real PostgreSQL. */
@Slow
class BacklogTest {
    /** Each process asks every quarter of a minute, also where a million objects wait for an archive. */
    @Test
    void howLongDeliveriesWaitIsReadFromTheIndexAlone() throws Exception {
        List<String> plan = new ArrayList<>();
        try (DeliveryDatabase database = new DeliveryDatabase();
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off; set enable_bitmapscan = off");
            try (ResultSet line = statement.executeQuery("explain " + Backlog.DELIVERIES)) {
                while (line.next()) {
                    plan.add(line.getString(1));
                }
            }
        }
        assertThat(plan.stream().filter(line -> line.contains("Scan")))
                .singleElement()
                .asString()
                .contains("Index Only Scan using delivery_open on delivery");
    }

    @Test
    void aFailureThatAPersonHadJudgedAnewWaitsForNobody() throws Exception {
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            Backlog backlog = database.bean(Backlog.class);
            for (String superseded : new String[] {"null", "now()"}) {
                database.execute("insert into study (study_instance_uid, revision, state, failed_stage, failure_cause,"
                        + " first_received_at, last_received_at, ended_at, superseded_at) select '1.2.3', 1 + count(*), 'FAILED',"
                        + " 'restore', 'no device', now(), now(), now(), " + superseded + " from study");
            }
            assertThat(backlog.studies()).singleElement().satisfies(waiting -> assertThat(waiting.count())
                    .isEqualTo(1));
        }
    }

    @Test
    void whatTheSyslogReceiverHasNotBeenSentWaitsForItAndForNoOther(@TempDir Path folder) throws Exception {
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            AuditTrail audit = database.bean(AuditTrail.class);
            Backlog backlog = database.bean(Backlog.class);
            database.execute("insert into audit_forwarding (receiver, last_id) select receiver, id from audit_head,"
                    + " unnest(array['now:6514', 'before:6514']) receiver");
            assertThat(backlog.forwarding("now:6514")).singleElement().satisfies(waiting -> {
                assertThat(waiting.count()).isZero();
                assertThat(waiting.since()).isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
            });
            for (String study : new String[] {"1.2.3", "1.2.4"}) {
                database.inTransaction(() -> {
                    audit.append(EventKind.STUDY_READY, study, null, "seen");
                    return null;
                });
            }
            Instant first = Instant.parse(database.query(
                            "select to_char(min(occurred_at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                                    + " from audit_event")
                    .get(0));
            assertThat(backlog.forwarding("now:6514"))
                    .containsExactly(new Backlog.Waiting("now:6514", "WAITING", 2, first));
            database.execute("update audit_forwarding set last_id = (select id from audit_head)");
            assertThat(backlog.forwarding("now:6514"))
                    .extracting(Backlog.Waiting::count)
                    .containsExactly(0L);
            assertThat(backlog.forwarding("other:6514")).isEmpty();
        }
    }
}
