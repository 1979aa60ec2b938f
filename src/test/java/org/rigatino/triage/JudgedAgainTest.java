package org.rigatino.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.finding.Priority;
import org.rigatino.persistence.WorklistEntry.State;

/** A finished study that is judged again is one study on the worklist, and comes back to it where it rises. */
class JudgedAgainTest extends WorklistDatabase {
    private static final Duration LONG_AGO = Duration.ofDays(30);

    private static int studies;

    @BeforeAll
    static void aRun() throws Exception {
        database.execute("insert into rerun (id, state, state_since, started_by, started_at) overriding system value"
                + " values (1, 'RUNNING', now(), 'adam', now())");
    }

    private static WorklistView entry(JudgedStudy study) throws Exception {
        record.unlisted(100).forEach(record::list);
        return lists.find(study.uid(), READER).orElseThrow();
    }

    /** Revision 1, judged long ago and acknowledged. */
    private static JudgedStudy acknowledged(String priority) throws Exception {
        JudgedStudy study =
                new JudgedStudy(database.dataSource(), "2.25.77" + ++studies).judged(1, priority, 50, LONG_AGO);
        entry(study);
        database.execute("update worklist_entry set state = 'ACKNOWLEDGED', acknowledged_by = 'anna',"
                + " acknowledged_at = now() where study_instance_uid = '" + study.uid() + "'");
        return study;
    }

    private static void ofRun(JudgedStudy study, String more) throws Exception {
        database.execute("update study set rerun_id = 1, ready_at = now()" + more + " where revision = 2"
                + " and study_instance_uid = '" + study.uid() + "'");
    }

    @ParameterizedTest
    @CsvSource({"LOW,HIGH,OPEN", "HIGH,HIGH,ACKNOWLEDGED", "HIGH,LOW,ACKNOWLEDGED", "LOW,LOW,ACKNOWLEDGED"})
    void itComesBackWhereTheReleaseThatServesRaisesIt(String before, String after, State state) throws Exception {
        JudgedStudy study = acknowledged(before).judged(2, after, 60, LONG_AGO);
        ofRun(study, "");
        database.execute("update study set superseded_at = now(), superseded_by = 2 where revision = 1"
                + " and study_instance_uid = '" + study.uid() + "'");
        WorklistView entry = entry(study);
        assertThat(entry.state()).isEqualTo(state);
        assertThat(entry.priority()).isEqualTo(Priority.valueOf(after));
        assertThat(entry.imagesRestored()).as("once").isEqualTo(1);
        assertThat(database.query("select waiting_since > now() - interval '1 day' from worklist_entry where"
                        + " study_instance_uid = '" + study.uid() + "'"))
                .as("nobody is late who could not know")
                .containsExactly(state == State.OPEN ? "t" : "f");
    }

    private static void becomes(JudgedStudy study, String what) throws Exception {
        database.execute("update study set " + what + ", ended_at = now() where revision = 2 and study_instance_uid = '"
                + study.uid() + "'");
    }

    /** A failure is mended, or becomes another; who looks at the list is told what is so now. */
    @Test
    void whyItCameBackTellsOnlyWhatHoldsNow() throws Exception {
        JudgedStudy study = acknowledged("LOW").failed(2, "restore", LONG_AGO);
        assertThat(entry(study).reopenedBecause())
                .isEqualTo("revision 2 failed at restore, after anna had acknowledged it");
        becomes(study, "failed_stage = 'deliver', failure_cause = 'refused'");
        assertThat(entry(study).reopenedBecause())
                .isEqualTo("revision 2 failed at deliver, after anna had acknowledged it");
        becomes(study, "state = 'CONFIRMED', failed_stage = null, failure_cause = null, priority = 'HIGH'");
        assertThat(entry(study).reopenedBecause())
                .isEqualTo("revision 2 raised it from LOW to HIGH, after anna had acknowledged it");
        becomes(study, "images_seen = images_seen");
        assertThat(entry(study).reopenedBecause()).as("it still is").contains("from LOW to HIGH");
        becomes(study, "priority = 'LOW'");
        WorklistView entry = entry(study);
        assertThat(entry.reopenedBecause()).isNull();
        assertThat(entry.reopenedAt()).isNull();
        assertThat(entry.state()).as("nobody has seen to it").isEqualTo(State.OPEN);
    }

    /** Both outcomes were there when the first was taken in, and a run puts a third in their place. */
    @Test
    void whatRaisedItIsToldOfTheRevisionThatStands() throws Exception {
        JudgedStudy study = acknowledged("LOW").judged(2, "LOW", 10, LONG_AGO).judged(3, "HIGH", 99, LONG_AGO);
        assertThat(entry(study).reopenedBecause()).contains("raised it from LOW to HIGH");
        database.execute("update study set ended_at = now(), state = 'CONFIRMED' where study_instance_uid = '"
                + study.uid() + "'");
        assertThat(entry(study).reopenedBecause()).startsWith("revision 3 raised it from LOW to HIGH");
        study.judged(4, "HIGH", 99, LONG_AGO);
        database.execute("update study set superseded_at = now(), superseded_by = 4 where revision < 4"
                + " and study_instance_uid = '" + study.uid() + "'");
        assertThat(entry(study).reopenedBecause()).startsWith("revision 4 raised it from LOW to HIGH");
    }

    @Test
    void whatAPersonSaidStaysWhateverTheStudyComesTo() throws Exception {
        JudgedStudy study = acknowledged("LOW").failed(2, "restore", LONG_AGO);
        String said = "opened again by adam, after anna had acknowledged it";
        database.execute("update worklist_entry set state = 'OPEN', acknowledged_by = null, acknowledged_at = null,"
                + " reopened_as = 'BY_HAND', reopened_by = 'adam', reopened_after = 'anna', reopened_revision = null,"
                + " reopened_detail = null, reopened_at = now() where study_instance_uid = '" + study.uid()
                + "'");
        becomes(study, "state = 'CONFIRMED', failed_stage = null, failure_cause = null, priority = 'LOW'");
        assertThat(entry(study).reopenedBecause()).isEqualTo(said);
    }

    /** The study keeps its place by what it came to before. */
    @Test
    void whereJudgingAgainFailsNothingChanges() throws Exception {
        JudgedStudy study = acknowledged("LOW").failed(2, "restore", LONG_AGO);
        ofRun(study, ", superseded_at = now()");
        WorklistView entry = entry(study);
        assertThat(List.of(entry.state(), entry.priority())).containsExactly(State.ACKNOWLEDGED, Priority.LOW);
        assertThat(entry.trouble()).isNull();
    }
}
