package org.rigatino.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.persistence.Instance;

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
        assertThat(release(study)).isEqualTo(release);
    }

    private static String release(JudgedStudy study) throws Exception {
        return database.query("select release from worklist_entry where study_instance_uid = '" + study.uid() + "'")
                .get(0);
    }

    /** Its own image is flagged and ranks higher, and its study is none of those that it calls HIGH. */
    @Test
    void aReleaseWhoseStudyIsNotHighMadeNoneHighWhicheverOfItsImagesIsFlagged() throws Exception {
        database.execute("insert into release_standing (model_digest, model_name, model_version, eligibility, standing,"
                + " since, normal_studies) values ('d2', 'other', '2', '{}', 'SERVING', now(), 19), ('d', 'tiny', '1', '{}',"
                + " 'SHADOW', now(), 0)");
        JudgedStudy study = new JudgedStudy(database.dataSource(), "2.25.109" + ++studies)
                .judged(1, "HIGH", 97, Duration.ofMinutes(1))
                .image(1, 2, Instance.Outcome.RESTORED, null, null)
                .against(1, 0.30, 0);
        database.execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at)"
                + " select nextval('finding_id_seq'), id, 1, 'other', '2', 'd2', 'd', 0.5, 99, true, now()"
                + " from instance where sop_instance_uid = '" + study.uid() + ".2.2';"
                + " update study set deciding_model = 'other/2' where study_instance_uid = '" + study.uid() + "'");
        record.list(
                Long.parseLong(database.query("select id from study where study_instance_uid = '" + study.uid() + "'")
                        .get(0)));
        assertThat(release(study)).isEqualTo("tiny/1");
        database.execute("delete from release_standing");
    }
}
