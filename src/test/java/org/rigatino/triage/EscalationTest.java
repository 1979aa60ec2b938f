package org.rigatino.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** High studies that have waited for more than an hour. */
class EscalationTest extends WorklistDatabase {
    @Test
    void aStudyThatCannotBeEscalatedKeepsBackNoOther() throws Exception {
        new JudgedStudy(database.dataSource(), "2.25.821").judged(1, "HIGH", 99, Duration.ofHours(3));
        new JudgedStudy(database.dataSource(), "2.25.822").judged(1, "HIGH", 99, Duration.ofHours(2));
        record.unlisted(100).forEach(record::list);
        database.execute(
                """
                create function keep_back() returns trigger language plpgsql as
                  $$ begin raise exception 'it cannot be written'; end $$;
                create trigger keep_back before update on worklist_entry for each row
                  when (new.study_instance_uid = '2.25.821' and new.escalated_at is not null) execute function keep_back()""");
        WorklistKeeper keeper = new WorklistKeeper();
        keeper.record = record;
        keeper.dataSource = database.dataSource();

        keeper.keep();

        assertThat(database.query("select study_instance_uid from worklist_entry where escalated_at is not null"))
                .containsExactly("2.25.822");
    }

    /** What it was listed for was settled in between. */
    @Test
    void aStudyThatIsOffTheListIsNotEscalated() {
        assertThatCode(() -> record.escalate("2.25.829", Instant.now())).doesNotThrowAnyException();
    }
}
