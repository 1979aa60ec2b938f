package org.rigatino.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.persistence.Instance;
import org.rigatino.release.Comparison.Agreement;
import org.rigatino.release.Comparison.ImageThatDiffers;
import org.rigatino.release.Comparison.StudyThatDiffers;
import org.rigatino.release.ReleaseView.Named;
import org.rigatino.rule.RulesInForce;
import org.rigatino.rule.RulesOnRecord;
import org.rigatino.triage.JudgedStudy;

/** A shadow beside the release {@code d} of {@link JudgedStudy}, on a real PostgreSQL. */
class ComparisonsTest {
    private static DeliveryDatabase database;
    private static Comparisons comparisons;
    private static ReleasesOnRecord releases;
    private static ReleaseRuns runs;
    private static int studies;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.bean(ReleaseRecord.class);
        database.with(new RulesInForce());
        database.bean(Presence.class);
        runs = database.bean(ReleaseRuns.class);
        comparisons = database.bean(Comparisons.class);
        database.bean(RulesOnRecord.class);
        database.bean(FollowedRules.class);
        database.bean(Losses.class);
        releases = database.bean(ReleasesOnRecord.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.execute("delete from shadow_finding; delete from release_run; delete from release_at_worker;"
                + " delete from release_standing");
        release("d", "tiny", "1", "SERVING", "MR");
        release("s", "tiny", "2", "SHADOW", "MR");
        release("x", "chest", "1", "SERVING", "DX");
    }

    private static void release(String digest, String name, String version, String standing, String modality)
            throws Exception {
        database.execute(String.format(
                "insert into release_standing (model_digest, model_name, model_version, eligibility, standing, since)"
                        + " values ('%s', '%s', '%s', '{\"modality\":[\"%s\"],\"photometricInterpretation\":[],"
                        + "\"excludedImageType\":[],\"bodyPart\":[\"HEAD\"]}', '%s', now())",
                digest, name, version, modality, standing));
    }

    private static JudgedStudy study(String priority, double percentile) throws Exception {
        return new JudgedStudy(database.dataSource(), "1.2.38." + ++studies)
                .judged(1, priority, percentile, Duration.ofMinutes(1));
    }

    private static void said(JudgedStudy study, String priority, double percentile) throws Exception {
        database.execute(
                "insert into release_run (study_id, model_digest, standing, state, worker, started_at, ended_at,"
                        + " images, drawing_seconds, work_seconds, percentile, priority) select id, 's', 'SHADOW', 'DONE', 'w', now(),"
                        + " now(), 1, 0.5, 2, " + percentile + ", '" + priority
                        + "' from study where study_instance_uid = '"
                        + study.uid() + "'");
        database.execute("insert into shadow_finding (run_id, instance_id, frame_number, score, percentile, flagged)"
                + " select r.id, i.id, 1, 7, " + percentile + ", " + priority.equals("HIGH")
                + " from release_run r join"
                + " instance i on i.study_id = r.study_id where i.sop_instance_uid = '" + study.image(1) + "'");
    }

    @Test
    void whatTwoReleasesSayOfTheSameImagesIsSetBesideEachOther() throws Exception {
        JudgedStudy both = study("HIGH", 99);
        said(both, "HIGH", 98);
        JudgedStudy shadowAlone = study("LOW", 20);
        said(shadowAlone, "HIGH", 97);
        JudgedStudy otherAlone = study("HIGH", 96);
        said(otherAlone, "MEDIUM", 60);
        said(study("LOW", 10), "LOW", 5);
        JudgedStudy withdrawn = study("LOW", 10);
        said(withdrawn, "HIGH", 99);
        database.execute("update study set superseded_at = now() where study_instance_uid = '" + withdrawn.uid() + "'");
        JudgedStudy failed = study("LOW", 10);
        database.execute("insert into release_run (study_id, model_digest, standing, state, cause, worker, started_at,"
                + " ended_at) select id, 's', 'SHADOW', 'FAILED', 'no memory', 'w', now(), now() from study where"
                + " study_instance_uid = '" + failed.uid() + "'");
        database.execute("insert into release_run (study_id, model_digest, standing, state, worker, started_at, images,"
                + " drawing_seconds) select id, 'd', 'SERVING', 'DONE', 'w', now(), 4, 1 from study where"
                + " study_instance_uid = '" + both.uid() + "'");
        database.execute("insert into release_at_worker values ('w', 'host', 's', now(), null, 5000000)");

        Comparison found = comparisons.of("s").get(0);
        assertThat(comparisons.all()).containsExactly(found);
        assertThat(found.shadow()).isEqualTo(new Named("tiny/2", "s"));
        assertThat(found.other()).isEqualTo(new Named("tiny/1", "d"));
        assertThat(found.images()).isEqualTo(new Agreement(4, 1, 1, 1));
        assertThat(found.studies()).isEqualTo(new Agreement(4, 1, 1, 1));
        assertThat(found.images().neither()).isEqualTo(1);
        assertThat(found.imagesThatDiffer())
                .containsExactly(
                        new ImageThatDiffers(shadowAlone.uid(), shadowAlone.image(1), 1, 97, true, 20, false),
                        new ImageThatDiffers(otherAlone.uid(), otherAlone.image(1), 1, 60, false, 96, true));
        assertThat(found.studiesThatDiffer())
                .extracting(
                        StudyThatDiffers::studyInstanceUid,
                        StudyThatDiffers::shadowPriority,
                        StudyThatDiffers::otherPriority)
                .containsExactly(tuple(otherAlone.uid(), "MEDIUM", "HIGH"), tuple(shadowAlone.uid(), "HIGH", "LOW"));
        assertThat(found.runs().done()).isEqualTo(5);
        assertThat(found.runs().failed()).isEqualTo(1);
        assertThat(found.runs().failures()).singleElement().satisfies(failure -> assertThat(failure.cause())
                .isEqualTo("no memory"));
        assertThat(found.shadowCost()).isEqualTo(new Comparison.Cost(5, 0.5, 2.0, 5_000_000L));
        assertThat(found.otherCost()).isEqualTo(new Comparison.Cost(4, 0.25, null, null));
        assertThat(comparisons.points("s", "d")).hasValueSatisfying(points -> {
            assertThat(points.shadow()).containsExactlyInAnyOrder(98, 97, 60, 5);
            assertThat(points.other()).containsExactlyInAnyOrder(99, 20, 96, 10);
        });
        assertThat(comparisons.points("s", "x")).isEmpty();
        assertThat(comparisons.of("d")).isEmpty();
    }

    @Test
    void howManyBothFlagAndHowManyOneAloneIsToldEachInItsPlace() throws Exception {
        String[][] shadowAndOther = {
            {"HIGH", "HIGH"}, {"HIGH", "HIGH"}, {"HIGH", "HIGH"}, {"HIGH", "LOW"}, {"HIGH", "LOW"}, {"LOW", "HIGH"}
        };
        for (String[] priorities : shadowAndOther) {
            said(study(priorities[1], priorities[1].equals("HIGH") ? 99 : 10), priorities[0], 50);
        }
        Comparison found = comparisons.of("s").get(0);
        assertThat(found.images()).isEqualTo(new Agreement(6, 3, 2, 1));
        assertThat(found.studies()).isEqualTo(new Agreement(6, 3, 2, 1));
    }

    /** The shadow was given less: that it says something else of the study is no difference between the two. */
    @Test
    void aStudyThatWasJudgedWithSlicesOfItsOtherRevisionsIsLeftOutAndCounted() throws Exception {
        JudgedStudy late = study("HIGH", 99);
        said(late, "LOW", 10);
        assertThat(comparisons.of("s").get(0).studies()).isEqualTo(new Agreement(1, 0, 0, 1));
        late.judged(2, "HIGH", 99, Duration.ofMinutes(1));
        Comparison byHighestImage = comparisons.of("s").get(0);
        assertThat(byHighestImage.studies().all()).isEqualTo(1);
        assertThat(byHighestImage.studiesLeftOut()).isZero();
        database.execute("update study set p_value = 0.05, normal_studies = 19, beyond = 0, false_alarms = 0.05"
                + " where study_instance_uid = '" + late.uid() + "'");
        Comparison found = comparisons.of("s").get(0);
        assertThat(found.studies().all()).isZero();
        assertThat(found.studiesThatDiffer()).isEmpty();
        assertThat(found.studiesLeftOut()).isEqualTo(1);
        assertThat(found.images().all()).isEqualTo(1);
        database.execute("update study set superseded_at = now() where revision = 2 and study_instance_uid = '"
                + late.uid() + "'");
        assertThat(comparisons.of("s").get(0).studiesLeftOut()).isZero();
    }

    /** Its priority is the most urgent of all that judged it: who flagged it is not known. */
    @Test
    void aStudyThatAnotherReleaseJudgedTooIsLeftOutAndCounted() throws Exception {
        JudgedStudy ofBoth = study("HIGH", 20);
        said(ofBoth, "LOW", 10);
        said(study("LOW", 20), "LOW", 10);
        ofBoth.image(1, 1, Instance.Outcome.RESTORED, null, null);
        database.execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at) select nextval('finding_id_seq'), id, 1,"
                + " 'other', '1', 'o', 'd', 9, 99, true, now() from instance where sop_instance_uid = '"
                + ofBoth.uid() + ".2.1'");
        Comparison found = comparisons.of("s").get(0);
        assertThat(found.studies()).isEqualTo(new Agreement(1, 0, 0, 0));
        assertThat(found.studiesThatDiffer()).isEmpty();
        assertThat(found.studiesLeftOut()).isEqualTo(1);
        assertThat(found.images().all()).isEqualTo(2);
    }

    private static void refused(JudgedStudy study) throws Exception {
        database.execute(
                "insert into release_run (study_id, model_digest, standing, state, worker, started_at, ended_at,"
                        + " images, images_refused, drawing_seconds, work_seconds) select id, 's', 'SHADOW', 'DONE', 'w', now(),"
                        + " now(), 0, 1, 0, 2 from study where study_instance_uid = '" + study.uid() + "'");
    }

    /** What it refuses agrees with nothing: a release that judges next to no image would look like the one that serves. */
    @Test
    void whatTheShadowRefusesIsCountedAndIsNoAgreement() throws Exception {
        database.execute("update release_standing set normal_studies = 40, limits_unlike = true, measured = true");
        JudgedStudy high = study("HIGH", 99);
        refused(high);
        for (int i = 1; i < Loss.ENOUGH_STUDIES; i++) {
            refused(study("LOW", 10));
        }
        said(study("LOW", 10), "LOW", 5);
        Comparison found = comparisons.of("s").get(0);
        assertThat(found.studies()).isEqualTo(new Agreement(1, 0, 0, 0));
        assertThat(found.passedOver()).isEqualTo(new Comparison.PassedOver(30, 31, 30));
        assertThat(found.studiesThatDiffer()).singleElement().satisfies(study -> assertThat(study.studyInstanceUid())
                .isEqualTo(high.uid()));
        assertThat(releases.find("s").orElseThrow().losses())
                .containsExactlyInAnyOrder(
                        new Loss(Loss.Kind.FEW_STUDIES_COMPARED, "tiny/1", "1"),
                        new Loss(Loss.Kind.JUDGES_FEWER_IMAGES, "tiny/1", "97"));
    }

    /** As where a file could not be read when the shadow had the study, and a replay restored it since. */
    @Test
    void whatTheShadowWasNeverGivenItDidNotPassOver() throws Exception {
        database.execute("update release_standing set since = now() - interval '1 hour'");
        JudgedStudy study = study("LOW", 10).image(1, 1, Instance.Outcome.FAILED, "truncated", null);
        ReleaseRuns.Claimed run = runs.next(List.of("s"), Duration.ofHours(1)).orElseThrow();
        assertThat(run.files()).extracting(ReleaseRuns.File::sopInstanceUid).containsExactly(study.image(1));
        runs.done(run.run(), new ReleaseRuns.Outcome(List.of(), 1, 0, 0, 0, null, null, null));
        String restored = study.uid() + ".2.1";
        database.execute("update instance set outcome = 'RESTORED', outcome_reason = null where sop_instance_uid = '"
                + restored + "'");
        found("d", restored, "-1 hour");
        assertThat(comparisons.passedOver("s", "d")).isEqualTo(new Comparison.PassedOver(1, 1, 1));
    }

    private static void found(String digest, String image, String after) throws Exception {
        database.execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at) select nextval('finding_id_seq'), id, 1,"
                + " 'tiny', '1', '" + digest + "', 'd', 9, 10, false, now() + interval '" + after
                + "' from instance where sop_instance_uid = '" + image + "'");
    }

    /** By a replay, or by a worker whose clock is ahead of the database's. */
    @Test
    void whatTheShadowRefusedStaysCountedWhenItIsFoundLater() throws Exception {
        JudgedStudy again = study("LOW", 10);
        database.execute("update finding set model_digest = 'a' where instance_id in (select id from instance where"
                + " sop_instance_uid = '" + again.image(1) + "')");
        refused(again);
        found("d", again.image(1), "1 second");
        assertThat(comparisons.passedOver("s", "d")).isEqualTo(new Comparison.PassedOver(1, 1, 1));
        JudgedStudy ahead = study("LOW", 10);
        database.execute(
                "update finding set created_at = now() + interval '1 hour' where instance_id in (select id from"
                        + " instance where sop_instance_uid = '" + ahead.image(1) + "')");
        refused(ahead);
        assertThat(comparisons.passedOver("s", "d")).isEqualTo(new Comparison.PassedOver(2, 2, 2));
    }

    /** As where it was judged joined with its neighbours, alone by a replay, and by another replay joined again. */
    @Test
    void aShadowStandsBesideTheFindingThatStandsAndNotTheOneWrittenLast() throws Exception {
        JudgedStudy study = study("HIGH", 99);
        said(study, "HIGH", 98);
        database.execute(
                "update finding set joined_with = '1.2.3 1' where instance_id in (select id from instance where"
                        + " sop_instance_uid = '" + study.image(1) + "')");
        found("d", study.image(1), "-1 hour");
        assertThat(comparisons.points("s", "d"))
                .hasValueSatisfying(points -> assertThat(points.other()).containsExactly(99));
    }

    /** Whoever promotes what was compared enough and lacks nothing is asked for no tick. */
    @Test
    void nothingIsLostOnceEnoughStudiesWereCompared() throws Exception {
        database.execute("update release_standing set normal_studies = 40, limits_unlike = true, measured = true");
        for (int i = 1; i < Loss.ENOUGH_STUDIES; i++) {
            said(study("LOW", 10), "LOW", 5);
        }
        assertThat(releases.find("s").orElseThrow().losses())
                .containsExactly(new Loss(Loss.Kind.FEW_STUDIES_COMPARED, "tiny/1", "29"));
        said(study("LOW", 10), "LOW", 5);
        assertThat(releases.find("s").orElseThrow().losses()).isEmpty();
        assertThat(releases.find("d").orElseThrow().losses()).isEmpty();
    }

    @Test
    void aShadowThatHasJudgedNothingIsSaidToHave() {
        Comparison found = comparisons.of("s").get(0);
        assertThat(found.images()).isEqualTo(new Agreement(0, 0, 0, 0));
        assertThat(found.rankCorrelation()).isNull();
        assertThat(found.shadowCost()).isEqualTo(new Comparison.Cost(0, null, null, null));
    }

    @Test
    void whatAnActWouldChangeIsToldBeforehand() throws Exception {
        assertThat(releases.find("s").orElseThrow().inPlaceOf()).containsExactly(new Named("tiny/1", "d"));
        database.execute(
                "update release_standing set standing = 'SERVING', took_place_of = 'd' where model_digest = 's';"
                        + " update release_standing set standing = 'SHADOW' where model_digest = 'd'");
        assertThat(releases.find("s").orElseThrow().backTo()).containsExactly(new Named("tiny/1", "d"));
        assertThat(releases.find("s").orElseThrow().inPlaceOf()).isEmpty();
        assertThat(releases.find("d").orElseThrow().inPlaceOf()).containsExactly(new Named("tiny/2", "s"));
        assertThat(releases.find("nobodys")).isEmpty();
    }

    /** By hand: ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4. */
    @Test
    void ranksThatAreAlikeShareTheirMean() {
        assertThat(pairs(new double[] {1, 5, 5, 9}, new double[] {2, 6, 4, 8}).rankCorrelation())
                .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-12));
        assertThat(pairs(new double[] {1, 2, 3}, new double[] {3, 2, 1}).rankCorrelation())
                .isCloseTo(-1, within(1e-12));
        assertThat(pairs(new double[] {1, 2}, new double[] {3, 3}).rankCorrelation())
                .isNull();
        assertThat(pairs(new double[] {1}, new double[] {3}).rankCorrelation()).isNull();
    }

    private static ImagePairs pairs(double[] shadow, double[] other) {
        return new ImagePairs(IntStream.range(0, shadow.length)
                .mapToObj(i -> new ImageThatDiffers("1", "1." + i, 1, shadow[i], false, other[i], false))
                .toList());
    }
}
