package org.rigatino.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rigatino.Patience.await;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;
import org.rigatino.Slow;
import org.rigatino.access.Actor;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.finding.ImageFinding;
import org.rigatino.finding.JudgedSlice;
import org.rigatino.finding.SlicePlace;
import org.rigatino.image.FrameReference;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.StudyDeliveries;
import org.rigatino.persistence.StudyStage;
import org.rigatino.persistence.StudyState;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Releases;
import org.rigatino.result.ObjectKind;
import org.rigatino.study.Restored.InstanceResult;
import org.rigatino.study.Restored.JudgedFrame;
import org.rigatino.study.Restored.KeptObject;

/** A claim ends in one of its outcomes on every way out. */
@Slow
class StudyClaimTest {
    private static DeliveryDatabase database;
    private static StudyLife life;
    private static RuntimeException unrecordable;
    private static List<String> routed;
    private static final Set<String> LOST = new HashSet<>();
    private static boolean unreadable;

    private String before;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        LifeOnRecord.Somewhere routing = (study, outputs, asked) -> {
            if (unrecordable != null) {
                throw unrecordable;
            }
            routed = outputs.stream().map(output -> output.sopInstanceUid).toList();
        };
        life = LifeOnRecord.of(database, routing, output -> {
            if (unreadable) {
                throw new IOException("is it mounted?");
            }
            return !LOST.contains(output.sopInstanceUid);
        });
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        before = LifeOnRecord.empty(database);
        database.execute("delete from release_standing");
        unrecordable = null;
        LOST.clear();
        unreadable = false;
    }

    private static void ready() throws Exception {
        LifeOnRecord.study(database, StudyState.READY);
        LifeOnRecord.instance(database, 1, "PENDING", null);
    }

    /** PS3.3 C.7.1: as corrected by an archive while the first images are judged. */
    @ParameterizedTest
    @ValueSource(strings = {"REFUSED", "SET_ASIDE"})
    void nothingIsRecordedOfAStudyThatNamesAnotherPatientSince(String late) throws Exception {
        ready();
        try (StudyClaim claim = claim()) {
            database.execute("insert into study (id, study_instance_uid, revision, state, refusal_rule, patient,"
                    + " first_received_at, last_received_at, ended_at) overriding system value values (9, '2.25.1', 2,"
                    + (late.equals("REFUSED")
                            ? "'REFUSED', 'patient-identity', 'mixed', now(), now(), now())"
                            : "'RECEIVING', null, null, now(), now(), null)"));
            LifeOnRecord.instance(database, 8, late, "patient-identity");
            database.execute("update instance set study_id = 9 where id = 8");
            claim.restored(restored(Outcome.RESTORED));
        }
        assertThat(database.query("select concat_ws(' ', state, refusal_rule, patient) from study where id = 1"))
                .containsExactly("REFUSED patient-identity mixed");
        assertThat(database.query("select outcome from instance where study_id = 1"))
                .containsOnly("REFUSED");
    }

    private static StudyClaim claim() {
        return life.claim("2.25.1", 1).orElseThrow();
    }

    private static String came() throws Exception {
        return database.query("select concat_ws(' ', state, failed_stage, refusal_rule) from study")
                .get(0);
    }

    private static String cause() throws Exception {
        return database.query("select failure_cause from study").get(0);
    }

    private List<String> kinds() throws Exception {
        return database.query("select kind from audit_event where id > " + before + " order by id");
    }

    private static Restored restored(Outcome outcome, JudgedFrame... frames) {
        return restored(outcome, List.of(), frames);
    }

    private static Restored restored(Outcome outcome, List<Restored.SeriesObject> series, JudgedFrame... frames) {
        String reason = outcome == Outcome.RESTORED ? null : "modality";
        return new Restored(
                Optional.of("somebody"),
                "0".repeat(64),
                List.of(new InstanceResult(1, outcome, reason, null)),
                List.of(frames),
                series,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static JudgedFrame frame() {
        return frame("1", "2.25.81", 99, true);
    }

    /** @param release its version, and the digits of its digest */
    private static JudgedFrame frame(String release, String objectUid, double percentile, boolean flagged) {
        return frame(release, objectUid, percentile, flagged, List.of());
    }

    /** @param beside SOP Instance UIDs of the slices that it is joined with */
    private static JudgedFrame frame(
            String release, String objectUid, double percentile, boolean flagged, List<String> beside) {
        ImageFinding finding = new ImageFinding(
                new FrameReference("2.25.1", "2.25.3", "2.25.71", "1.2.840.10008.5.1.4.1.1.4", 1),
                release.repeat(64),
                2.5,
                percentile,
                flagged,
                new float[0],
                beside.stream()
                        .map(sop -> new FrameReference("2.25.1", "2.25.3", sop, "1.2.840.10008.5.1.4.1.1.4", 1))
                        .toList());
        KeptObject object =
                new KeptObject(ObjectKind.SECONDARY_CAPTURE, objectUid, "1.2.3", "2.25.4", "81.dcm", "2".repeat(64), 7);
        JudgedSlice slice = new JudgedSlice(finding, Optional.of(new SlicePlace(0, 0, 1, 42)), OptionalDouble.of(0.5));
        return new JudgedFrame(1, slice, "tiny", release, List.of(object));
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatIsReadyOrWhoseWorkerDiedIsClaimed(StudyState state) throws Exception {
        LifeOnRecord.study(database, state);
        boolean free = state == StudyState.READY || state == StudyState.RESTORING;
        Optional<StudyClaim> claim = life.claim("2.25.1", 1);
        assertThat(claim.isPresent()).isEqualTo(free);
        assertThat(came()).startsWith(free ? "RESTORING" : state.name());
        claim.ifPresent(StudyClaim::giveBack);
        claim.ifPresent(StudyClaim::close);
    }

    @Test
    void oneAtATimeHoldsARevision() throws Exception {
        ready();
        try (StudyClaim claim = claim()) {
            assertThat(life.claim("2.25.1", 1)).isEmpty();
            life.abandon("2.25.1", 1, "not recorded");
            assertThat(came()).isEqualTo("RESTORING");
            claim.giveBack();
        }
        try (StudyClaim again = claim()) {
            again.giveBack();
        }
        assertThat(came()).isEqualTo("RESTORING");
        assertThat(kinds()).isEmpty();
    }

    /** Out of memory, killed, or crashed in native code, each time by the study itself. */
    @Test
    void aStudyOfWhichWorkersDieFailsAndIsReplayedAfterwards() throws Exception {
        ready();
        for (int death = 0; death < Claims.MOST_DEATHS; death++) {
            claim();
            dies();
        }
        assertThat(came()).isEqualTo("RESTORING");
        assertThat(life.claim("2.25.1", 1)).isEmpty();
        assertThat(came()).isEqualTo("FAILED restore");
        assertThat(cause()).contains("5 times in a row", "replay the study");
        assertThat(kinds()).containsExactly("STUDY_FAILED");

        assertThat(life.replay("2.25.1", new Actor("anna", null))).isEqualTo(1);
        try (StudyClaim claim = claim()) {
            claim.restored(restored(Outcome.RESTORED, frame()));
        }
        assertThat(came()).isEqualTo("CONFIRMED");
    }

    /** As many workers as there are may be stopped, or find the database away, while they are at a study. */
    @Test
    void whatIsGivenBackCountsAsNoDeath() throws Exception {
        ready();
        for (int death = 1; death < Claims.MOST_DEATHS; death++) {
            claim();
            dies();
        }
        for (int stop = 0; stop < Claims.MOST_DEATHS; stop++) {
            try (StudyClaim claim = claim()) {
                claim.giveBack();
            }
        }
        claim();
        dies();
        assertThat(life.claim("2.25.1", 1)).isEmpty();
        assertThat(came()).isEqualTo("FAILED restore");
    }

    /** The process of every claim. */
    private static void dies() throws Exception {
        database.cut();
        await().untilAsserted(() -> assertThat(
                        database.query("select count(*) from pg_locks where locktype = 'advisory' and granted"))
                .containsExactly("0"));
    }

    @Test
    void anEventOfAnUnknownRevisionIsOnRecord() throws Exception {
        assertThat(life.claim("2.25.9", 3)).isEmpty();
        assertThat(kinds()).containsExactly("EVENT_REFUSED");
    }

    @Test
    void whatIsRestoredIsOnRecordWithItsJudgement() throws Exception {
        ready();
        try (StudyClaim claim = claim()) {
            assertThat(claim.study().instances()).hasSize(1);
            assertThat(claim.study().identifying()).containsExactly("1.dcm");
            claim.restored(restored(Outcome.RESTORED, frame()));
        }
        assertThat(database.query("select concat_ws(' ', state, priority, patient, images_seen, images_restored)"
                        + " from study"))
                .containsExactly("CONFIRMED HIGH somebody 1 1");
        assertThat(database.query("select concat_ws(' ', normal_z, slice_position, marked_area) from finding"))
                .containsExactly("1 42 0.5");
        assertThat(database.query("select sop_instance_uid from output")).containsExactly("2.25.81");
        assertThat(kinds()).startsWith("OUTPUT_WRITTEN", "STUDY_RESTORED");
    }

    /** Release 2 was promoted and taken back: what it made and nobody has is not sent, what it said does not count. */
    @Test
    void ofTwoReleasesThatJudgedARevisionTheLastOneStands() throws Exception {
        ready();
        serves("2");
        runOf("2", "2.25.82", 99, true);
        deliver("pacs", "FAILED", false);
        deliver("other", "CONFIRMED", true);
        replayed();
        try (StudyClaim claim = claim()) {
            assertThat(claim.study().instances()).as("restored by what serves").isEmpty();
            claim.giveBack();
        }
        serves("1");
        runOf("1", "2.25.81", 20, false);
        assertThat(routed).containsExactly("2.25.81");
        assertThat(deliveries())
                .containsExactly(
                        "other CONFIRMED ",
                        "pacs CANCELLED withdrawn: another release, or other settings, judged or refused its image since");
        assertThat(database.query("select priority || ' ' || percentile from study"))
                .containsExactly("LOW 20");
        assertThat(standing()).containsExactly("1");
        assertThat(withdrawals()).singleElement().asString().contains("model tiny/2 222", "other: 1;", "ended: 1");

        replayed();
        try (StudyClaim claim = claim()) {
            claim.restored(new Restored(
                    Optional.empty(),
                    "0".repeat(64),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty()));
        }
        assertThat(routed).containsExactly("2.25.81");
        assertThat(withdrawals()).as("said once").hasSize(1);
        replayed();
        serves("2");
        runOf("2", "2.25.82", 99, true);
        assertThat(routed).containsExactly("2.25.82");
        assertThat(standing()).as("an earlier row counts again").containsExactly("2");
        assertThat(database.query("select priority from study")).containsExactly("HIGH");
        assertThat(database.query("select count(*) from finding")).containsExactly("2");
    }

    /** The worker that judged first was an hour ahead of the others. */
    @Test
    void theLastJudgementStandsWhateverTheClocksOfWorkersSay() throws Exception {
        ready();
        serves("2");
        runOf("2", "2.25.82", 99, true);
        database.execute("update finding set created_at = now() + interval '1 hour'");
        replayed();
        serves("1");
        runOf("1", "2.25.81", 20, false);
        assertThat(standing()).containsExactly("1");
        assertThat(routed).containsExactly("2.25.81");

        replayed();
        try (StudyClaim claim = claim()) {
            assertThat(claim.study().instances()).as("restored by what serves").isEmpty();
            claim.giveBack();
        }
        serves("2");
        runOf("2", "2.25.82", 99, true);
        assertThat(standing()).as("an earlier row counts again").containsExactly("2");
        assertThat(routed).containsExactly("2.25.82");
    }

    /** The worker that takes the study on again lacks release 2, whose part has a judgement against normal studies. */
    @Test
    void whatAnAbsentReleaseJudgedAgainstNormalStudiesIsNotJudgedByItsHighestImage() throws Exception {
        ready();
        serves("2");
        runOf("2", "2.25.82", 99, true);
        LifeOnRecord.instance(database, 2, "FAILED", "cannot be read");
        database.execute("update release_standing set normal_studies = 24 where standing = 'SERVING';"
                + " update study set state = 'READY', version = version + 1, priority = 'LOW'");
        ModelRelease here = Releases.shipped().get(0);
        ImageFinding found = new ImageFinding(
                new FrameReference("2.25.1", "2.25.3", "2.25.72", "1.2.840.10008.5.1.4.1.1.4", 1),
                here.digest(),
                2.5,
                20,
                false,
                new float[0]);
        JudgedFrame frame = new JudgedFrame(
                2,
                new JudgedSlice(found, Optional.empty(), OptionalDouble.empty()),
                here.name(),
                here.version(),
                frame("1", "2.25.83", 20, false).objects());
        try (StudyClaim claim = claim()) {
            assertThat(claim.study().instances()).hasSize(1);
            claim.restored(new Restored(
                    Optional.of("somebody"),
                    "0".repeat(64),
                    List.of(new InstanceResult(2, Outcome.RESTORED, null, null)),
                    List.of(frame),
                    List.of(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty()));
        }
        assertThat(database.query("select priority from study")).containsExactly("LOW");
        assertThat(came()).isEqualTo("FAILED restore");
        assertThat(cause()).contains("model release tiny/2", "rigatino.restore.models", "replay the study");
    }

    /** As where one of its neighbours was refused in between: what was found, and what goes out, is of the last run. */
    @Test
    void whatWasJoinedOtherwiseInBetweenIsAFindingOfItsOwn() throws Exception {
        ready();
        LifeOnRecord.instance(database, 0, "RESTORED", null);
        LifeOnRecord.instance(database, 2, "RESTORED", null);
        serves("2");
        runOf(frame("2", "2.25.82", 99, true, List.of("2.25.70", "2.25.72")));
        deliver("pacs", "FAILED", false);
        assertThat(database.query("select joined_with from finding")).containsExactly("2.25.70 1, 2.25.72 1");
        assertThat(database.query("select detail from audit_event where kind = 'OUTPUT_WRITTEN' and id > " + before))
                .singleElement()
                .asString()
                .contains("joined with frames 2.25.70 1 sha256 " + "0".repeat(64) + ", 2.25.72 1 sha256 "
                        + "0".repeat(63) + "2 to sha256 ");
        replayed();
        serves("1");
        runOf("1", "2.25.81", 20, false);
        replayed();
        serves("2");
        runOf(frame("2", "2.25.83", 40, false, List.of("2.25.72")));

        assertThat(routed).containsExactly("2.25.83");
        assertThat(deliveries())
                .containsExactly(
                        "pacs CANCELLED withdrawn: another release, or other settings, judged or refused its image since");
        assertThat(standing()).containsExactly("2");
        assertThat(
                        database.query(
                                "select concat_ws(' ', model_version, percentile, flagged, joined_with) from finding order by id"))
                .containsExactly("2 99 t 2.25.70 1, 2.25.72 1", "1 20 f", "2 40 f 2.25.72 1");
        assertThat(database.query("select percentile from study")).containsExactly("40");

        replayed();
        serves("1");
        runOf("1", "2.25.81", 20, false);
        replayed();
        serves("2");
        runOf(frame("2", "2.25.82", 99, true, List.of("2.25.70", "2.25.72")));
        assertThat(routed).as("as at first").containsExactly("2.25.82");
        assertThat(database.query("select count(*) from finding")).containsExactly("3");
        assertThat(database.query("select percentile from study")).containsExactly("99");
    }

    /** A replay writes it again: its instance is restored again, and what was restored with that. */
    @Test
    void whatAnObjectThatIsLostWasMadeOfIsRestoredAgainInAReplay() throws Exception {
        ready();
        serves("1");
        runOf("1", "2.25.81", 99, true);
        LifeOnRecord.instance(database, 2, "RESTORED", null);
        LifeOnRecord.instance(database, 3, "RESTORED", null);
        database.execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at) select 9000 + i.id, i.id, 1, 'tiny', '1',"
                + " f.model_digest, f.configuration_digest, 1, 50, false, f.created_at + (i.id - 2) * interval '1 hour'"
                + " from instance i cross join finding f where i.id > 1");
        replayed();
        assertThat(claimedOnce()).isEmpty();
        LOST.add("2.25.81");
        unreadable = true;
        assertThat(claimedOnce()).as("nobody can tell").isEmpty();
        unreadable = false;
        assertThat(claimedOnce()).as("that run, and no other").containsExactly(1L, 2L);
        try (StudyClaim claim = claim()) {
            claim.restored(new Restored(
                    Optional.of("somebody"),
                    "0".repeat(64),
                    claim.study().instances().stream()
                            .map(row -> new InstanceResult(row.id(), Outcome.RESTORED, null, null))
                            .toList(),
                    List.of(frame(), beside(frame())),
                    List.of(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty()));
        }
        assertThat(database.query("select sop_instance_uid from output")).containsExactly("2.25.81");
        assertThat(database.query("select count(*) from finding")).containsExactly("3");
        assertThat(came()).isEqualTo("CONFIRMED");
    }

    /** The same of instance 2, without objects. */
    private static JudgedFrame beside(JudgedFrame frame) {
        ImageFinding found = frame.finding();
        ImageFinding finding = new ImageFinding(
                new FrameReference("2.25.1", "2.25.3", "2.25.72", "1.2.840.10008.5.1.4.1.1.4", 1),
                found.modelDigest(),
                found.score(),
                found.percentile(),
                found.flagged(),
                new float[0],
                List.of());
        JudgedSlice slice = new JudgedSlice(finding, Optional.empty(), OptionalDouble.empty());
        return new JudgedFrame(2, slice, frame.modelName(), frame.modelVersion(), List.of());
    }

    /** As after an upgrade that gives objects other UIDs, or once a person has said whose the study is. */
    @Test
    void whatAReplayMakesUnderAnotherUidTakesThePlaceOfWhatItMadeBefore() throws Exception {
        ready();
        serves("1");
        runOf("1", "2.25.81", 99, true);
        deliver("pacs", "FAILED", false);
        deliver("other", "CONFIRMED", true);
        replayed();
        LOST.add("2.25.81");
        runOf("1", "2.25.82", 99, true);
        assertThat(routed).containsExactly("2.25.82");
        assertThat(deliveries())
                .satisfiesExactly(other -> assertThat(other).isEqualTo("other CONFIRMED "), pacs -> assertThat(pacs)
                        .startsWith("pacs CANCELLED withdrawn: a replay made other objects in its place"));
        assertThat(withdrawals())
                .singleElement()
                .asString()
                .contains("1 objects of model tiny/1 111", "a replay made", "other: 1;", "ended: 1");
        assertThat(database.query("select concat_ws(' ', count(*), max(percentile)) from finding"))
                .containsExactly("1 99");
        assertThat(standing()).containsExactly("1");
        assertThat(came()).isEqualTo("CONFIRMED");

        replayed();
        assertThat(claimedOnce()).as("nothing that stands is lost").isEmpty();
        LOST.add("2.25.82");
        runOf("1", "2.25.81", 99, true);
        assertThat(routed).as("as the version before made it").containsExactly("2.25.81");
        assertThat(withdrawals()).hasSize(2);
    }

    @Test
    void whatAReplayMakesUnderTheSameUidStandsBesideWhatTookThePlaceOfOthers() throws Exception {
        ready();
        serves("1");
        run(frame(), segmentation("2.25.85"));
        deliver("pacs", "FAILED", false);
        replayed();
        LOST.add("2.25.85");
        run(frame(), segmentation("2.25.86"));
        assertThat(routed).containsExactlyInAnyOrder("2.25.81", "2.25.86");
        assertThat(database.query("select concat_ws(' ', sop_instance_uid, d.state) from output o"
                        + " join delivery d on d.output_id = o.id order by o.id"))
                .containsExactlyInAnyOrder("2.25.81 FAILED", "2.25.85 CANCELLED");
    }

    /** It is not made for anybody, and what there is of it is as right as before. */
    @Test
    void whatNobodyAsksForAnyMoreStandsAfterAReplay() throws Exception {
        ready();
        serves("1");
        run(frame(), segmentation("2.25.85"));
        replayed();
        LOST.add("2.25.81");
        runOf("1", "2.25.82", 99, true);
        assertThat(routed).containsExactlyInAnyOrder("2.25.82", "2.25.85");
    }

    private static void run(JudgedFrame frame, KeptObject ofSeries) throws Exception {
        try (StudyClaim claim = claim()) {
            claim.restored(restored(
                    Outcome.RESTORED,
                    List.of(new Restored.SeriesObject(
                            ofSeries, List.of(frame.finding().reference()))),
                    frame));
        }
    }

    private static KeptObject segmentation(String objectUid) {
        return new KeptObject(
                ObjectKind.SEGMENTATION, objectUid, "1.2.3", "2.25.5", objectUid + ".dcm", "2".repeat(64), 7);
    }

    /** Its result would be gone with a file, or by a rule that nobody had when it was restored. */
    @ParameterizedTest
    @CsvSource({
        "FAILED, no such file, , its file as received",
        "REFUSED, laterality, , take back what has it refused",
        "RESTORED, , frame 1 refused (laterality), take back what has it refused"
    })
    void whatCannotBeRestoredOnceMoreStands(Outcome outcome, String reason, String detail, String wayOn)
            throws Exception {
        ready();
        serves("1");
        runOf("1", "2.25.81", 99, true);
        replayed();
        database.execute("update study set priority = 'HIGH'");
        LOST.add("2.25.81");
        try (StudyClaim claim = claim()) {
            claim.restored(new Restored(
                    Optional.of("somebody"),
                    "0".repeat(64),
                    List.of(new InstanceResult(1, outcome, reason, detail)),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty()));
        }
        assertThat(came()).isEqualTo("FAILED deliver");
        assertThat(cause()).contains(reason == null ? detail : reason, "2.25.71", "bring back", wayOn);
        assertThat(database.query("select concat_ws(' ', outcome, priority) from instance cross join study"))
                .containsExactly("RESTORED HIGH");
        assertThat(standing()).containsExactly("1");
    }

    private static List<Long> claimedOnce() {
        try (StudyClaim claim = claim()) {
            claim.giveBack();
            return claim.study().instances().stream()
                    .map(ClaimedStudy.ReceivedInstance::id)
                    .toList();
        }
    }

    @Test
    void whatTheFramesOfASeriesObjectWereJoinedWithIsInTheTrailAsOneDigest() throws Exception {
        ready();
        LifeOnRecord.instance(database, 2, "RESTORED", null);
        serves("2");
        JudgedFrame frame = frame("2", "2.25.82", 99, true, List.of("2.25.72"));
        KeptObject object =
                new KeptObject(ObjectKind.SEGMENTATION, "2.25.85", "1.2.3", "2.25.5", "85.dcm", "2".repeat(64), 7);
        try (StudyClaim claim = claim()) {
            claim.restored(restored(
                    Outcome.RESTORED,
                    List.of(new Restored.SeriesObject(
                            object, List.of(frame.finding().reference()))),
                    frame));
        }
        String line = "2.25.71 1 " + "0".repeat(63) + "1 2.25.72 1";
        assertThat(database.query("select detail from audit_event where subject = '2.25.85' and id > " + before))
                .containsExactly("from 1 findings in series 2.25.3 by model " + "2".repeat(64) + " joined as in sha256 "
                        + DigestUtils.sha256Hex(line) + " to sha256 " + "2".repeat(64));
    }

    /** A destination that takes key objects alone, for instance, gets none of what is not flagged. */
    @Test
    void whatWasWithdrawnIsNoFailureWhereNothingElseIsToBeSent() throws Exception {
        ready();
        serves("2");
        runOf("2", "2.25.82", 99, true);
        deliver("pacs", "FAILED", false);
        replayed();
        serves("1");
        runOf("1", "2.25.81", 20, false);
        assertThat(came()).isEqualTo("CONFIRMED");
    }

    /** Whatever became of the object of another release: the study did not end by it. */
    @ParameterizedTest
    @EnumSource(
            value = Delivery.State.class,
            names = {"CONFIRMED", "DELIVERED", "DECLINED"})
    void whatWasWithdrawnDecidesNothing(Delivery.State state) throws Exception {
        ready();
        serves("2");
        runOf("2", "2.25.82", 99, true);
        deliver("pacs", state.name(), true);
        replayed();
        serves("1");
        runOf("1", "2.25.81", 20, false);
        assertThat(came()).isEqualTo("CONFIRMED");
        assertThat(database.query("select detail from audit_event where kind like 'STUDY_%' order by id desc limit 1"))
                .containsExactly("nothing to deliver");
    }

    /** Nobody would look at it any more: a refusal says nothing of what was found. */
    @Test
    void whatOneReleaseFoundStandsUnsentWhereTheOneThatServesSinceRefusesTheImage() throws Exception {
        ready();
        serves("2");
        runOf("2", "2.25.82", 99, true);
        deliver("pacs", "FAILED", false);
        database.execute("update study set state = 'READY', version = version + 1");
        serves("1");
        try (StudyClaim claim = claim()) {
            assertThat(claim.study().instances()).hasSize(1);
            claim.restored(restored(Outcome.REFUSED));
        }
        assertThat(came()).isEqualTo("FAILED deliver");
        assertThat(cause()).contains("2.25.71", "modality", "what tiny/2 found of it stands", "promote a release");
        assertThat(deliveries()).singleElement().asString().startsWith("pacs FAILED");
        assertThat(standing()).containsExactly("2");
        assertThat(database.query("select concat_ws(' ', outcome, priority) from instance cross join study"))
                .containsExactly("RESTORED HIGH");
        assertThat(withdrawals()).isEmpty();
    }

    /** As of 23 slices one at the edge, of which the release that serves since judges nothing. */
    @ParameterizedTest
    @CsvSource({
        "99, true, 20, false, CONFIRMED",
        "70, false, 75, false, CONFIRMED",
        "20, false, 70, false, FAILED deliver",
        "99, true, 98, true, FAILED deliver"
    })
    void ofWhatIsRefusedSinceThatAloneHoldsAStudyBackByWhichItIsUrgent(
            double kept, boolean keptFlagged, double lost, boolean lostFlagged, String comes) throws Exception {
        ready();
        LifeOnRecord.instance(database, 2, "PENDING", null);
        serves("2");
        InstanceResult second = new InstanceResult(2, Outcome.RESTORED, null, null);
        try (StudyClaim claim = claim()) {
            claim.restored(both(
                    second,
                    frame("2", "2.25.82", kept, keptFlagged),
                    ofSecond(frame("2", "2.25.83", lost, lostFlagged))));
        }
        deliver("pacs", "FAILED", false);
        database.execute("update study set state = 'READY', version = version + 1");
        serves("1");
        InstanceResult refused = new InstanceResult(2, Outcome.REFUSED, "foreground", null);
        try (StudyClaim claim = claim()) {
            assertThat(claim.study().instances()).hasSize(2);
            claim.restored(both(refused, frame("1", "2.25.81", kept, keptFlagged)));
        }
        assertThat(came()).isEqualTo(comes);
        boolean sent = comes.equals("CONFIRMED");
        assertThat(standing()).isEqualTo(sent ? List.of("1") : List.of("2", "2"));
        assertThat(database.query("select concat_ws(' ', outcome, outcome_reason) from instance order by id"))
                .containsExactly("RESTORED", sent ? "REFUSED foreground" : "RESTORED");
        assertThat(database.query("select detail from audit_event where id > " + before
                        + " and kind in ('STUDY_RESTORED', 'STUDY_FAILED') order by id desc limit 1"))
                .singleElement()
                .asString()
                .contains(sent ? "1 of 2 images restored" : "2.25.72");
        if (sent) {
            assertThat(routed).containsExactly("2.25.81");
        }
    }

    private static JudgedFrame ofSecond(JudgedFrame frame) {
        return new JudgedFrame(2, beside(frame).slice(), frame.modelName(), frame.modelVersion(), frame.objects());
    }

    private static Restored both(InstanceResult second, JudgedFrame... frames) {
        Restored one = restored(Outcome.RESTORED, frames);
        return new Restored(
                one.patient(),
                one.configurationDigest(),
                List.of(one.instances().get(0), second),
                one.frames(),
                one.series(),
                one.refusedBesides(),
                one.asked(),
                one.ruledBy(),
                one.ruledDestinations());
    }

    /** As where a person says whose the study is, or cancels what goes to a destination: a deadlock would be theirs to read. */
    @Test
    void whoLocksADeliveryBeforeItsStudyIsNotCaughtByAReplayThatWithdraws() throws Exception {
        ready();
        serves("2");
        runOf("2", "2.25.82", 99, true);
        deliver("pacs", "PENDING", false);
        replayed();
        serves("1");
        database.beside(
                "select id from delivery where study_id = 1 order by id for update",
                "select id from study where id = 1 for update",
                () -> {
                    runOf("1", "2.25.81", 20, false);
                    return null;
                });
        assertThat(withdrawals()).hasSize(1);
    }

    /** It is added as an assessment or a rejection note is, and sent at once, while a claim that withdraws waits for its study. */
    @Test
    void whatIsAddedToAStudyWhoseClaimEndsIsLockedInTheOrderOfWhoeverSendsIt() throws Exception {
        ready();
        serves("2");
        runOf("2", "2.25.82", 99, true);
        deliver("pacs", "PENDING", false);
        replayed();
        serves("1");
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch add = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (StudyClaim claim = claim();
                Connection pause = database.dataSource().getConnection()) {
            Future<Void> adds = threads.submit(() -> database.inTransaction(() -> {
                StudyDeliveries.hold(database.entities(), "2.25.1");
                lock("study where id = 1");
                locked.countDown();
                add.await(Patience.SECONDS, TimeUnit.SECONDS);
                database.entities()
                        .createNativeQuery("insert into delivery (output_id, study_id, destination, state, essential,"
                                + " next_attempt_at) select id, study_id, 'other', 'PENDING', false, now() from output")
                        .executeUpdate();
                return null;
            }));
            locked.await(Patience.SECONDS, TimeUnit.SECONDS);
            pause.setAutoCommit(false);
            try (Statement statement = pause.createStatement()) {
                statement.execute("lock table finding in share mode");
            }
            Future<Void> ends = threads.submit(() -> {
                claim.restored(restored(Outcome.RESTORED, frame("1", "2.25.81", 20, false)));
                return null;
            });
            waits("true");
            add.countDown();
            adds.get(Patience.SECONDS, TimeUnit.SECONDS);
            waits("relation = 'finding'::regclass");
            Future<Void> sends = threads.submit(() -> database.inTransaction(() -> {
                lock("delivery where destination = 'other'");
                lock("study where id = 1");
                return null;
            }));
            waits("relation is distinct from 'finding'::regclass");
            pause.commit();
            ends.get(Patience.SECONDS, TimeUnit.SECONDS);
            sends.get(Patience.SECONDS, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        assertThat(database.query("select state from delivery order by id")).containsExactly("CANCELLED", "CANCELLED");
    }

    private static void lock(String rows) {
        database.entities()
                .createNativeQuery("select id from " + rows + " for update")
                .getResultList();
    }

    private static void waits(String lock) {
        await().until(() -> !database.query("select 1 from pg_locks where not granted and (" + lock + ")")
                .isEmpty());
    }

    private static void serves(String release) throws Exception {
        for (String each : List.of("1", "2")) {
            database.execute(String.format(
                    "insert into release_standing (model_digest, model_name, model_version, eligibility, standing, since)"
                            + " values (repeat('%1$s', 64), 'tiny', '%1$s', '{}', '%2$s', now())"
                            + " on conflict (model_digest) do update set standing = excluded.standing",
                    each, each.equals(release) ? "SERVING" : "SHADOW"));
        }
    }

    private static void runOf(String release, String objectUid, double percentile, boolean flagged) throws Exception {
        runOf(frame(release, objectUid, percentile, flagged));
    }

    private static void runOf(JudgedFrame frame) throws Exception {
        try (StudyClaim claim = claim()) {
            assertThat(claim.study().instances()).hasSize(1);
            claim.restored(restored(Outcome.RESTORED, frame));
        }
    }

    private static void deliver(String destination, String state, boolean sent) throws Exception {
        database.execute(
                "insert into delivery (output_id, study_id, destination, state, next_attempt_at, sent_at) select id,"
                        + " study_id, '" + destination + "', '" + state + "', now(), " + (sent ? "now()" : "null")
                        + " from output");
    }

    /** Without its priority, which stays where no release that judged is here. */
    private static void replayed() throws Exception {
        database.execute("update study set state = 'READY', version = version + 1, priority = null, percentile = null");
    }

    private static List<String> deliveries() throws Exception {
        return database.query("select destination || ' ' || state || ' ' || coalesce(last_error, '') from delivery"
                + " order by destination");
    }

    private List<String> withdrawals() throws Exception {
        return database.query("select detail from audit_event where kind = 'RESULTS_WITHDRAWN' and id > " + before);
    }

    private static List<String> standing() throws Exception {
        return database.inTransaction(() -> database.entities()
                .createQuery("select f.modelVersion from Finding f where " + Finding.STANDS, String.class)
                .getResultList());
    }

    @Test
    void aRefusalOrAFailureSettlesIt() throws Exception {
        ready();
        try (StudyClaim claim = claim()) {
            claim.restored(restored(Outcome.REFUSED));
        }
        assertThat(came()).isEqualTo("REFUSED modality");
        empty();
        ready();
        try (StudyClaim claim = claim()) {
            claim.refused("patient-identity", "two patients");
        }
        assertThat(came()).isEqualTo("REFUSED patient-identity");
        empty();
        ready();
        try (StudyClaim claim = claim()) {
            claim.failed(StudyStage.IMAGE, "it cannot be read");
            assertThatThrownBy(() -> claim.failed(StudyStage.IMAGE, "twice")).hasMessageContaining("settled already");
        }
        assertThat(came()).isEqualTo("FAILED image");
        assertThat(kinds()).containsExactly("STUDY_FAILED");
    }

    @Test
    void lettingGoOfItFailsTheStudy() throws Exception {
        ready();
        claim().close();
        assertThat(came()).isEqualTo("FAILED restore");
        assertThat(cause()).contains("without an outcome");
        assertThat(kinds()).containsExactly("STUDY_FAILED");
    }

    @Test
    void anErrorOfTheMachineFailsTheStudyWithItsName() throws Exception {
        ready();
        assertThatThrownBy(() -> {
                    try (StudyClaim claim = claim()) {
                        claim.during(() -> {
                            throw new OutOfMemoryError("Java heap space of a patient");
                        });
                    }
                })
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(came()).isEqualTo("FAILED restore");
        assertThat(cause()).contains("OutOfMemoryError at ", "replay").doesNotContain("patient");
    }

    /** Nothing of the outcome is left behind, and the stage is that of the record. */
    @Test
    void anOutcomeThatCannotBeRecordedFailsTheStudy() throws Exception {
        ready();
        unrecordable = new IllegalArgumentException("no");
        assertThatThrownBy(() -> {
                    try (StudyClaim claim = claim()) {
                        claim.during(() -> claim.restored(restored(Outcome.RESTORED, frame())));
                    }
                })
                .isSameAs(unrecordable);
        assertThat(came()).isEqualTo("FAILED record");
        assertThat(cause()).contains("IllegalArgumentException at ");
        assertThat(database.query("select count(*) from finding")).containsExactly("0");
        assertThat(kinds()).containsExactly("STUDY_FAILED");
    }

    @Test
    void anInstanceOfWhichNothingIsSaidIsNotLost() throws Exception {
        ready();
        LifeOnRecord.instance(database, 2, "PENDING", null);
        try (StudyClaim claim = claim()) {
            assertThatThrownBy(() -> claim.restored(restored(Outcome.RESTORED, frame())))
                    .hasMessageContaining("2.25.72");
        }
        assertThat(came()).isEqualTo("FAILED record");
    }

    @Test
    void whatAnotherHasTakenOnSinceIsLeftToIt() throws Exception {
        ready();
        try (StudyClaim claim = claim()) {
            database.execute("update study set version = version + 1");
            claim.restored(restored(Outcome.RESTORED, frame()));
        }
        assertThat(came()).isEqualTo("RESTORING");
        StudyClaim lost = claim();
        database.execute("update study set version = version + 1");
        lost.close();
        assertThat(came()).isEqualTo("RESTORING");
        assertThat(kinds()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatHasNoOutcomeYetIsAbandoned(StudyState state) throws Exception {
        LifeOnRecord.study(database, state);
        String before = came();
        life.abandon("2.25.1", 1, "the disk is full");
        boolean open = state == StudyState.READY || state == StudyState.RESTORING;
        assertThat(came()).isEqualTo(open ? "FAILED record" : before);
        assertThat(kinds()).isEqualTo(open ? List.of("STUDY_FAILED") : List.of());
    }
}
