package org.rigatino.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.access.Actor;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.persistence.StudyStage;
import org.rigatino.persistence.StudyState;
import org.rigatino.study.StudyLife.NamedInstance;

/** The moves of reception and of people; those of a claim are in {@link StudyClaimTest}. */
class StudyLifeTest {
    private static final Actor ANNA = new Actor("anna", "192.0.2.7");

    private static DeliveryDatabase database;
    private static StudyLife life;
    private static Claims claims;
    private static ClaimEnd ends;

    private String before;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        life = LifeOnRecord.of(database);
        claims = database.bean(Claims.class);
        ends = database.bean(ClaimEnd.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        before = LifeOnRecord.empty(database);
    }

    private static String state() throws Exception {
        return database.query("select state from study where revision = 1").get(0);
    }

    private List<String> kinds() throws Exception {
        return database.query("select kind from audit_event where id > " + before + " order by id");
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatIsReceivingIsMadeReady(StudyState state) throws Exception {
        LifeOnRecord.study(database, state);
        LifeOnRecord.instance(database, 1, "PENDING", null);
        boolean moved = life.endReception(1, study -> Optional.of("QUIET_PERIOD"), Instant.now())
                .isPresent();
        assertThat(moved).isEqualTo(state == StudyState.RECEIVING);
        assertThat(state()).isEqualTo(moved ? "READY" : state.name());
        assertThat(kinds()).isEqualTo(moved ? List.of("STUDY_READY") : List.of());
    }

    @Test
    void whatNothingCompletesStaysReceiving() throws Exception {
        LifeOnRecord.study(database, StudyState.RECEIVING);
        assertThat(life.endReception(1, study -> Optional.empty(), Instant.now()))
                .isEmpty();
        assertThat(state()).isEqualTo("RECEIVING");
    }

    @Test
    void ownOutputsAloneAreRefused() throws Exception {
        LifeOnRecord.study(database, StudyState.RECEIVING);
        LifeOnRecord.instance(database, 1, "OWN_OUTPUT", null);
        life.endReception(1, study -> Optional.of("QUIET_PERIOD"), Instant.now());
        assertThat(state()).isEqualTo("REFUSED");
        assertThat(kinds()).containsExactly("STUDY_REFUSED");
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatFailedIsReplayed(StudyState state) throws Exception {
        LifeOnRecord.study(database, state);
        int revisions = life.replay("2.25.1", ANNA);
        assertThat(revisions).isEqualTo(state == StudyState.FAILED ? 1 : 0);
        assertThat(state()).isEqualTo(revisions == 1 ? "READY" : state.name());
        assertThat(kinds()).hasSize(revisions);
    }

    @Test
    void whatIsSupersededIsNotReplayed() throws Exception {
        LifeOnRecord.study(database, StudyState.FAILED);
        database.execute("update study set superseded_at = now()");
        assertThat(life.replay("2.25.1", ANNA)).isZero();
        assertThat(life.replayAll("restore", ANNA)).isZero();
        database.execute("update study set superseded_at = null");
        assertThat(life.replayAll("image", ANNA)).isZero();
        assertThat(life.replayAll("restore", ANNA)).isOne();
        assertThat(database.query(
                        "select actor || ' ' || subject || ' ' || detail from audit_event where id > " + before))
                .containsExactly("anna revision 1 it had failed at restore: no device");
    }

    /** Another session gets its lock, and lets go of it. */
    private static void requireUnlockedChain() throws Exception {
        assertThat(database.query("select pg_try_advisory_xact_lock(" + 0x5249474154494E4FL + ")"))
                .containsExactly("t");
    }

    static List<Move> moves() {
        return List.of(
                new Move("RECEIVING", () -> life.endReception(1, study -> Optional.of("QUIET_PERIOD"), Instant.now())),
                new Move("FAILED", () -> life.replay("2.25.1", ANNA)),
                new Move("REFUSED", () -> life.judgeAnew("2.25.1", ANNA)),
                new Move(
                        "CONFIRMED",
                        () -> life.choosePatient(
                                "2.25.1", seen(), List.of(new NamedInstance(1, "one")), Set.of("one"), ANNA)),
                new Move("DELIVERING", () -> {
                    life.delivered(List.of(1L));
                    return null;
                }),
                new Move("READY", () -> life.doubtPatient("2.25.1", "ARCHIVE lists another")),
                new Move("READY", () -> claims.claim("2.25.9", 1, List.of())),
                new Move("RESTORING", () -> {
                    ends.abandoned("2.25.1", 1, "no room");
                    return null;
                }));
    }

    /** What a study in a state is put through. */
    record Move(String from, Callable<?> move) {
        @Override
        public String toString() {
            return "from " + from;
        }
    }

    /** Whoever moves a study may lock rows behind that: its audit row takes the chain when all of them are locked. */
    @ParameterizedTest
    @MethodSource("moves")
    void noMoveLocksTheChainBeforeItsTransactionEnds(Move move) throws Exception {
        LifeOnRecord.study(database, StudyState.valueOf(move.from()));
        LifeOnRecord.instance(database, 1, "REFUSED", "patient-identity");
        database.inTransaction(() -> {
            move.move().call();
            database.entities().flush();
            requireUnlockedChain();
            return null;
        });
        assertThat(kinds()).isNotEmpty();
    }

    /** What was judged before is out, or waits for a replay, which its refusal would lose. */
    @ParameterizedTest
    @EnumSource
    void whatIsNotYetJudgedIsHeldBackWhereItsPatientIsInDoubt(StudyState state) throws Exception {
        LifeOnRecord.study(database, state);
        LifeOnRecord.instance(database, 1, "PENDING", null);
        LifeOnRecord.instance(database, 2, "OWN_OUTPUT", null);
        boolean open = state.compareTo(StudyState.RESTORED) < 0;
        assertThat(life.doubtPatient("2.25.1", "ARCHIVE lists another")).isEqualTo(open ? List.of(1) : List.of());
        assertThat(state()).isEqualTo(open ? "REFUSED" : state.name());
        assertThat(database.query("select outcome from instance order by id"))
                .containsExactly(open ? "REFUSED" : "PENDING", "OWN_OUTPUT");
        if (open) {
            assertThat(database.query("select refusal_rule || ' ' || patient from study"))
                    .containsExactly("patient-identity mixed");
            assertThat(database.query("select detail from audit_event where id > " + before))
                    .containsExactly("patient-identity: ARCHIVE lists another");
            assertThat(life.choosePatient("2.25.1", seen(), List.of(new NamedInstance(1, "one")), Set.of("one"), ANNA))
                    .isEqualTo(new StudyLife.Decided(2, 1, 0, List.of()));
            assertThat(life.doubtPatient("2.25.1", "ARCHIVE lists another"))
                    .as("a person has said who is right")
                    .isEmpty();
        }
    }

    @Test
    void whatIsRestoredAndReplayedIsNotHeldBack() throws Exception {
        LifeOnRecord.study(database, StudyState.READY);
        LifeOnRecord.instance(database, 1, "RESTORED", null);
        database.execute("update study set restored_at = now()");
        assertThat(life.doubtPatient("2.25.1", "ARCHIVE lists another")).isEmpty();
        assertThat(state()).isEqualTo("READY");
    }

    /** Its results would come behind the refusal. */
    @Test
    void aWorkerThatIsAtWhatIsHeldBackChangesNothing() throws Exception {
        LifeOnRecord.study(database, StudyState.READY);
        LifeOnRecord.instance(database, 1, "PENDING", null);
        ClaimedStudy claimed = claims.claim("2.25.1", 1, List.of()).orElseThrow();
        life.doubtPatient("2.25.1", "ARCHIVE lists another");
        ends.failed(claimed, StudyStage.RESTORE, "no device");
        assertThat(state()).isEqualTo("REFUSED");
        assertThat(kinds()).containsExactly("STUDY_REFUSED");
    }

    private static final Set<StudyState> AT_WORK =
            EnumSet.of(StudyState.RECEIVING, StudyState.READY, StudyState.RESTORING, StudyState.RESTORED);

    @ParameterizedTest
    @EnumSource
    void aStudyIsJudgedAnewInARevisionOfItsOwnOnceNothingIsAtWork(StudyState state) throws Exception {
        LifeOnRecord.study(database, state);
        LifeOnRecord.instance(database, 1, "REFUSED", "modality");
        if (AT_WORK.contains(state)) {
            assertThatThrownBy(() -> life.judgeAnew("2.25.1", ANNA))
                    .isInstanceOfSatisfying(ActRefusedException.class, refused -> assertThat(refused.reason())
                            .isEqualTo(ActRefusedException.Reason.AT_WORK));
            assertThat(kinds()).isEmpty();
        } else {
            assertThat(life.judgeAnew("2.25.1", ANNA)).isEqualTo(new StudyLife.Judged(2, 1));
            assertThat(database.query("select state from study where revision = 2"))
                    .containsExactly("READY");
            assertThat(kinds()).containsExactly("STUDY_JUDGED_ANEW");
        }
        assertThat(state()).isEqualTo(state.name());
    }

    @Test
    void whatNobodyKnowsOrNothingIsWrongWithIsNotJudgedAnew() throws Exception {
        assertThatThrownBy(() -> life.judgeAnew("2.25.9", ANNA)).hasMessage("no such study was received");
        LifeOnRecord.study(database, StudyState.CONFIRMED);
        LifeOnRecord.instance(database, 1, "RESTORED", null);
        assertThatThrownBy(() -> life.judgeAnew("2.25.1", ANNA)).isInstanceOf(ActRefusedException.class);
        assertThat(kinds()).isEmpty();
    }

    @Test
    void whatRetentionDeletedTheFilesOfIsJudgedAnewOnceTheyCameAgain() throws Exception {
        LifeOnRecord.study(database, StudyState.REFUSED);
        LifeOnRecord.instance(database, 1, "REFUSED", "modality");
        database.execute("update study set instances_deleted_at = now()");
        assertThatThrownBy(() -> life.judgeAnew("2.25.1", ANNA))
                .isInstanceOfSatisfying(ActRefusedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(ActRefusedException.Reason.FILES_DELETED))
                .hasMessageContaining("send the study again");
        assertThat(kinds()).isEmpty();
        assertThat(database.query("select state || ' ' || (superseded_at is null) from study"))
                .containsExactly("REFUSED true");
        database.execute("update study set instances_deleted_at = null");
        assertThat(life.judgeAnew("2.25.1", ANNA)).isEqualTo(new StudyLife.Judged(2, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "RESTORED, , false",
        "SET_ASIDE, other-content, false",
        "SET_ASIDE, patient-identity, true",
        "REFUSED, modality, true",
        "FAILED, , true"
    })
    void whatCanBeJudgedAnewIsWhatTheActTakes(String outcome, String reason, boolean unsettled) throws Exception {
        LifeOnRecord.study(database, StudyState.CONFIRMED);
        LifeOnRecord.instance(database, 1, outcome, reason);
        assertThat(life.possible("2.25.1")).isEqualTo(new StudyLife.Possible(true, unsettled));
        assertThat(life.possible("2.25.1").isJudgedAnew()).isEqualTo(unsettled);
        database.execute("update study set instances_deleted_at = now()");
        assertThat(life.possible("2.25.1").isJudgedAnew()).isFalse();
        database.execute("update study set instances_deleted_at = null");
        if (unsettled) {
            assertThat(life.judgeAnew("2.25.1", ANNA).revision()).isEqualTo(2);
        } else {
            assertThatThrownBy(() -> life.judgeAnew("2.25.1", ANNA)).isInstanceOf(ActRefusedException.class);
        }
    }

    /** Of whom neither file nor record tells would count as the right one. */
    @Test
    void whoIsRightOfAStudyWhoseFilesAreGoneIsSaidOnceTheyCameAgain() throws Exception {
        LifeOnRecord.study(database, StudyState.CONFIRMED);
        LifeOnRecord.instance(database, 1, "RESTORED", null);
        LifeOnRecord.instance(database, 2, "REFUSED", "patient-identity");
        database.execute("update study set instances_deleted_at = now()");
        List<NamedInstance> versions = List.of(new NamedInstance(1, "one"), new NamedInstance(2, null));
        assertThatThrownBy(() -> life.choosePatient("2.25.1", seen(), versions, Set.of("one"), ANNA))
                .isInstanceOfSatisfying(ActRefusedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(ActRefusedException.Reason.FILES_DELETED))
                .hasMessageContaining("send the study again");
        assertThat(kinds()).isEmpty();
        assertThat(database.query("select count(*) from study_patient")).containsExactly("0");
        database.execute("update study set instances_deleted_at = null");
        assertThat(life.choosePatient(
                        "2.25.1",
                        seen(),
                        List.of(new NamedInstance(1, "one"), new NamedInstance(2, "two")),
                        Set.of("one"),
                        ANNA))
                .isEqualTo(new StudyLife.Decided(null, 0, 1, List.of()));
    }

    /** Results of the other patient are withdrawn in whatever state they were; what is refused stays so. */
    @ParameterizedTest
    @EnumSource(names = {"DELIVERING", "DELIVERED", "CONFIRMED", "FAILED"})
    void resultsOfAnotherPatientAreWithdrawn(StudyState state) throws Exception {
        LifeOnRecord.study(database, state);
        LifeOnRecord.instance(database, 1, "RESTORED", null);
        LifeOnRecord.instance(database, 2, "REFUSED", "patient-identity");
        assertThat(life.choosePatient(
                        "2.25.1",
                        seen(),
                        List.of(new NamedInstance(1, "wrong"), new NamedInstance(2, "right")),
                        Set.of("right"),
                        ANNA))
                .isEqualTo(new StudyLife.Decided(2, 1, 1, List.of(1)));
        assertThat(database.query("select state || ' ' || refusal_rule from study where revision = 1"))
                .containsExactly("REFUSED patient-identity");
        assertThat(kinds()).containsExactly("RESULTS_WITHDRAWN", "PATIENT_CHOSEN");
        assertThat(database.query("select outcome || ' ' || study_id from instance order by id"))
                .first()
                .isEqualTo("SET_ASIDE 1");
    }

    /** HIGH, and refused by an archive; then an image of another patient came, in revision 2. */
    private static void undeliveredOfAnotherPatient() throws Exception {
        LifeOnRecord.study(database, StudyState.FAILED);
        LifeOnRecord.instance(database, 1, "RESTORED", null);
        LifeOnRecord.instance(database, 2, "REFUSED", "patient-identity");
        database.execute(
                "update study set failed_stage = 'deliver', priority = 'HIGH', patient = 'one', images_seen = 1,"
                        + " restored_at = now() - interval '1 hour';"
                        + " insert into study (id, study_instance_uid, revision, state, refusal_rule, patient, first_received_at,"
                        + " last_received_at) overriding system value values (2, '2.25.1', 2, 'REFUSED', 'patient-identity',"
                        + " 'mixed', now(), now()); update instance set study_id = 2 where id = 2");
        database.execute("select setval(pg_get_serial_sequence('study', 'id'), 2)");
    }

    private static StudyLife.Decided chosen(String right) {
        return chosen(right, seen());
    }

    private static StudyLife.Decided chosen(String right, String seen) {
        return life.choosePatient(
                "2.25.1", seen, List.of(new NamedInstance(1, "one"), new NamedInstance(2, "two")), Set.of(right), ANNA);
    }

    private static String seen() {
        return life.patientsVersion("2.25.1");
    }

    /** What the first decided is delivered by then, and the second still has the page of before. */
    @Test
    void whoIsRightIsNotSaidByWhoDidNotSeeWhatAnotherSaid() throws Exception {
        undeliveredOfAnotherPatient();
        String seen = seen();
        chosen("one");
        assertThatThrownBy(() -> chosen("two", seen))
                .isInstanceOfSatisfying(ActRefusedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(ActRefusedException.Reason.CHANGED))
                .hasMessageContaining("somebody said who the patient is");
        assertThat(database.query("select patient from study_patient")).containsExactly("one");
        assertThat(kinds()).containsExactly("PATIENT_CHOSEN");
        assertThat(chosen("two").withdrawn()).containsExactly(1);
    }

    @Test
    void whoIsRightIsNotSaidByWhoDidNotSeeThatTheStudyIsJudgedAnew() throws Exception {
        undeliveredOfAnotherPatient();
        String seen = seen();
        life.judgeAnew("2.25.1", ANNA);
        database.execute("update study set state = 'CONFIRMED' where revision = 3");
        assertThatThrownBy(() -> chosen("one", seen)).hasMessageContaining("judged anew");
        assertThat(kinds()).containsExactly("STUDY_JUDGED_ANEW");
    }

    @Test
    void whoIsRightIsNotSaidByWhoDidNotSeeAllInstances() throws Exception {
        undeliveredOfAnotherPatient();
        String seen = seen();
        LifeOnRecord.instance(database, 3, "REFUSED", "patient-identity");
        List<NamedInstance> versions =
                List.of(new NamedInstance(1, "one"), new NamedInstance(2, "two"), new NamedInstance(3, "three"));
        assertThatThrownBy(() -> life.choosePatient("2.25.1", seen, versions, Set.of("two"), ANNA))
                .hasMessageContaining("instances came meanwhile");
        assertThat(kinds()).isEmpty();
    }

    /** What it was restored to was lost, or nobody could say who is right any more. */
    @ParameterizedTest
    @ValueSource(strings = {"one", "two"})
    void whatIsReplayedWhileItsPatientIsInDoubtKeepsItsResults(String right) throws Exception {
        undeliveredOfAnotherPatient();
        assertThat(life.replay("2.25.1", ANNA)).isOne();
        ends.refused(claims.claim("2.25.1", 1, List.of()).orElseThrow(), "patient-identity", "two names");
        assertThat(
                        database.query(
                                "select concat_ws(' ', state, failed_stage, priority, patient, images_seen) from study where id = 1"))
                .containsExactly("FAILED deliver HIGH one 1");
        assertThat(database.query("select failure_cause from study where id = 1"))
                .singleElement()
                .asString()
                .contains("two names", "said who is right", "replay the study");
        assertThat(database.query("select outcome from instance where id = 1")).containsExactly("RESTORED");
        assertThat(kinds()).containsExactly("STUDY_REPLAYED", "STUDY_FAILED");

        StudyLife.Decided decided = chosen(right);
        if (right.equals("one")) {
            assertThat(decided).isEqualTo(new StudyLife.Decided(null, 0, 1, List.of()));
            assertThat(life.replay("2.25.1", ANNA)).isOne();
            assertThat(claims.claim("2.25.1", 1, List.of()).orElseThrow().decidedPatients())
                    .containsExactly("one");
        } else {
            assertThat(decided).isEqualTo(new StudyLife.Decided(3, 1, 1, List.of(1)));
            assertThat(state()).isEqualTo("REFUSED");
        }
    }

    /** Its images were of one patient by the setting of then. */
    @Test
    void whoIsRightIsAskedOfWhatContradictsItselfSinceASettingChanged() throws Exception {
        undeliveredOfAnotherPatient();
        database.execute("delete from instance where id = 2; delete from study where id = 2");
        assertThat(life.replay("2.25.1", ANNA)).isOne();
        ends.refused(claims.claim("2.25.1", 1, List.of()).orElseThrow(), "patient-identity", "two names");
        assertThat(database.query("select failure_cause from study"))
                .singleElement()
                .asString()
                .contains(
                        "two names", "said who is right", "rigatino.ingest.unknown-patient-values", "replay the study");
        assertThat(database.query("select concat_ws(' ', state, failed_stage, priority, patient) from study"))
                .containsExactly("FAILED deliver HIGH mixed");
        assertThat(life.choosePatient(
                        "2.25.1",
                        life.patientsVersion("2.25.1"),
                        List.of(new NamedInstance(1, "one")),
                        Set.of("one"),
                        ANNA))
                .isEqualTo(new StudyLife.Decided(null, 0, 0, List.of()));
        assertThat(database.query("select patient is null from study"))
                .as("asked no more")
                .containsExactly("t");
        assertThat(life.replay("2.25.1", ANNA)).isOne();
        assertThat(claims.claim("2.25.1", 1, List.of()).orElseThrow().decidedPatients())
                .containsExactly("one");
    }

    /** The setting was taken back, as the cause advises. */
    @Test
    void whatContradictedItselfByASettingIsNoWitnessAgainstOtherRevisions() throws Exception {
        undeliveredOfAnotherPatient();
        database.execute("delete from instance where id = 2; delete from study where id = 2");
        life.replay("2.25.1", ANNA);
        ends.refused(claims.claim("2.25.1", 1, List.of()).orElseThrow(), "patient-identity", "two names");
        database.execute(
                "insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at,"
                        + " ready_at) overriding system value values (2, '2.25.1', 2, 'READY', now(), now(), now())");
        assertThat(claims.claim("2.25.1", 2, List.of()).orElseThrow().earlierPatients())
                .isEmpty();
        assertThat(life.replay("2.25.1", ANNA)).isOne();
        assertThat(database.query("select patient is null from study where id = 1"))
                .containsExactly("t");
    }

    /** As versions before left it. */
    @ParameterizedTest
    @ValueSource(strings = {"one", "two"})
    void whoIsRightIsSaidOfWhatWasRefusedWhenItWasReplayed(String right) throws Exception {
        undeliveredOfAnotherPatient();
        database.execute("update study set state = 'REFUSED', refusal_rule = 'patient-identity', failed_stage = null,"
                + " failure_cause = null, patient = 'mixed' where id = 1");
        assertThat(chosen(right))
                .isEqualTo(new StudyLife.Decided(3, 1, 1, right.equals("one") ? List.of() : List.of(1)));
        assertThat(database.query("select outcome from instance where study_id = 3"))
                .containsExactly("PENDING");
        assertThat(database.query("select state from study where superseded_at is null"))
                .containsExactly("READY");
        assertThat(database.query("select patient is null from study where id = 1"))
                .containsExactly(right.equals("one") ? "f" : "t");
    }

    /** Its restored images wait for a person, and are not left behind. */
    @Test
    void whatWasRefusedWhenItWasReplayedIsNotSupersededByAnotherImageOfIt() throws Exception {
        undeliveredOfAnotherPatient();
        LifeOnRecord.instance(database, 3, "FAILED", null);
        database.execute("update study set state = 'REFUSED', refusal_rule = 'patient-identity', failed_stage = null,"
                + " failure_cause = null, patient = 'mixed' where id = 1");
        life.judgeAnew("2.25.1", ANNA);
        assertThat(database.query("select superseded_at is null from study where id = 1"))
                .containsExactly("t");
    }

    @Test
    void instancesThatCameMeanwhileAreLookedAtFirst() throws Exception {
        LifeOnRecord.study(database, StudyState.REFUSED);
        LifeOnRecord.instance(database, 1, "REFUSED", "patient-identity");
        LifeOnRecord.instance(database, 2, "REFUSED", "patient-identity");
        assertThatThrownBy(() ->
                        life.choosePatient("2.25.1", seen(), List.of(new NamedInstance(1, "one")), Set.of("one"), ANNA))
                .isInstanceOfSatisfying(ActRefusedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(ActRefusedException.Reason.CHANGED));
        assertThat(kinds()).isEmpty();
    }
}
