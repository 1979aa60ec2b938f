package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rigatino.Slow;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.ingest.StudyReady;

/** Which study overtakes which, on a real PostgreSQL. */
@Slow
class OvertakingTest {
    private static DeliveryDatabase database;
    private static Overtaking.Waiting waiting;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        waiting = database.bean(Overtaking.Waiting.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.execute("truncate study cascade");
    }

    /** @param urgency as the record has it, {@code null} where no rule was asked */
    private static void ready(String uid, String state, String urgency, int minutesAgo) throws Exception {
        database.execute("insert into study (study_instance_uid, revision, state, urgency, ready_at, published_at,"
                + " first_received_at, last_received_at) values ('" + uid + "', 1, '" + state + "', " + urgency
                + ", now() - interval '" + minutesAgo + " minutes', now(), now(), now())");
    }

    private static Optional<String> before(String uid) {
        return waiting.moreUrgentThan(new StudyReady(uid, 1, "/store")).map(StudyReady::studyInstanceUid);
    }

    @Test
    void theMostUrgentOvertakesAndOfEquallyUrgentOnesTheOldest() throws Exception {
        ready("2.25.1", "READY", "0", 60);
        ready("2.25.2", "READY", "1", 50);
        ready("2.25.3", "READY", "2", 5);
        ready("2.25.4", "READY", "2", 10);
        assertThat(before("2.25.1")).contains("2.25.4");
        assertThat(before("2.25.2")).contains("2.25.4");
        assertThat(before("2.25.4")).isEmpty();
        database.execute("update study set state = 'RESTORING' where study_instance_uid = '2.25.4'");
        assertThat(before("2.25.1")).contains("2.25.3");
        database.execute("update study set state = 'CONFIRMED' where study_instance_uid = '2.25.3'");
        assertThat(before("2.25.1")).contains("2.25.2");
    }

    @Test
    void whatIsLowWaitsForWhatNoRuleWasAskedOf() throws Exception {
        ready("2.25.1", "READY", "-1", 60);
        ready("2.25.2", "READY", "null", 5);
        assertThat(before("2.25.1")).contains("2.25.2");
        assertThat(before("2.25.2")).isEmpty();
    }

    /** Else it would be judged without its neighbours. */
    @Test
    void aRevisionWaitsForTheOneBefore() throws Exception {
        ready("2.25.1", "READY", "0", 60);
        ready("2.25.2", "RESTORING", "2", 5);
        database.execute("insert into study (study_instance_uid, revision, state, urgency, ready_at, published_at,"
                + " first_received_at, last_received_at) values ('2.25.2', 2, 'READY', 2, now(), now(), now(), now())");
        assertThat(before("2.25.1")).isEmpty();
        database.execute("update study set state = 'CONFIRMED' where study_instance_uid = '2.25.2' and revision = 1");
        assertThat(before("2.25.1")).contains("2.25.2");
    }

    @Test
    void whatWasNotPublishedYetWaitsForItsEvent() throws Exception {
        ready("2.25.1", "READY", "0", 60);
        ready("2.25.2", "READY", "2", 5);
        database.execute("update study set published_at = null where study_instance_uid = '2.25.2'");
        assertThat(before("2.25.1")).isEmpty();
    }

    @Test
    void anEventOfNoStudyOnRecordIsOvertakenByWhatIsUrgent() throws Exception {
        ready("2.25.2", "READY", "1", 5);
        assertThat(before("2.25.99")).contains("2.25.2");
    }

    @Test
    void aBacklogOfAHundredThousandIsNotReadThrough() throws Exception {
        database.execute("insert into study (study_instance_uid, revision, state, urgency, ready_at, published_at,"
                + " first_received_at, last_received_at) select '1.2.' || n, 1, 'READY', 0, now(), now(), now(), now()"
                + " from generate_series(1, 100000) n; analyze study");
        String plan = String.join(
                "\n",
                database.query("explain select study_instance_uid, revision from study where state = 'READY'"
                        + " and published_at is not null and coalesce(urgency, 0::smallint) > 0 and not exists (select 1"
                        + " from study e where e.study_instance_uid = study.study_instance_uid and e.revision < study.revision"
                        + " and e.state in ('READY', 'RESTORING'))"
                        + " order by coalesce(urgency, 0::smallint) desc, ready_at, id limit 1"));
        assertThat(plan).contains("study_waiting").doesNotContain("Sort");
    }
}
