package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.persistence.AdvisoryLock;
import org.rigatino.rerun.NextOfRerun;
import org.rigatino.study.LifeOnRecord;

/** When a worker lets the next look go on with a run, on a real PostgreSQL. */
class RerunWorkTest {
    /** Its event may have brought it there, or what was taken for dead lives on: asking again at once would never end. */
    @Test
    void aRevisionThatIsAnothersEndsTheRound() throws Exception {
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            RerunWork work = new RerunWork();
            work.life = LifeOnRecord.of(database);
            database.bean(Class.forName("org.rigatino.rerun.ChosenStudies"));
            database.bean(Class.forName("org.rigatino.rerun.RerunRows"));
            work.next = database.bean(NextOfRerun.class);
            work.worker = new StudyWorker();
            work.worker.life = work.life;
            work.worker.precedence = new Precedence();
            database.execute(
                    "insert into rerun (id, state, state_since, started_by, started_at) overriding system value"
                            + " values (7, 'RUNNING', now(), 'adam', now()); insert into study (study_instance_uid, revision, state,"
                            + " rerun_id, first_received_at, last_received_at) values ('2.25.1', 2, 'RESTORING', 7, now(), now())");
            AdvisoryLock another = AdvisoryLock.tryAcquire(database.dataSource(), AdvisoryLock.ofRevision("2.25.1", 2))
                    .orElseThrow();
            assertThat(another.isHeld()).isTrue();
            assertThat(work.one()).isFalse();
            try (Connection same = database.dataSource().getConnection();
                    Statement statement = same.createStatement()) {
                statement.execute("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'");
            }
            assertThat(another.isHeld()).as("it went with its connection").isFalse();
            assertThatThrownBy(another::close).isInstanceOf(SQLException.class);
        }
    }
}
