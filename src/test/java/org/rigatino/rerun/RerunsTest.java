package org.rigatino.rerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.BadRequestException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Slow;
import org.rigatino.access.Actor;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.persistence.StudyState;
import org.rigatino.rerun.NextOfRerun.Taken;
import org.rigatino.rerun.Rerun.State;
import org.rigatino.study.FinishedStudies;
import org.rigatino.study.LifeOnRecord;

/** Runs on a real PostgreSQL: what is chosen, in which order, and what holds a run up. */
@Slow
class RerunsTest {
    private static final Actor ADAM = new Actor("adam", "192.0.2.9");
    private static final String OLD = "a".repeat(64);

    private static DeliveryDatabase database;
    private static Reruns reruns;
    private static NextOfRerun next;

    private String before;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        LifeOnRecord.of(database);
        database.bean(ChosenStudies.class);
        database.bean(RerunRows.class);
        reruns = database.bean(Reruns.class);
        next = database.bean(NextOfRerun.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    /** Three finished studies, received on three days; one of another sender, one by the release that serves. */
    @BeforeEach
    void studies() throws Exception {
        database.execute(
                "delete from study_identity; delete from delivery; delete from output; delete from finding; delete from instance; delete from study;"
                        + " delete from rerun; delete from release_standing");
        before = database.query("select coalesce(max(id), 0) from audit_event").get(0);
        database.execute("insert into release_standing (model_digest, model_name, model_version, eligibility, standing,"
                + " since) values ('" + OLD + "', 'tiny', '1', '{}', 'SHADOW', now()), ('" + "b".repeat(64)
                + "', 'tiny', '2', '{}', 'SERVING', now())");
        study(1, "2026-03-01", "SCANNER", "HIGH", OLD);
        study(2, "2026-03-02", "OTHER", "LOW", OLD);
        study(3, "2026-03-03", "SCANNER", "LOW", OLD);
        study(4, "2026-03-04", "SCANNER", "LOW", "b".repeat(64));
        study(5, "2026-03-05", "SCANNER", "LOW", OLD);
        database.execute(
                "update study set state = 'FAILED', failed_stage = 'deliver', failure_cause = 'x' where id = 5");
    }

    private static void study(int id, String day, String sender, String priority, String digest) throws Exception {
        database.execute(String.format(
                "insert into study (id, study_instance_uid, revision, state, images_seen, images_restored, priority,"
                        + " percentile, first_received_at, last_received_at, restoring_at, restored_at, ended_at)"
                        + " overriding system value values (%1$d, '2.25.%1$d', 1, 'CONFIRMED', 2, 2, '%2$s', 50,"
                        + " '%3$s 12:00Z', '%3$s 12:01Z', '%3$s 12:02:00Z', '%3$s 12:02:10Z', now())",
                id, priority, day));
        for (int image = 1; image <= 2; image++) {
            int row = id * 10 + image;
            database.execute(String.format(
                    "insert into instance (id, study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                            + " transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at,"
                            + " outcome) overriding system value values (%1$d, %2$d, '2.25.7%1$d', '1.2', '2.25.3', '1.2',"
                            + " 'MR', '%3$s', '%1$d.dcm', '%1$064d', 9, now(), 'RESTORED')",
                    row, id, sender));
            database.execute(String.format(
                    "insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                            + " configuration_digest, score, percentile, flagged, created_at) values (%1$d, %1$d, 1, 'tiny',"
                            + " '1', '%2$s', '0', 1, 50, false, now())",
                    row, digest));
        }
        database.execute("select setval(pg_get_serial_sequence('study', 'id'), 100)");
    }

    private static RerunChoice choice(String from, String to, String sender, String priority, String release) {
        return RerunChoice.of(null, null, from, to, sender, priority, release);
    }

    @ParameterizedTest
    @CsvSource({
        ",,,,,3",
        "2026-03-02,,,,,2",
        ",2026-03-02,,,,2",
        ",,SCANNER,,,2",
        ",,SCANNER,HIGH,,1",
        ",,,,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,3",
        ",,,,bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,0",
    })
    void finishedStudiesAreChosenThatAReleaseJudgedWhichDoesNotServe(
            String from, String to, String sender, String priority, String release, long studies) {
        RerunPreview preview = reruns.preview(choice(from, to, sender, priority, release));
        assertThat(preview.studies()).isEqualTo(studies);
        assertThat(preview.images()).isEqualTo(2 * studies);
        assertThat(preview.seconds()).as("5 s an image before").isEqualTo(10.0 * studies);
    }

    /** Both of its revisions are judged again, whichever of them has what was asked for. */
    @Test
    void aStudyIsChosenAsAWholeByItsFirstInstanceAndTheMostUrgentOfWhatStands() throws Exception {
        study(7, "2026-04-02", "LATER", "LOW", OLD);
        database.execute("update study set study_instance_uid = '2.25.1', revision = 2 where id = 7");
        assertThat(reruns.preview(choice("2026-04-01", null, null, null, null)).studies())
                .as("received")
                .isZero();
        assertThat(reruns.preview(choice(null, "2026-03-01", null, null, null)).images())
                .isEqualTo(4);
        assertThat(reruns.preview(choice(null, null, null, "LOW", null)).studies())
                .as("of lower priority")
                .isEqualTo(2);
        assertThat(reruns.preview(choice(null, null, null, "HIGH", null)).images())
                .isEqualTo(4);
        assertThat(reruns.preview(choice(null, null, "LATER", null, null)).images())
                .isEqualTo(4);
        assertThat(reruns.preview(RerunChoice.ALL).images()).isEqualTo(8);
        database.execute(
                "update finding set model_digest = '" + "c".repeat(64) + "' where instance_id between 70 and 79");
        assertThat(reruns.preview(choice(null, null, null, null, "c".repeat(64)))
                        .images())
                .isEqualTo(4);
        reruns.start(choice(null, null, "LATER", null, null), ADAM);
        Taken taken = next.take().orElseThrow();
        assertThat(database.query("select images_seen from study where study_instance_uid = '2.25.1' and revision = "
                        + taken.revision()))
                .containsExactly("4");
    }

    @Test
    void studiesAreChosenByTheirDateWhereItIsOnRecord() throws Exception {
        database.execute("insert into study_identity (study_instance_uid, state, changed_at, study_day, words) values"
                + " ('2.25.1', 'RECORDED', now(), '2026-02-01', '')");
        assertThat(reruns.preview(RerunChoice.of("2026-02-01", "2026-02-01", null, null, null, null, null))
                        .studies())
                .isOne();
        assertThat(reruns.preview(RerunChoice.of("2026-02-02", null, null, null, null, null, null))
                        .studies())
                .isZero();
    }

    @Test
    void howLongItTakesIsNotSaidWhereNothingWasRestoredHere() throws Exception {
        database.execute("update study set restoring_at = null");
        assertThat(reruns.preview(RerunChoice.ALL).seconds()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "26.11.2026,,,,,receivedFrom",
        "2026-03-02,2026-03-01,,,,later",
        ",,A TITLE OF SEVENTEEN,,,callingAeTitle",
        ",,,UNJUDGED,,priority",
        ",,,,AB,modelDigest",
    })
    void aChoiceThatIsNoneIsRefusedByName(
            String from, String to, String sender, String priority, String release, String named) {
        assertThatThrownBy(() -> choice(from, to, sender, priority, release))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    /** Where everything was delivered that was judged. */
    private static Rerun.Progress progress(long done, long failed, long underWay, Long left) {
        return new Rerun.Progress(done, done, 0, 0, 0, failed, 0, underWay, left);
    }

    private static void restored(Taken taken) throws Exception {
        database.execute("update study set state = 'CONFIRMED', restored_at = now(), ended_at = now() where"
                + " study_instance_uid = '" + taken.studyInstanceUid() + "' and revision = " + taken.revision());
        database.execute("update study set superseded_at = now() where revision = 1 and study_instance_uid = '"
                + taken.studyInstanceUid() + "'");
    }

    private static void failed(Taken taken) throws Exception {
        database.execute("update study set state = 'FAILED', failed_stage = 'restore', failure_cause = 'no device',"
                + " superseded_at = now(), ended_at = now() where study_instance_uid = '" + taken.studyInstanceUid()
                + "' and revision = " + taken.revision());
    }

    @Test
    void aRunTakesEachStudyOnceTheLatestFirstAndEnds() throws Exception {
        assertThat(next.isAny()).isFalse();
        Rerun run = reruns.start(RerunChoice.ALL, ADAM);
        assertThat(run.progress()).isEqualTo(progress(0, 0, 0, 3L));
        Taken first = next.take().orElseThrow();
        assertThat(first).isEqualTo(new Taken("2.25.3", 2));
        assertThat(next.take())
                .as("what was begun comes first, also after a restart")
                .contains(first);
        assertThat(reruns.find(run.id()).orElseThrow().progress()).isEqualTo(progress(0, 0, 1, 2L));
        restored(first);
        Taken second = next.take().orElseThrow();
        assertThat(second.studyInstanceUid()).isEqualTo("2.25.2");
        failed(second);
        Taken third = next.take().orElseThrow();
        assertThat(third.studyInstanceUid()).isEqualTo("2.25.1");
        restored(third);
        assertThat(next.take()).isEmpty();
        Rerun ended = reruns.find(run.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(State.DONE);
        assertThat(ended.progress()).isEqualTo(progress(2, 1, 0, null));
        assertThat(ended.failures()).containsExactly(new Rerun.Failure("2.25.2", 2, false, "no device"));
        assertThat(next.isAny()).isFalse();
        assertThat(database.query(
                        "select kind from audit_event where kind like 'RERUN%' and id > " + before + " order by id"))
                .containsExactly("RERUN_STARTED", "RERUN_DONE");
        assertThat(reruns.preview(RerunChoice.ALL).studies())
                .as("what failed may be chosen once more")
                .isOne();
    }

    /** Judged, with one object that is on its way to two destinations. */
    private static void delivering(Taken taken, String state, String error, String other) throws Exception {
        restored(taken);
        int image = Integer.parseInt(taken.studyInstanceUid().substring("2.25.".length())) * 10 + 1;
        database.execute(String.format(
                "update study set state = 'DELIVERING', ended_at = null where %1$s; insert into output (id, study_id,"
                        + " finding_id, kind, sop_instance_uid, sop_class_uid, series_instance_uid, location, sha256, bytes,"
                        + " created_at) select %2$d, id, %2$d, 'SECONDARY_CAPTURE', '2.25.8%2$d', '1.2', '2.25.9', '%2$d.dcm',"
                        + " repeat('a', 64), 1, now() from study where %1$s; insert into delivery (id, output_id, study_id,"
                        + " destination, state, last_error, next_attempt_at) select %2$d, %2$d, id, 'pacs', '%3$s', '%4$s', now()"
                        + " from study where %1$s union all select %2$d + 1, %2$d, id, 'other', '%5$s', null, now() from study"
                        + " where %1$s",
                "revision = 2 and study_instance_uid = '" + taken.studyInstanceUid() + "'",
                image,
                state,
                error,
                other));
    }

    private static void undelivered(Taken taken) throws Exception {
        delivering(taken, "FAILED", "answered A900H", "CONFIRMED");
        database.execute("update study set state = 'FAILED', failed_stage = 'deliver', failure_cause = '1 deliveries"
                + " failed', ended_at = now() where revision = 2 and study_instance_uid = '" + taken.studyInstanceUid()
                + "'");
    }

    /** That a study is judged is not all that a run is for. */
    @Test
    void whatFailedOrWaitsAtDeliveryIsToldWithItsCauseAndItsWayOn() throws Exception {
        Rerun run = reruns.start(RerunChoice.ALL, ADAM);
        Taken confirmed = next.take().orElseThrow();
        restored(confirmed);
        undelivered(next.take().orElseThrow());
        delivering(next.take().orElseThrow(), "PENDING", "out of reach", "SENT");

        Rerun found = reruns.find(run.id()).orElseThrow();
        assertThat(found.progress()).isEqualTo(new Rerun.Progress(3, 1, 1, 1, 0, 0, 0, 0, 0L));
        assertThat(found.undelivered())
                .containsExactly(
                        new Rerun.Undelivered("2.25.2", 2, StudyState.FAILED, 1, 0, "1 deliveries failed"),
                        new Rerun.Undelivered("2.25.1", 2, StudyState.DELIVERING, 0, 2, "out of reach"));
        assertThat(found.undelivered())
                .extracting(Rerun.Undelivered::getWayOn)
                .satisfiesExactly(
                        failed -> assertThat(failed).contains("POST /api/studies/2.25.2/replay"),
                        waits -> assertThat(waits).contains("by itself"));

        database.execute("update study set state = 'CONFIRMED', failed_stage = null, failure_cause = null,"
                + " ended_at = now() where study_instance_uid = '2.25.2' and revision = 2");
        database.execute("update study set state = 'REFUSED', refusal_rule = 'patient-identity', ended_at = now()"
                + " where study_instance_uid = '" + confirmed.studyInstanceUid() + "' and revision = 2");
        assertThat(reruns.find(run.id()).orElseThrow().progress())
                .as("a replay and a withdrawal later")
                .isEqualTo(new Rerun.Progress(3, 1, 1, 0, 1, 0, 0, 0, 0L));
    }

    /** Else a destination that takes nothing any more would fail thousands. */
    @Test
    void aRunWhoseObjectsFailInSuccessionPausesItself() throws Exception {
        for (int id = 11; id <= 16; id++) {
            study(id, "2026-04-01", "SCANNER", "LOW", OLD);
        }
        Rerun run = reruns.start(RerunChoice.ALL, ADAM);
        for (int i = 0; i < NextOfRerun.FAILURES; i++) {
            undelivered(next.take().orElseThrow());
        }
        assertThat(next.take()).isEmpty();
        Rerun paused = reruns.find(run.id()).orElseThrow();
        assertThat(paused.state()).isEqualTo(State.PAUSED);
        assertThat(paused.stateReason()).contains("5 studies", "delivery");
        assertThat(database.query("select detail from audit_event where kind = 'RERUN_PAUSED' and id > " + before))
                .singleElement()
                .asString()
                .startsWith("5 studies judged again, of those 5 failed at delivery; 0 left");
    }

    @Test
    void whatRulesOfTheHouseRefusedIsInNoRunAndCounted() throws Exception {
        study(6, "2026-03-06", "SCANNER", "LOW", OLD);
        database.execute(
                "delete from finding where instance_id between 60 and 69; update instance set outcome = 'REFUSED',"
                        + " outcome_reason = 'house-rules' where study_id = 6; update study set state = 'REFUSED', priority = null,"
                        + " images_restored = 0, refusal_rule = 'house-rules, modality' where id = 6");
        for (RerunChoice choice : List.of(
                RerunChoice.ALL,
                choice("2026-03-06", null, "SCANNER", null, null),
                choice(null, null, null, "HIGH", OLD))) {
            assertThat(reruns.preview(choice).refusedByHouseRules()).isOne();
        }
        assertThat(reruns.preview(RerunChoice.ALL).studies()).isEqualTo(3);
        for (RerunChoice choice :
                List.of(choice("2026-03-07", null, null, null, null), choice(null, null, "OTHER", null, null))) {
            assertThat(reruns.preview(choice).refusedByHouseRules()).isZero();
        }
        for (String gone : List.of("instances_deleted_at", "superseded_at")) {
            database.execute("update study set " + gone + " = now() where id = 6");
            assertThat(reruns.preview(RerunChoice.ALL).refusedByHouseRules())
                    .as(gone)
                    .isZero();
            database.execute("update study set " + gone + " = null where id = 6");
        }
    }

    /** Nobody can do anything about them, so they are no failures to look at. */
    @Test
    void whatHasNoFilesAnyMoreIsCountedApart() throws Exception {
        database.execute("update study set instances_deleted_at = now() where id = 1");
        RerunPreview preview = reruns.preview(RerunChoice.ALL);
        assertThat(List.of(preview.studies(), preview.filesGone())).containsExactly(2L, 1L);
        assertThat(reruns.preview(choice("2026-03-02", null, null, null, null)).filesGone())
                .isZero();
        Rerun run = reruns.start(RerunChoice.ALL, ADAM);
        Taken gone = next.take().orElseThrow();
        failed(gone);
        database.execute("update study set failed_stage = 'files', failure_cause = 'files are no longer kept'"
                + " where revision = 2");
        failed(next.take().orElseThrow());
        Rerun found = reruns.find(run.id()).orElseThrow();
        assertThat(found.progress()).isEqualTo(new Rerun.Progress(0, 0, 0, 0, 0, 1, 1, 0, 0L));
        assertThat(found.failures())
                .containsExactly(
                        new Rerun.Failure("2.25.2", 2, false, "no device"),
                        new Rerun.Failure(gone.studyInstanceUid(), 2, true, "files are no longer kept"));
    }

    @ParameterizedTest
    @CsvSource({
        "READY,null,null,false",
        "READY,now(),null,false",
        "RECEIVING,null,null,true",
        "DELIVERING,now(),null,true",
        "DELIVERING,now(),rerun,false",
    })
    void liveWorkAndObjectsThatWaitHoldTheNextStudyUp(String state, String restored, String rerun, boolean free)
            throws Exception {
        Rerun run = reruns.start(RerunChoice.ALL, ADAM);
        database.execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at,"
                + " restored_at, rerun_id) values ('2.25.9', 1, '" + state + "', now(), now(), " + restored + ", "
                + ("rerun".equals(rerun) ? run.id() : "null") + ")");
        assertThat(next.heldUp().isEmpty()).isEqualTo(free);
        assertThat(next.take().isPresent()).isEqualTo(free);
    }

    /** Its late image is judged first; the run waits for it and passes on meanwhile. */
    @Test
    void aStudyThatIsOnItsWayIsTakenLast() throws Exception {
        Rerun run = reruns.start(choice("2026-03-03", null, null, null, null), ADAM);
        database.execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at)"
                + " values ('2.25.3', 2, 'RECEIVING', now(), now())");
        assertThat(next.take()).isEmpty();
        assertThat(reruns.find(run.id()).orElseThrow().state()).isEqualTo(State.RUNNING);
        database.execute("update study set state = 'CONFIRMED', ended_at = now() where revision = 2");
        assertThat(next.take()).contains(new Taken("2.25.3", 3));
    }

    @Test
    void aRunIsPausedGoesOnAndIsStopped() throws Exception {
        Rerun run = reruns.start(RerunChoice.ALL, ADAM);
        assertThatThrownBy(() -> reruns.start(RerunChoice.ALL, ADAM)).hasMessageContaining("under way");
        assertThat(reruns.pause(run.id(), ADAM).state()).isEqualTo(State.PAUSED);
        assertThat(next.take()).isEmpty();
        assertThatThrownBy(() -> reruns.pause(run.id(), ADAM)).hasMessageContaining("PAUSED");
        assertThat(reruns.goOn(run.id(), ADAM).state()).isEqualTo(State.RUNNING);
        Taken taken = next.take().orElseThrow();
        assertThat(reruns.stop(run.id(), ADAM).state()).isEqualTo(State.STOPPED);
        assertThat(next.take()).as("what was begun is judged to its end").contains(taken);
        restored(taken);
        assertThat(next.take()).isEmpty();
        assertThatThrownBy(() -> reruns.stop(run.id(), ADAM)).hasMessageContaining("STOPPED");
        assertThatThrownBy(() -> reruns.goOn(run.id() + 1, ADAM)).isInstanceOf(NoSuchElementException.class);
        assertThat(database.query("select kind || ' ' || actor from audit_event where kind like 'RERUN%' and id > "
                        + before + " order by id"))
                .containsExactly(
                        "RERUN_STARTED adam", "RERUN_PAUSED adam", "RERUN_CONTINUED adam", "RERUN_STOPPED adam");
        assertThat(database.query(
                        "select detail from audit_event where kind = 'RERUN_STARTED' order by id desc limit 1"))
                .singleElement()
                .asString()
                .endsWith(" images, of all");
        assertThat(RerunChoice.of("2026-11-01", null, null, "2026-11-26", "WARD", "high", "a".repeat(64))
                        .told())
                .isEqualTo("of studyDateFrom 2026-11-01, receivedTo 2026-11-26, callingAeTitle WARD, priority HIGH,"
                        + " modelDigest " + "a".repeat(64));
        assertThat(reruns.start(RerunChoice.ALL, ADAM).progress().left()).isEqualTo(2);
    }

    @Test
    void nothingChosenIsNoRun() {
        assertThatThrownBy(() -> reruns.start(choice(null, null, "NOBODY", null, null), ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no finished study");
        assertThat(reruns.list()).isEmpty();
    }

    @Test
    void aRunThatFailsInSuccessionPausesItself() throws Exception {
        for (int id = 11; id <= 16; id++) {
            study(id, "2026-04-01", "SCANNER", "LOW", OLD);
        }
        Rerun run = reruns.start(RerunChoice.ALL, ADAM);
        for (int i = 0; i < NextOfRerun.FAILURES; i++) {
            failed(next.take().orElseThrow());
        }
        assertThat(next.take()).isEmpty();
        Rerun paused = reruns.find(run.id()).orElseThrow();
        assertThat(paused.state()).isEqualTo(State.PAUSED);
        assertThat(paused.stateReason()).contains("5 studies");
        reruns.goOn(run.id(), ADAM);
        assertThat(next.take()).as("a person has looked").isPresent();
    }

    /** Whoever started it saw by which releases it would be. */
    @Test
    void aRunPausesWhereOthersServeThanWhenItWasStarted() throws Exception {
        Rerun run = reruns.start(RerunChoice.ALL, ADAM);
        restored(next.take().orElseThrow());
        database.execute("update release_standing set standing = 'SHADOW' where model_version = '2'; insert into"
                + " release_standing (model_digest, model_name, model_version, eligibility, standing, since) values ('"
                + "c".repeat(64) + "', 'tiny', '3', '{}', 'SERVING', now())");
        assertThat(next.take()).isEmpty();
        Rerun paused = reruns.find(run.id()).orElseThrow();
        assertThat(paused.state()).isEqualTo(State.PAUSED);
        assertThat(paused.stateReason()).contains("other releases serve now", "tiny/3", "Going on");
        assertThat(database.query("select detail from audit_event where kind = 'RERUN_PAUSED' and id > " + before))
                .singleElement()
                .asString()
                .contains("by itself: other releases serve now", "tiny/3");

        reruns.goOn(run.id(), ADAM);
        Taken taken = next.take().orElseThrow();
        restored(taken);
        reruns.pause(run.id(), ADAM);
        database.execute("delete from release_standing where model_version = '3'");
        reruns.goOn(run.id(), ADAM);
        assertThat(next.take()).as("since a person paused it").isEmpty();
        assertThat(reruns.find(run.id()).orElseThrow().stateReason()).contains("none");
    }

    @Test
    void aRunWithNothingLeftEndsWhicheverReleasesServe() throws Exception {
        Rerun run = reruns.start(choice(null, null, "OTHER", null, null), ADAM);
        restored(next.take().orElseThrow());
        database.execute("insert into release_standing (model_digest, model_name, model_version, eligibility, standing,"
                + " since) values ('" + "c".repeat(64) + "', 'tiny', '3', '{}', 'SERVING', now())");
        assertThat(next.take()).isEmpty();
        assertThat(reruns.find(run.id()).orElseThrow().state()).isEqualTo(State.DONE);
    }

    /** Of many thousands: neither read as a whole nor sorted for each study that is taken. */
    @Test
    void theNextStudyIsFoundByAnIndex() throws Exception {
        String plan = database.inTransaction(() -> {
            database.entities()
                    .createNativeQuery("set local enable_seqscan = off")
                    .executeUpdate();
            return String.join(
                    "\n",
                    database.entities()
                            .createNativeQuery(
                                    "explain select s.id from study s where " + FinishedStudies.FINISHED
                                            + " order by s.last_received_at desc, s.id desc limit 1",
                                    String.class)
                            .getResultList());
        });
        assertThat(plan).contains("study_finished").doesNotContain("Sort");
    }

    /** Nothing narrows down what is left blank, or misspelt. */
    @ParameterizedTest
    @CsvSource({
        "'',,400",
        "' ',,400",
        ",,400",
        ",true,0",
        "SCANNER,,0",
        "SCANNER,true,400",
        ",false,400",
        ",,400",
        "SCANNER,no,400"
    })
    void aRunOverAllIsStartedWhereSomebodySaysSoAlone(String sender, String all, int refused) {
        RerunQuery query = new RerunQuery();
        query.callingAeTitle = sender;
        query.all = all;
        if (refused == 0) {
            assertThat(query.explicit()).isEqualTo(choice(null, null, sender, null, null));
        } else {
            assertThatThrownBy(query::explicit)
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("all");
        }
    }

    @ParameterizedTest
    @CsvSource({",first", "x,first", "-3,first", "2,3 studies fit now"})
    void aPageStartsWhatItsPreviewSaidAlone(String studies, String refused) {
        assertThatThrownBy(() -> reruns.startPreviewed(RerunChoice.ALL, studies, serving(), ADAM))
                .hasMessageContaining(refused);
        assertThat(reruns.list()).isEmpty();
        assertThat(reruns.startPreviewed(RerunChoice.ALL, "3", serving(), ADAM).choice())
                .isEqualTo(RerunChoice.ALL);
    }

    private static List<String> serving() {
        return reruns.preview(RerunChoice.ALL).by().stream()
                .map(RerunPreview.Serving::digest)
                .toList();
    }

    /** As many studies fit whichever release serves. */
    @Test
    void aRunIsByTheReleasesThatItsPreviewNamedOrNotStarted() throws Exception {
        List<String> shown = serving();
        assertThat(shown).isNotEmpty();
        database.execute("insert into release_standing (model_digest, model_name, model_version, eligibility, standing,"
                + " since) values ('later', 'later', '9', '{}', 'SERVING', now())");
        try {
            assertThatThrownBy(() -> reruns.startPreviewed(RerunChoice.ALL, "3", shown, ADAM))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("later/9");
            assertThat(reruns.list()).isEmpty();
        } finally {
            database.execute("delete from release_standing where model_digest = 'later'");
        }
    }

    @Test
    void theChoiceIsOnRecord() {
        RerunChoice choice = RerunChoice.of(null, null, "2026-03-01", "2026-03-03", "SCANNER", "low", OLD);
        Rerun run = reruns.start(choice, ADAM);
        assertThat(run.choice()).isEqualTo(choice);
        assertThat(run.startedBy()).isEqualTo("adam");
        assertThat(Optional.of(run)).isEqualTo(reruns.find(run.id()));
        assertThat(reruns.list()).isEqualTo(List.of(run));
    }
}
