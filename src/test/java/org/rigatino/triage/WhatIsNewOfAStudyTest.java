package org.rigatino.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.WorklistEntry.State;

/** An acknowledged study comes back for what nobody can have seen, of whatever revision it is, and for nothing else. */
class WhatIsNewOfAStudyTest extends WorklistDatabase {
    private static final Duration LONG_AGO = Duration.ofHours(2);

    private static int studies;

    private static JudgedStudy study() {
        return new JudgedStudy(database.dataSource(), "2.25.78" + ++studies);
    }

    private static WorklistView entry(JudgedStudy study) throws Exception {
        record.unlisted(100).forEach(record::list);
        return lists.find(study.uid(), READER).orElseThrow();
    }

    private static JudgedStudy acknowledged(JudgedStudy study) throws Exception {
        entry(study);
        database.execute("update worklist_entry set state = 'ACKNOWLEDGED', acknowledged_by = 'anna',"
                + " acknowledged_at = now() where study_instance_uid = '" + study.uid() + "'");
        return study;
    }

    private static JudgedStudy becomes(JudgedStudy study, int revision, String what) throws Exception {
        database.execute("update study set " + what + " where revision = " + revision + " and study_instance_uid = '"
                + study.uid() + "'");
        return study;
    }

    private static JudgedStudy restored(JudgedStudy study, int revision, String priority) throws Exception {
        return becomes(
                study,
                revision,
                "state = 'DELIVERING', failed_stage = null, failure_cause = null, restored_at = now(), ended_at = null,"
                        + " priority = '" + priority + "'");
    }

    private static JudgedStudy failed(JudgedStudy study, int revision, String stage) throws Exception {
        return becomes(
                study,
                revision,
                "state = 'FAILED', failed_stage = '" + stage
                        + "', failure_cause = 'made for a test', ended_at = now()");
    }

    /** Most of the study was never judged before. */
    @Test
    void anEarlierRevisionThatIsReplayedBringsItBackWhereItIsHigh() throws Exception {
        JudgedStudy study = acknowledged(study().failed(1, "restore", LONG_AGO).judged(2, "HIGH", 99, LONG_AGO));
        assertThat(entry(restored(study, 1, "HIGH")))
                .extracting(WorklistView::state, WorklistView::reopenedBecause)
                .containsExactly(State.OPEN, "revision 1 is HIGH too, after anna had acknowledged it");
    }

    @Test
    void anEarlierRevisionThatIsReplayedBringsItBackWhereItsImagesAreUnlike() throws Exception {
        JudgedStudy study = acknowledged(study().failed(1, "restore", LONG_AGO).judged(2, "HIGH", 99, LONG_AGO));
        restored(study, 1, "LOW").image(1, 2, Outcome.REFUSED, "unlike", "far");
        assertThat(entry(study).reopenedBecause())
                .isEqualTo("revision 1 has images refused as unlike, after anna had acknowledged it");
    }

    /** As where whoever keeps the list was away. */
    @Test
    void ofTwoRevisionsThatAreTakenInTogetherEachCounts() throws Exception {
        JudgedStudy study = acknowledged(study().judged(1, "HIGH", 99, LONG_AGO));
        study.judged(2, "LOW", 10, LONG_AGO).judged(3, "HIGH", 99, LONG_AGO);
        assertThat(entry(study).reopenedBecause()).isEqualTo("revision 3 is HIGH too, after anna had acknowledged it");
    }

    @Test
    void anEarlierRevisionThatFailsBesideALaterOneBringsItBack() throws Exception {
        JudgedStudy study = acknowledged(study().judged(1, "HIGH", 99, LONG_AGO).failed(2, "restore", LONG_AGO));
        assertThat(entry(failed(study, 1, "deliver")).reopenedBecause())
                .isEqualTo("revision 1 failed at deliver, after anna had acknowledged it");
    }

    /** Replayed, it has another time at which it was restored. */
    @Test
    void whatWasJudgedAndComesToBeDeliveredDoesNotBringItBack() throws Exception {
        JudgedStudy study = acknowledged(study().judged(1, "HIGH", 99, LONG_AGO)
                .judged(2, "HIGH", 98, LONG_AGO)
                .image(2, 3, Outcome.REFUSED, "unlike", "far"));
        becomes(study, 1, "state = 'CONFIRMED', ended_at = now()");
        assertThat(entry(study).state()).isEqualTo(State.ACKNOWLEDGED);
        entry(failed(study, 2, "deliver"));
        acknowledged(study);
        assertThat(entry(restored(study, 2, "HIGH")).state()).isEqualTo(State.ACKNOWLEDGED);
        becomes(study, 2, "state = 'CONFIRMED', ended_at = now()");
        assertThat(entry(study).state()).isEqualTo(State.ACKNOWLEDGED);
    }

    @ParameterizedTest
    @CsvSource({"restore,ACKNOWLEDGED", "deliver,OPEN"})
    void whatFailsOnceMoreBringsItBackWhereItFailsElsewhere(String stage, State state) throws Exception {
        JudgedStudy study = acknowledged(study().failed(1, "restore", LONG_AGO));
        becomes(study, 1, "state = 'READY', failed_stage = null, failure_cause = null, ended_at = null");
        assertThat(entry(failed(study, 1, stage)).state()).isEqualTo(state);
    }

    /** A person has settled it. */
    @Test
    void aRevisionThatIsSupersededDoesNotBringItBack() throws Exception {
        JudgedStudy study = acknowledged(study().judged(1, "HIGH", 99, LONG_AGO).failed(2, "restore", LONG_AGO));
        failed(study, 1, "deliver");
        becomes(study, 1, "superseded_at = now(), listed_outcome_at = null");
        assertThat(entry(study).state()).isEqualTo(State.ACKNOWLEDGED);
    }
}
