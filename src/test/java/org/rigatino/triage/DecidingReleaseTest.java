package org.rigatino.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of two releases that judge a study, one of which knows normal studies, the worklist is filtered by the one that gave it its place. */
class DecidingReleaseTest extends WorklistDatabase {
    private static int studies;

    @ParameterizedTest
    @CsvSource({
        "HIGH, 0.05, other/2",
        "HIGH, 0.30, tiny/1",
        "MEDIUM, 0.30, other/2",
        "LOW, 0.80, other/2",
    })
    void aHighStudyIsOfTheReleaseThatMadeItHigh(String priority, double p, String release) throws Exception {
        JudgedStudy study = new JudgedStudy(database.dataSource(), "2.25.109" + ++studies)
                .judged(1, priority, 97, Duration.ofMinutes(1))
                .against(1, p, 0);
        database.execute(
                "update study set deciding_model = 'other/2' where study_instance_uid = '" + study.uid() + "'");
        record.list(
                Long.parseLong(database.query("select id from study where study_instance_uid = '" + study.uid() + "'")
                        .get(0)));
        assertThat(database.query(
                        "select release from worklist_entry where study_instance_uid = '" + study.uid() + "'"))
                .containsExactly(release);
    }
}
