package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.persistence.Study;

/** What is to be told, while studies move on between the look and the broker's acknowledgement. */
class AnnouncementsTest {
    private static DeliveryDatabase database;
    private static Announcements announcements;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        announcements = database.bean(Announcements.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.execute("delete from study");
    }

    private static void study(int id, String columns) throws Exception {
        database.execute("insert into study (id, study_instance_uid, revision, state, first_received_at,"
                + " last_received_at)"
                + " overriding system value values (" + id + ", '2.25." + id + "', 1, 'RECEIVING', now(), now());"
                + "update study set " + columns + " where id = " + id);
    }

    private static Study only() {
        List<Study> due = announcements.unannounced(0);
        assertThat(due).hasSize(1);
        return due.get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state = 'DELIVERING', restored_at = now() | RESTORED",
                "state = 'DELIVERED', restored_at = now(), announced = null | RESTORED",
                "state = 'DELIVERED', restored_at = now(), ended_at = now(), announced = 'RESTORED' | DELIVERED",
                "state = 'CONFIRMED', restored_at = now(), ended_at = now(), announced = 'RESTORED' | CONFIRMED",
                "state = 'REFUSED', refusal_rule = 'modality', ended_at = now() | REFUSED",
                "state = 'FAILED', failed_stage = 'image', failure_cause = 'no', ended_at = now() | FAILED"
            })
    void anOutcomeIsDueUntilItIsNoted(String columns, String outcome) throws Exception {
        study(1, columns);
        assertThat(announcements.announced(only(), outcome)).isTrue();
        assertThat(announcements.unannounced(0)).isEmpty();
    }

    /** What stood stands, and was told. */
    @ParameterizedTest
    @CsvSource({"REFUSED,null,0", "FAILED,null,0", "FAILED,now(),1", "CONFIRMED,now(),1", "REFUSED,now(),1"})
    void whatARunBeganIsToldOnceItIsRestored(String state, String restored, int due) throws Exception {
        database.execute("delete from rerun; insert into rerun (id, state, state_since, started_by, started_at)"
                + " overriding system value values (7, 'RUNNING', now(), 'adam', now())");
        study(
                1,
                "rerun_id = 7, state = '" + state + "', ended_at = now(), superseded_at = now(), restored_at = "
                        + restored
                        + ", refusal_rule = " + (state.equals("REFUSED") ? "'own-output'" : "null")
                        + (state.equals("FAILED") ? ", failed_stage = 'image', failure_cause = 'no'" : ""));
        assertThat(announcements.unannounced(0)).hasSize(due);
    }

    /** Between the look and the acknowledgement. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state = 'CONFIRMED', ended_at = now(), delivered_at = now()",
                "state = 'FAILED', failed_stage = 'confirm', failure_cause = 'no', ended_at = now()",
                "restored_at = now() + interval '1 s'"
            })
    void whatHasGoneOnMeanwhileIsStillDue(String since) throws Exception {
        study(1, "state = 'DELIVERING', restored_at = now()");
        Study seen = only();
        database.execute("update study set " + since);
        assertThat(announcements.announced(seen, "RESTORED")).isFalse();
        assertThat(announcements.unannounced(0)).hasSize(1);
    }

    @Test
    void aReplayMeanwhileIsAnOutcomeOfItsOwn() throws Exception {
        study(
                1,
                "state = 'FAILED', failed_stage = 'deliver', failure_cause = 'no', ended_at = now(), restored_at = now()");
        Study seen = only();
        database.execute(
                "update study set state = 'READY', failed_stage = null, failure_cause = null, ended_at = null");
        assertThat(announcements.announced(seen, "FAILED")).isFalse();
        database.execute("update study set state = 'FAILED', failed_stage = 'image', failure_cause = 'no',"
                + " ended_at = now()");
        assertThat(announcements.unannounced(0)).hasSize(1);
    }

    @Test
    void pagesFollowOneAnother() throws Exception {
        for (int id = 1; id <= 103; id++) {
            study(id, "state = 'REFUSED', refusal_rule = 'modality', ended_at = now()");
        }
        List<Study> first = announcements.unannounced(0);
        assertThat(first).hasSize(100);
        assertThat(announcements.unannounced(first.get(99).id))
                .extracting(study -> study.id)
                .containsExactly(101L, 102L, 103L);
    }
}
