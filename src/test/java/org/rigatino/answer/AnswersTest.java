package org.rigatino.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rigatino.Settings;
import org.rigatino.Slow;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.persistence.Answer;
import org.rigatino.persistence.Answer.Reason;
import org.rigatino.persistence.Answer.Verdict;
import org.rigatino.triage.JudgedStudy;

/** What is recorded of an answer, and what is refused, on a real PostgreSQL. */
@Slow
class AnswersTest {
    private static final Actor ROSA = new Actor("rosa", "192.0.2.7");
    private static final Actor OTTO = new Actor("otto", "192.0.2.8");

    @TempDir
    static Path folder;

    private static DeliveryDatabase database;
    private static Answers answers;
    private static AnswerComments comments;
    private static ReleaseAnswers counts;
    private static int studies;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.with(Settings.of(IngestConfiguration.class, Map.of("rigatino.ingest.store", folder.toString())));
        database.bean(AuditTrail.class);
        comments = database.bean(AnswerComments.class);
        answers = database.bean(Answers.class);
        counts = database.bean(ReleaseAnswers.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    /** HIGH ones are flagged. */
    private static JudgedStudy study(String priority) throws Exception {
        return new JudgedStudy(database.dataSource(), "1.2.36." + ++studies)
                .judged(1, priority, 50, Duration.ofMinutes(1));
    }

    private static JudgedStudy withFile(JudgedStudy study) throws Exception {
        Dataset image = PixelFiles.header(3, 4)
                .put(Tag.SOPInstanceUID, study.image(1))
                .put(Tag.Manufacturer, "ACME")
                .put(Tag.ManufacturerModelName, "Cool\u0007Scan")
                .putPixels(new short[12]);
        Path file = PixelFiles.write(folder, image);
        database.execute("update instance set location = '" + folder.relativize(file) + "' where sop_instance_uid = '"
                + study.image(1) + "'");
        return study;
    }

    private static AnswerRequest answer(
            JudgedStudy study, Verdict verdict, Reason reason, String comment, Long revises) {
        return new AnswerRequest(study.image(1), 1, null, null, verdict, reason, comment, null, null, revises);
    }

    private static AnswerRequest missed(JudgedStudy study, int column, int row) {
        return new AnswerRequest(study.image(1), 1, "d", null, Verdict.MISSED, null, null, column, row, null);
    }

    private static List<String> trail(JudgedStudy study) throws Exception {
        return database.query("select concat_ws(' ', actor, address, subject, detail) from audit_event"
                + " where kind = 'FINDING_ANSWERED' and study_instance_uid = '" + study.uid() + "' order by id");
    }

    @Test
    void aRevisionIsARowMoreAndTheTrailHasADigestOfTheTextAndNotTheText() throws Exception {
        JudgedStudy study = study("HIGH");
        AnswerView first = answers.give(study.uid(), answer(study, Verdict.AGREE, null, " ", null), ROSA)
                .orElseThrow();
        AnswerView second = answers.give(
                        study.uid(),
                        answer(study, Verdict.DISAGREE, Reason.ARTIFACT, " clip of Zebulonski ", first.id()),
                        OTTO)
                .orElseThrow();
        assertThat(answers.of(study.uid(), IdentityLevel.FULL))
                .extracting(AnswerView::id, AnswerView::verdict, AnswerView::comment, AnswerView::inForce)
                .containsExactly(
                        tuple(first.id(), Verdict.AGREE, null, false),
                        tuple(second.id(), Verdict.DISAGREE, "clip of Zebulonski", true));
        String digest = database.query("select sha256 from answer_proof where answer_id = " + second.id())
                .get(0);
        assertThat(trail(study))
                .containsExactly(
                        "rosa 192.0.2.7 " + study.image(1) + " frame 1, tiny/1 d, flagged: AGREE",
                        "otto 192.0.2.8 " + study.image(1) + " frame 1, tiny/1 d, flagged: DISAGREE, ARTIFACT, with a"
                                + " comment, salted sha256 " + digest + "; before AGREE by rosa");
    }

    @ParameterizedTest
    @EnumSource(IdentityLevel.class)
    void whatMayNameAPatientIsShownToWhomPatientsAreAndOthersAreToldThatThereIsSome(IdentityLevel level)
            throws Exception {
        JudgedStudy study = study("HIGH");
        AnswerView first = answers.give(
                        study.uid(), answer(study, Verdict.AGREE, null, "clip of Zebulonski", null), ROSA)
                .orElseThrow();
        answers.give(study.uid(), answer(study, Verdict.UNSURE, null, null, first.id()), OTTO);
        assertThat(answers.of(study.uid(), level))
                .extracting(AnswerView::comment, AnswerView::commented)
                .containsExactly(
                        tuple(level == IdentityLevel.FULL ? "clip of Zebulonski" : null, true), tuple(null, false));
    }

    /** As after a replay with other settings: the page offers no answer to revise that the record would not take. */
    @Test
    void whatTheReleaseJudgedAgainSinceIsAnsweredAnew() throws Exception {
        JudgedStudy study = study("HIGH");
        AnswerView first = answers.give(study.uid(), answer(study, Verdict.AGREE, null, null, null), ROSA)
                .orElseThrow();
        assertThat(first.judgedAgain()).isFalse();
        database.execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at)"
                + " select nextval('finding_id_seq'), instance_id, frame_number, model_name, model_version, model_digest, 'other',"
                + " score, percentile, flagged, created_at + interval '1 hour' from finding f where exists"
                + " (select from answer a where a.finding_id = f.id and a.id = " + first.id() + ")");

        assertThat(answers.of(study.uid(), IdentityLevel.FULL)).singleElement().satisfies(shown -> {
            assertThat(shown.judgedAgain()).isTrue();
            assertThat(shown.isOf(study.image(1), 1, "d")).isFalse();
            assertThat(shown.isBesides(study.image(1), 1, "d")).isTrue();
        });
        assertThat(answers.give(study.uid(), answer(study, Verdict.DISAGREE, null, null, null), ROSA))
                .isPresent();
        assertThat(answers.of(study.uid(), IdentityLevel.FULL))
                .extracting(AnswerView::judgedAgain)
                .containsExactly(true, false);
    }

    @Test
    void anImageThatTheReleaseJudgedTwiceCountsOnceInItsFigures() throws Exception {
        JudgedStudy study = study("HIGH");
        database.execute("update finding set model_digest = 'twice' where instance_id = (select id from instance where"
                + " sop_instance_uid = '" + study.image(1) + "')");
        answers.give(study.uid(), answer(study, Verdict.DISAGREE, null, null, null), ROSA);
        assertThat(counts.of("twice").all()).isEqualTo(new Tally(0, 1, 0, 0, 0, 0));
        database.execute(
                "insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                        + " configuration_digest, score, percentile, flagged, created_at)"
                        + " select nextval('finding_id_seq'), instance_id, frame_number, model_name, model_version, model_digest, 'other',"
                        + " score, percentile, flagged, created_at + interval '1 hour' from finding where model_digest = 'twice'");
        answers.give(study.uid(), answer(study, Verdict.AGREE, null, null, null), ROSA);
        assertThat(counts.of("twice").all()).isEqualTo(new Tally(1, 0, 0, 0, 0, 0));
        assertThat(counts.of("twice").disagreements()).isEmpty();
    }

    /** A replay drew the frame anew, by the same release: it is not flagged any more, and nobody has answered yet. */
    @Test
    void whoSawAnotherFindingOfTheReleaseIsToldAndNothingIsRecorded() throws Exception {
        JudgedStudy study = study("HIGH");
        String latest = "select max(f.id) from finding f join instance i on i.id = f.instance_id where"
                + " i.sop_instance_uid = '" + study.image(1) + "'";
        long seen = Long.parseLong(database.query(latest).get(0));
        database.execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at)"
                + " select nextval('finding_id_seq'), instance_id, frame_number, model_name, model_version, model_digest, 'other',"
                + " score, percentile, false, created_at + interval '1 hour' from finding f where id = " + seen);
        long now = Long.parseLong(database.query(latest).get(0));

        assertThatExceptionOfType(AnswerConflictException.class)
                .isThrownBy(() -> answers.give(study.uid(), ofFinding(study, seen), ROSA))
                .withMessageContaining("was judged again since you saw it");
        assertThat(trail(study)).isEmpty();
        assertThat(answers.of(study.uid(), IdentityLevel.FULL)).isEmpty();
        answers.give(study.uid(), ofFinding(study, now), ROSA);
        assertThat(trail(study)).singleElement().asString().contains("not flagged: AGREE");
    }

    /** By REST, where what was seen need not be named: no page has a place for such an answer. */
    @Test
    void whatNoFindingStandsOfIsNotAnswered() throws Exception {
        JudgedStudy study = study("HIGH");
        database.execute("update instance set outcome = 'REFUSED' where sop_instance_uid = '" + study.image(1) + "'");
        assertThatExceptionOfType(AnswerConflictException.class)
                .isThrownBy(() -> answers.give(
                        study.uid(),
                        new AnswerRequest(study.image(1), 1, null, null, Verdict.AGREE, null, null, null, null, null),
                        ROSA))
                .withMessageContaining("was judged again since you saw it");
        assertThat(trail(study)).isEmpty();
    }

    /** A directory in its place stands for what the file system does not give. */
    @Test
    void nothingIsAnsweredWhileTheFileIsNotGiven() throws Exception {
        JudgedStudy study = withFile(study("LOW"));
        Path file = folder.resolve(
                database.query("select location from instance where sop_instance_uid = '" + study.image(1) + "'")
                        .get(0));
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(() -> answers.give(study.uid(), missed(study, 0, 0), ROSA))
                .isInstanceOf(AnswerConflictException.class)
                .hasMessageContaining("does not give the file of image " + study.image(1));
        assertThat(trail(study)).isEmpty();
    }

    /** As by a run over finished studies while the page was open. What was said before can be taken back still. */
    @Test
    void whoSawAFindingInWhosePlaceIsAnotherReleasesIsTold() throws Exception {
        JudgedStudy study = study("HIGH");
        long seen = Long.parseLong(database.query("select f.id from finding f join instance i on i.id = f.instance_id"
                        + " where i.sop_instance_uid = '" + study.image(1) + "'")
                .get(0));
        AnswerView before =
                answers.give(study.uid(), ofFinding(study, seen), OTTO).orElseThrow();
        database.execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at)"
                + " select nextval('finding_id_seq'), instance_id, frame_number, model_name, '2', 'e', 'd', score,"
                + " percentile, false, created_at + interval '1 hour' from finding f where id = " + seen);
        assertThatExceptionOfType(AnswerConflictException.class)
                .isThrownBy(() -> answers.give(study.uid(), ofFinding(study, seen), ROSA))
                .withMessageContaining("was judged again since you saw it");
        assertThat(trail(study)).hasSize(1);
        answers.give(
                study.uid(),
                new AnswerRequest(study.image(1), 1, "d", null, Verdict.WITHDRAWN, null, null, null, null, before.id()),
                OTTO);
        assertThat(trail(study)).hasSize(2);
    }

    private static AnswerRequest ofFinding(JudgedStudy study, long finding) {
        return new AnswerRequest(study.image(1), 1, "d", finding, Verdict.AGREE, null, null, null, null, null);
    }

    @Test
    void whoDidNotSeeAColleaguesAnswerIsToldOfIt() throws Exception {
        JudgedStudy study = study("HIGH");
        AnswerView first = answers.give(study.uid(), answer(study, Verdict.AGREE, null, "clear", null), ROSA)
                .orElseThrow();
        assertThatExceptionOfType(AnswerConflictException.class)
                .isThrownBy(() -> answers.give(study.uid(), answer(study, Verdict.DISAGREE, null, null, null), OTTO))
                .withMessageContaining("rosa answered")
                .withMessageContaining("with AGREE at " + first.answeredAt())
                .satisfies(e -> assertThat(List.of(e.current()))
                        .extracting(AnswerView::comment, AnswerView::commented)
                        .containsExactly(tuple(null, true)));
        answers.give(study.uid(), answer(study, Verdict.UNSURE, null, null, first.id()), OTTO);
        assertThatExceptionOfType(AnswerConflictException.class)
                .isThrownBy(() -> answers.give(study.uid(), answer(study, Verdict.AGREE, null, null, first.id()), ROSA))
                .withMessageContaining("otto answered");
        assertThatExceptionOfType(AnswerConflictException.class)
                .isThrownBy(() -> {
                    JudgedStudy other = study("HIGH");
                    answers.give(other.uid(), answer(other, Verdict.AGREE, null, null, first.id()), ROSA);
                })
                .withMessageContaining("has no answer");
        assertThat(trail(study)).hasSize(2);
    }

    @Test
    void ofManyAtOnceOneAnswersAndTheOthersAreTold() throws Exception {
        JudgedStudy study = study("LOW");
        int many = 6;
        CyclicBarrier together = new CyclicBarrier(many);
        ExecutorService people = Executors.newFixedThreadPool(many);
        List<Future<String>> came = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Callable<String> act = () -> {
                together.await();
                try {
                    answers.give(study.uid(), answer(study, Verdict.AGREE, null, "text", null), ROSA);
                    return "given";
                } catch (AnswerConflictException e) {
                    return "told";
                }
            };
            came.add(people.submit(act));
        }
        List<String> outcomes = new ArrayList<>();
        for (Future<String> each : came) {
            outcomes.add(each.get());
        }
        people.shutdown();
        assertThat(outcomes).containsOnlyOnce("given");
        assertThat(outcomes).filteredOn("told"::equals).hasSize(many - 1);
        assertThat(trail(study)).hasSize(1);
        assertThat(database.query("select count(*) from answer_comment c join answer a on a.id = c.answer_id"
                        + " where a.study_instance_uid = '" + study.uid() + "'"))
                .containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 2"})
    void whatWasMissedIsAPixelOfTheImage(int column, int row) throws Exception {
        JudgedStudy study = withFile(study("LOW"));
        AnswerView given =
                answers.give(study.uid(), missed(study, column, row), ROSA).orElseThrow();
        assertThat(List.of(given.column(), given.row())).isEqualTo(List.of(column, row));
        assertThat(trail(study))
                .containsExactly("rosa 192.0.2.7 " + study.image(1) + " frame 1, tiny/1 d, not flagged: MISSED, column "
                        + column + ", row " + row);
        assertThat(database.query(
                        "select manufacturer || ' ' || manufacturer_model_name from answer where id = " + given.id()))
                .containsExactly("ACME CoolScan");
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "0, 3", "-1, 0", "0, -1", "2147483647, 0", "-2147483648, 2147483647"})
    void aPlaceOutsideOfTheImageIsRefused(int column, int row) throws Exception {
        JudgedStudy study = withFile(study("LOW"));
        assertThatThrownBy(() -> answers.give(study.uid(), missed(study, column, row), ROSA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column " + column + ", row " + row
                        + " is not in the image: it has 4 columns and 3 rows, counted from 0");
        assertThat(trail(study)).isEmpty();
    }

    @Test
    void nothingIsMissedWhereAnImageIsFlaggedOrItsFileIsGone() throws Exception {
        JudgedStudy flagged = withFile(study("HIGH"));
        assertThatThrownBy(() -> answers.give(flagged.uid(), missed(flagged, 0, 0), ROSA))
                .isInstanceOf(AnswerConflictException.class)
                .hasMessageContaining("is flagged: answer that one");
        JudgedStudy gone = study("LOW");
        assertThatThrownBy(() -> answers.give(gone.uid(), missed(gone, 0, 0), ROSA))
                .isInstanceOf(AnswerConflictException.class)
                .hasMessageContaining("is not kept here");
    }

    @Test
    void anImageOfAnotherStudyOrReleaseOrFrameHasNoAnswer() throws Exception {
        JudgedStudy study = study("LOW");
        JudgedStudy other = study("LOW");
        assertThat(answers.give(other.uid(), answer(study, Verdict.AGREE, null, null, null), ROSA))
                .isEmpty();
        assertThat(answers.give(
                        study.uid(),
                        new AnswerRequest(study.image(1), 2, null, null, Verdict.AGREE, null, null, null, null, null),
                        ROSA))
                .isEmpty();
        assertThat(answers.give(
                        study.uid(),
                        new AnswerRequest(study.image(1), 1, "e", null, Verdict.AGREE, null, null, null, null, null),
                        ROSA))
                .isEmpty();
        database.execute("update instance set outcome = 'SET_ASIDE' where sop_instance_uid = '" + study.image(1) + "'");
        assertThat(answers.give(study.uid(), answer(study, Verdict.AGREE, null, null, null), ROSA))
                .isEmpty();
    }

    @Test
    void whatMakesNoSenseByItselfIsRefusedWithWhatIsMissing() throws Exception {
        JudgedStudy study = study("LOW");
        assertRefused(
                study, new AnswerRequest(null, 1, null, null, Verdict.AGREE, null, null, null, null, null), "image");
        assertRefused(study, answer(study, null, null, null, null), "verdict");
        assertRefused(study, answer(study, Verdict.MISSED, null, null, null), "say where");
        assertRefused(
                study,
                new AnswerRequest(study.image(1), 1, null, null, Verdict.AGREE, null, null, 1, null, null),
                "a place belongs to MISSED");
        assertRefused(study, answer(study, Verdict.WITHDRAWN, null, null, null), "name it");
        assertRefused(study, answer(study, Verdict.AGREE, null, "x".repeat(1_000_000), null), "may have 1000");
    }

    private static void assertRefused(JudgedStudy study, AnswerRequest request, String why) {
        assertThatThrownBy(() -> answers.give(study.uid(), request, ROSA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void theDatabaseItselfKeepsTheOrderOfRevisions() throws Exception {
        JudgedStudy study = study("LOW");
        JudgedStudy other = study("LOW");
        long first = answers.give(study.uid(), answer(study, Verdict.AGREE, null, null, null), ROSA)
                .orElseThrow()
                .id();
        String copy = "insert into answer (finding_id, study_instance_uid, verdict, answered_by, answered_at, revises)"
                + " select %s, study_instance_uid, 'AGREE', 'eve', now(), %s from answer where id = " + first;
        assertThatThrownBy(() -> database.execute(String.format(copy, "finding_id", "null")))
                .hasMessageContaining("answer_first");
        String otherFinding = database.query("select f.id from finding f join instance i on i.id = f.instance_id"
                        + " where i.sop_instance_uid = '" + other.image(1) + "'")
                .get(0);
        assertThatThrownBy(() -> database.execute(String.format(copy, otherFinding, first)))
                .hasMessageContaining("foreign key");
        database.execute(String.format(copy, "finding_id", first));
        assertThatThrownBy(() -> database.execute(String.format(copy, "finding_id", first)))
                .hasMessageContaining("answer_revises_key");
    }

    @Test
    void textsGoWhenTheirTimeIsOverAndAnswersStay() throws Exception {
        JudgedStudy study = study("LOW");
        answers.give(study.uid(), answer(study, Verdict.AGREE, null, "old", null), ROSA);
        Instant later = Instant.now().plusSeconds(60);
        assertThat(database.inTransaction(
                        () -> comments.deleteBefore(Instant.now().minusSeconds(60))))
                .doesNotContainKey(study.uid());
        assertThat(database.inTransaction(() -> comments.deleteBefore(later))).containsEntry(study.uid(), 1);
        assertThat(answers.of(study.uid(), IdentityLevel.FULL))
                .extracting(AnswerView::verdict, AnswerView::comment)
                .containsExactly(tuple(Answer.Verdict.AGREE, null));
    }

    /** Of a release of its own, by digest, so that no other test counts. */
    @Test
    void answersInForceAreCountedBySenderAndScanner() throws Exception {
        JudgedStudy right = withFile(study("HIGH"));
        JudgedStudy wrong = study("HIGH");
        JudgedStudy missed = withFile(study("LOW"));
        JudgedStudy taken = study("LOW");
        List<JudgedStudy> all = List.of(right, wrong, missed, taken);
        for (JudgedStudy study : all) {
            database.execute(
                    "update finding set model_digest = 'counted' where instance_id = (select id from instance where"
                            + " sop_instance_uid = '" + study.image(1) + "')");
        }
        database.execute(
                "update instance set calling_ae_title = 'CT2' where sop_instance_uid = '" + wrong.image(1) + "'");
        long first = answers.give(right.uid(), answer(right, Verdict.DISAGREE, null, null, null), ROSA)
                .orElseThrow()
                .id();
        answers.give(right.uid(), answer(right, Verdict.AGREE, null, null, first), ROSA);
        answers.give(wrong.uid(), answer(wrong, Verdict.DISAGREE, Reason.MOTION, "why", null), OTTO);
        answers.give(
                missed.uid(),
                new AnswerRequest(missed.image(1), 1, null, null, Verdict.MISSED, null, null, 1, 1, null),
                ROSA);
        long slip = answers.give(taken.uid(), answer(taken, Verdict.AGREE, null, null, null), ROSA)
                .orElseThrow()
                .id();
        answers.give(taken.uid(), answer(taken, Verdict.WITHDRAWN, null, null, slip), ROSA);

        ReleaseAnswers.Counted counted = counts.of("counted");
        assertThat(counted.all()).isEqualTo(new Tally(1, 1, 0, 0, 1, 0));
        assertThat(counted.all().getPredictiveValue().share()).isEqualTo(0.5);
        assertThat(List.of(
                        counted.all().getAgreement().count(),
                        counted.all().getAgreement().all()))
                .containsExactly(1L, 3L);
        assertThat(counted.bySender())
                .containsExactly(
                        new ReleaseAnswers.Group("CT2", new Tally(0, 1, 0, 0, 0, 0)),
                        new ReleaseAnswers.Group("TEST", new Tally(1, 0, 0, 0, 1, 0)));
        assertThat(counted.byScanner())
                .containsExactly(new ReleaseAnswers.Group("ACME CoolScan", new Tally(1, 0, 0, 0, 1, 0)));
        assertThat(counted.disagreements())
                .extracting(ReleaseAnswers.Disagreement::studyInstanceUid)
                .containsExactly(missed.uid(), wrong.uid());
        assertThat(counted.allDisagreements()).isEqualTo(2);
        assertThat(counts.of("nobody's").all()).isEqualTo(Tally.NONE);
        assertThat(counts.isKnown("counted")).isTrue();
        assertThat(counts.isKnown("nobody's")).isFalse();
    }
}
