package org.rigatino.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Slow;
import org.rigatino.access.Actor;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.finding.ImageFinding;
import org.rigatino.finding.JudgedSlice;
import org.rigatino.finding.SlicePlace;
import org.rigatino.image.FrameReference;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.StudyStage;
import org.rigatino.persistence.StudyState;
import org.rigatino.result.ObjectKind;
import org.rigatino.study.Restored.InstanceResult;
import org.rigatino.study.Restored.JudgedFrame;
import org.rigatino.study.Restored.KeptObject;

/** Finished studies judged again, on a real PostgreSQL: what stands, before and after. */
@Slow
class JudgementAgainTest {
    private static final Actor ADAM = new Actor("adam", null);
    private static final String OLD = "a";
    private static final String NEW = "b";

    private static DeliveryDatabase database;
    private static StudyLife life;
    private static List<String> routed = List.of();

    private String before;
    private long rerun;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        life = LifeOnRecord.of(
                database,
                (study, outputs, asked) -> routed = outputs.stream()
                        .map(output -> output.sopInstanceUid)
                        .sorted()
                        .toList());
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    /** Revision 1 with two images that the old release judged, which is finished; the new one serves. */
    @BeforeEach
    void finished() throws Exception {
        before = LifeOnRecord.empty(database);
        database.execute("delete from rerun; delete from release_standing");
        database.execute("insert into rerun (state, state_since, started_by, started_at)"
                + " values ('RUNNING', now(), 'adam', now())");
        rerun = Long.parseLong(database.query("select id from rerun").get(0));
        LifeOnRecord.study(database, StudyState.READY);
        LifeOnRecord.instance(database, 1, "PENDING", null);
        LifeOnRecord.instance(database, 2, "PENDING", null);
        serves(OLD);
        restore(1, OLD, 20);
        assertThat(state(1)).isEqualTo("CONFIRMED");
        serves(NEW);
    }

    private static void serves(String release) throws Exception {
        database.execute("delete from release_standing");
        for (String one : List.of(OLD, NEW)) {
            database.execute(
                    "insert into release_standing (model_digest, model_name, model_version, eligibility, standing,"
                            + " since) values ('" + one.repeat(64) + "', 'tiny', '" + one + "', '{}', '"
                            + (one.equals(release) ? "SERVING" : "SHADOW") + "', now())");
        }
    }

    private static void restore(int revision, String release, double percentile) throws Exception {
        try (StudyClaim claim = life.claim("2.25.1", revision).orElseThrow()) {
            claim.restored(result(claim.study(), release, percentile, Outcome.RESTORED));
        }
    }

    /** @param second what became of the second image */
    private static Restored result(ClaimedStudy study, String release, double percentile, Outcome second) {
        List<InstanceResult> came = new ArrayList<>();
        List<JudgedFrame> frames = new ArrayList<>();
        study.instances().forEach(row -> {
            Outcome outcome = row.id() == 2 ? second : Outcome.RESTORED;
            came.add(new InstanceResult(row.id(), outcome, outcome == Outcome.RESTORED ? null : "unlike", null));
            if (outcome == Outcome.RESTORED) {
                frames.add(frame(study, row.id(), row.sopInstanceUid(), release, percentile));
            }
        });
        return new Restored(
                Optional.of("somebody"),
                "0".repeat(64),
                came,
                frames,
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static JudgedFrame frame(ClaimedStudy study, long id, String sop, String release, double percentile) {
        ImageFinding finding = new ImageFinding(
                new FrameReference("2.25.1", "2.25.3", sop, "1.2.840.10008.5.1.4.1.1.4", 1),
                release.repeat(64),
                2.5,
                percentile,
                percentile > 95,
                new float[0]);
        // As the pipeline does: of a revision that judges again, UIDs of its own.
        String uid = "2.25." + (release.equals(OLD) ? 7 : 8) + id + (study.again() ? study.revision() : "");
        KeptObject object =
                new KeptObject(ObjectKind.SECONDARY_CAPTURE, uid, "1.2.3", uid + ".4", uid + ".dcm", "2".repeat(64), 7);
        return new JudgedFrame(
                id,
                new JudgedSlice(finding, Optional.of(new SlicePlace(0, 0, 1, id)), OptionalDouble.empty()),
                "tiny",
                release,
                List.of(object));
    }

    private static String state(int revision) throws Exception {
        return database.query("select state from study where revision = " + revision)
                .get(0);
    }

    /** Releases of the findings that stand, one a finding. */
    private static List<String> standing() throws Exception {
        return database.inTransaction(() -> database.entities()
                .createQuery(
                        "select f.modelVersion from Finding f join f.instance i where " + Finding.STANDS
                                + " order by f.id",
                        String.class)
                .getResultList());
    }

    private static List<String> standingObjects() throws Exception {
        return database.inTransaction(() -> database.entities()
                .createQuery(
                        "select o.sopInstanceUid from Output o where " + Output.STANDS + " order by o.id", String.class)
                .getResultList());
    }

    private List<String> kinds() throws Exception {
        return database.query("select kind from audit_event where id > " + before + " order by id");
    }

    @Test
    void whatStoodStandsUntilItIsJudgedAgainAndIsSupersededThen() throws Exception {
        assertThat(life.judgeAgain("2.25.1", rerun, ADAM)).isEqualTo(new StudyLife.Judged(2, 2));
        assertThat(standing()).containsExactly(OLD, OLD);
        assertThat(database.query("select count(*) from instance where study_id = 1"))
                .containsExactly("2");
        StudyClaim claim = life.claim("2.25.1", 2).orElseThrow();
        assertThat(claim.study().instances()).hasSize(2);
        assertThat(claim.study().again()).isTrue();
        assertThat(standing()).as("while it is judged").containsExactly(OLD, OLD);
        claim.restored(result(claim.study(), NEW, 99, Outcome.RESTORED));
        claim.close();

        assertThat(standing()).containsExactly(NEW, NEW);
        assertThat(routed).containsExactly("2.25.812", "2.25.822");
        assertThat(standingObjects()).containsExactly("2.25.812", "2.25.822");
        assertThat(database.query("select concat_ws(' ', revision, state, priority, superseded_by,"
                        + " superseded_at is not null, images_restored) from study order by revision"))
                .containsExactly("1 CONFIRMED LOW 2 t 2", "2 CONFIRMED HIGH f 2");
        assertThat(database.query("select detail from audit_event where kind = 'RESULTS_WITHDRAWN' and id > " + before))
                .singleElement()
                .asString()
                .contains("2 objects of model tiny/a");
        assertThat(database.query("select actor from audit_event where kind = 'STUDY_JUDGED_ANEW' and id > " + before))
                .containsExactly("adam");
    }

    @Test
    void whoLocksADeliveryBeforeItsStudyIsNotCaughtWhereItIsSuperseded() throws Exception {
        database.execute("insert into delivery (output_id, study_id, destination, state, next_attempt_at)"
                + " select id, study_id, 'pacs', 'FAILED', now() from output");
        life.judgeAgain("2.25.1", rerun, ADAM);
        database.beside(
                "select id from delivery where study_id = 1 order by id for update",
                "select id from study where id = 1 for update",
                () -> {
                    restore(2, NEW, 99);
                    return null;
                });
        assertThat(database.query("select distinct state from delivery")).containsExactly("CANCELLED");
    }

    /** All or nothing: no study stands by two releases in parts, and nothing that was found is gone without a word. */
    @Test
    void whereTheNewReleasePassesAnImageOverAllThatStoodStands() throws Exception {
        life.judgeAgain("2.25.1", rerun, ADAM);
        try (StudyClaim claim = life.claim("2.25.1", 2).orElseThrow()) {
            claim.restored(result(claim.study(), NEW, 99, Outcome.REFUSED));
        }
        requireAsBefore();
        assertThat(database.query("select failure_cause from study where revision = 2"))
                .singleElement()
                .asString()
                .contains("1 of 2 frames", "unlike");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "refused", "left", "abandoned"})
    void whereJudgingAgainFailsAllThatStoodStands(String how) throws Exception {
        life.judgeAgain("2.25.1", rerun, ADAM);
        if (how.equals("abandoned")) {
            life.abandon("2.25.1", 2, "no room");
        } else {
            try (StudyClaim claim = life.claim("2.25.1", 2).orElseThrow()) {
                switch (how) {
                    case "failed" -> claim.failed(StudyStage.RESTORE, "no device");
                    case "refused" -> claim.refused("patient-identity", "two patients");
                    default -> {}
                }
            }
        }
        requireAsBefore();
    }

    private void requireAsBefore() throws Exception {
        assertThat(standing()).containsExactly(OLD, OLD);
        assertThat(standingObjects()).containsExactly("2.25.71", "2.25.72");
        assertThat(database.query("select outcome || study_id from instance"))
                .containsExactly("RESTORED1", "RESTORED1");
        assertThat(database.query("select concat_ws(' ', revision, state, superseded_at is not null, superseded_by)"
                        + " from study order by revision"))
                .containsExactly("1 CONFIRMED f", "2 FAILED t");
        assertThat(kinds()).contains("STUDY_FAILED").doesNotContain("RESULTS_WITHDRAWN");
        assertThat(life.replay("2.25.1", ADAM)).as("it waits for nobody").isZero();
        assertThat(life.judgeAgain("2.25.1", rerun, ADAM).revision()).isEqualTo(3);
    }

    @Test
    void aStudyThatIsOnItsWayIsNotDisturbed() throws Exception {
        database.execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at)"
                + " values ('2.25.1', 2, 'RECEIVING', now(), now())");
        requireRefused(ActRefusedException.Reason.AT_WORK);
        database.execute("update study set state = 'DELIVERING', restored_at = now() where revision = 2");
        requireRefused(ActRefusedException.Reason.AT_WORK);
    }

    @Test
    void whatServesJudgedIsNotJudgedAgain() throws Exception {
        serves(OLD);
        requireRefused(ActRefusedException.Reason.SERVED_ALREADY);
        database.execute("update study set state = 'FAILED', failed_stage = 'deliver', failure_cause = 'refused'");
        serves(NEW);
        requireRefused(ActRefusedException.Reason.SERVED_ALREADY);
    }

    private void requireRefused(ActRefusedException.Reason reason) {
        assertThatThrownBy(() -> life.judgeAgain("2.25.1", rerun, ADAM))
                .isInstanceOfSatisfying(ActRefusedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    /** Its image came while the first was judged again; it is another's work. */
    @Test
    void aLateImageGoesOnInARevisionOfItsOwn() throws Exception {
        life.judgeAgain("2.25.1", rerun, ADAM);
        database.execute(
                "insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at)"
                        + " overriding system value values (9, '2.25.1', 3, 'READY', now(), now())");
        LifeOnRecord.instance(database, 3, "PENDING", null);
        database.execute("update instance set study_id = 9 where id = 3");
        restore(3, NEW, 50);
        restore(2, NEW, 99);
        assertThat(standing()).containsExactly(NEW, NEW, NEW);
        assertThat(database.query("select revision from study where superseded_at is null order by revision"))
                .containsExactly("2", "3");
    }

    @Test
    void aReleaseThatServesOnceMoreStandsByItsLastObjectsAlone() throws Exception {
        life.judgeAgain("2.25.1", rerun, ADAM);
        restore(2, NEW, 99);
        serves(OLD);
        life.judgeAgain("2.25.1", rerun, ADAM);
        restore(3, OLD, 20);
        assertThat(standing()).containsExactly(OLD, OLD);
        assertThat(database.query("select count(*) from finding")).containsExactly("4");
        assertThat(standingObjects()).containsExactly("2.25.713", "2.25.723");
        assertThat(database.query("select concat(superseded_by) from study order by revision"))
                .containsExactly("2", "3", "");
    }

    @Test
    void whatIsRestoredAndCannotBeDeliveredIsReplayedAsAnyOther() throws Exception {
        life.judgeAgain("2.25.1", rerun, ADAM);
        restore(2, NEW, 99);
        database.execute("update study set state = 'FAILED', failed_stage = 'deliver', failure_cause = 'refused'"
                + " where revision = 2");
        assertThat(life.replay("2.25.1", ADAM)).isOne();
        try (StudyClaim claim = life.claim("2.25.1", 2).orElseThrow()) {
            assertThat(claim.study().instances()).isEmpty();
            claim.restored(result(claim.study(), NEW, 99, Outcome.RESTORED));
        }
        assertThat(state(2)).isEqualTo("CONFIRMED");
        assertThat(standing()).containsExactly(NEW, NEW);
    }

    private static List<StudyLife.NamedInstance> versions() {
        return List.of(new StudyLife.NamedInstance(1, "wrong"), new StudyLife.NamedInstance(2, "wrong"));
    }

    private static void sent(int revision) throws Exception {
        database.execute(
                "insert into delivery (output_id, study_id, destination, state, sent_at, attempts, next_attempt_at)"
                        + " select o.id, s.id, 'pacs', 'CONFIRMED', now(), 1, now() from output o join study s on s.id = o.study_id"
                        + " where s.revision = " + revision);
    }

    /** Archives have what each of them made, and every receiver was told of each. */
    @Test
    void whatWasJudgedAgainIsWithdrawnWithAllThatItTookThePlaceOf() throws Exception {
        sent(1);
        life.judgeAgain("2.25.1", rerun, ADAM);
        restore(2, NEW, 99);
        serves(OLD);
        life.judgeAgain("2.25.1", rerun, ADAM);
        restore(3, OLD, 20);
        sent(3);
        assertThat(life.choosePatient("2.25.1", life.patientsVersion("2.25.1"), versions(), Set.of("right"), ADAM))
                .isEqualTo(new StudyLife.Decided(null, 0, 2, List.of(1, 2, 3)));
        assertThat(database.query("select concat_ws(' ', revision, state, refusal_rule, superseded_by, images_restored,"
                        + " listed_outcome_at) from study order by revision"))
                .containsExactly(
                        "1 REFUSED patient-identity 2 0",
                        "2 REFUSED patient-identity 3 0",
                        "3 REFUSED patient-identity 0");
        assertThat(database.query(
                        "select subject || substring(detail from ': (none|pacs: [0-9])') from audit_event where"
                                + " kind = 'RESULTS_WITHDRAWN' and detail like '%another patient%' and id > " + before
                                + " order by id"))
                .containsExactly("revision 1pacs: 2", "revision 2none", "revision 3pacs: 2");
    }

    /** What a run has begun may give way for hours: a person does not wait for it, and a worker at it changes nothing. */
    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void aPersonActsOnAStudyThatIsJudgedAgain(boolean claimed, boolean anew) throws Exception {
        LifeOnRecord.instance(database, 3, "REFUSED", "modality");
        life.judgeAgain("2.25.1", rerun, ADAM);
        Optional<StudyClaim> claim = claimed ? life.claim("2.25.1", 2) : Optional.empty();
        if (anew) {
            assertThat(life.judgeAnew("2.25.1", ADAM)).isEqualTo(new StudyLife.Judged(3, 1));
        } else {
            List<StudyLife.NamedInstance> versions = new ArrayList<>(versions());
            versions.add(new StudyLife.NamedInstance(3, "right"));
            assertThat(life.choosePatient("2.25.1", life.patientsVersion("2.25.1"), versions, Set.of("right"), ADAM))
                    .isEqualTo(new StudyLife.Decided(3, 1, 2, List.of(1)));
        }
        claim.ifPresent(at -> {
            at.restored(result(at.study(), NEW, 99, Outcome.RESTORED));
            at.close();
        });
        assertThat(database.query("select concat_ws(' ', state, superseded_at is not null, failure_cause) from study"
                        + " where revision = 2"))
                .singleElement()
                .asString()
                .startsWith("FAILED t")
                .contains("a person acted on the study");
        assertThat(state(3)).isEqualTo("READY");
        assertThat(kinds()).containsOnlyOnce("STUDY_FAILED");
        assertThat(standing()).isEqualTo(anew ? List.of(OLD, OLD) : List.of());
    }

    @Test
    void anActThatIsRefusedDisturbsNothingThatIsJudgedAgain() throws Exception {
        life.judgeAgain("2.25.1", rerun, ADAM);
        assertThatThrownBy(() -> life.judgeAnew("2.25.1", ADAM)).isInstanceOf(ActRefusedException.class);
        assertThat(state(2)).isEqualTo("READY");
    }

    /** It has no instances of its own that an archive's word could be about. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDoubtHoldsBackWhatIsJudgedAgain(boolean claimed) throws Exception {
        life.judgeAgain("2.25.1", rerun, ADAM);
        Optional<StudyClaim> claim = claimed ? life.claim("2.25.1", 2) : Optional.empty();
        assertThat(life.doubtPatient("2.25.1", "ARCHIVE lists another"))
                .as("what stands stands")
                .isEmpty();
        claim.ifPresent(at -> {
            at.restored(result(at.study(), NEW, 99, Outcome.RESTORED));
            at.close();
        });
        requireAsBefore();
        assertThat(database.query("select failure_cause from study where revision = 2"))
                .singleElement()
                .asString()
                .contains("ARCHIVE lists another");
    }

    /** While it was judged something came that names another, alone or in the place of one of its images. */
    @ParameterizedTest
    @ValueSource(strings = {"REFUSED", "SET_ASIDE"})
    void aDoubtThatCameMeanwhileKeepsWhatStood(String late) throws Exception {
        life.judgeAgain("2.25.1", rerun, ADAM);
        try (StudyClaim claim = life.claim("2.25.1", 2).orElseThrow()) {
            database.execute("insert into study (id, study_instance_uid, revision, state, refusal_rule, patient,"
                    + " first_received_at, last_received_at, ended_at) overriding system value values (9, '2.25.1', 3,"
                    + (late.equals("REFUSED") ? "'REFUSED', 'patient-identity', 'mixed'" : "'RECEIVING', null, null")
                    + ", now(), now(), now())");
            LifeOnRecord.instance(database, 3, late, "patient-identity");
            database.execute("update instance set study_id = 9 where id = 3");
            claim.restored(result(claim.study(), NEW, 99, Outcome.RESTORED));
        }
        assertThat(standing()).containsExactly(OLD, OLD);
        assertThat(database.query("select state || failure_cause from study where revision = 2"))
                .singleElement()
                .asString()
                .startsWith("FAILED")
                .contains("patient", "in doubt");
    }

    /** Promoted, taken back and promoted once more, with a restart in between. */
    @Test
    void whereWhatServesHasJudgedItByThenItKeepsWhatItHadAndNobodyIsTold() throws Exception {
        life.judgeAgain("2.25.1", rerun, ADAM);
        serves(OLD);
        try (StudyClaim claim = life.claim("2.25.1", 2).orElseThrow()) {
            assertThat(claim.study().instances()).isEmpty();
            claim.restored(result(claim.study(), OLD, 20, Outcome.RESTORED));
        }
        assertThat(database.query("select failure_cause from study where revision = 2"))
                .singleElement()
                .asString()
                .contains("releases that serve");
        serves(NEW);
        requireAsBefore();
    }

    /** They are counted with the instance under whose name they came. */
    @Test
    void versionsThatAreSetAsideGoOverWithTheirInstances() throws Exception {
        LifeOnRecord.instance(database, 3, "SET_ASIDE", "other-content");
        life.judgeAgain("2.25.1", rerun, ADAM);
        restore(2, NEW, 99);
        assertThat(database.query(
                        "select concat_ws(' ', i.id, s.revision, i.outcome) from instance i join study s on s.id ="
                                + " i.study_id order by i.id"))
                .containsExactly("1 2 RESTORED", "2 2 RESTORED", "3 2 SET_ASIDE");
    }
}
