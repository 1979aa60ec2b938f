package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rigatino.Patience.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.Slow;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.ProcessRole;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.FindingConfiguration;
import org.rigatino.finding.NormalStudiesInForce;
import org.rigatino.finding.StudyJudge;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.release.Comparisons;
import org.rigatino.release.Presence;
import org.rigatino.release.Promotions;
import org.rigatino.release.ReleaseRuns;
import org.rigatino.release.ReleasesOnRecord;
import org.rigatino.release.Standings;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.Releases;
import org.rigatino.restore.ReleasesAtHand;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.result.SiteResultConfiguration;
import org.rigatino.rule.RulesInForce;
import org.rigatino.rule.RulesOnRecord;

/** What releases in shadow do and leave, on a real PostgreSQL and with real networks. */
@Slow
class ShadowWorkTest {
    /** All that a study consists of, as text. */
    private static final String RECORD = "select md5(string_agg(t, '|' order by t)) from (select s::text t from study s"
            + " union all select i::text from instance i union all select f::text from finding f union all select o::text"
            + " from output o union all select d::text from delivery d union all select w::text from worklist_entry w"
            + " union all select a::text from audit_event a) rows";

    @TempDir
    static Path folder;

    private static DeliveryDatabase database;
    private static Standings standings;
    private static ReleaseRuns runs;
    private static Presence presence;
    private static HeldReleases held;
    private static Models models;
    private static ModelRelease shadow;
    private static int studies;

    private SimpleMeterRegistry meters;
    private Precedence precedence;
    private ShadowWork work;

    @BeforeAll
    static void start() throws Exception {
        Path disk = folder.resolve("models");
        Releases.write(disk, "old", TinyRelease.ANY_HEAD, Releases.NETWORK, Releases.SIZE, 1);
        shadow = Releases.write(disk, "new", TinyRelease.ANY_HEAD, Releases.NETWORK, Releases.SIZE, 2);
        database = new DeliveryDatabase();
        SmallRyeConfig config = config(Map.of(
                "rigatino.restore.models", disk.toString(),
                "rigatino.restore.shadow", "new/1",
                "rigatino.restore.device", "cpu"));
        FindingConfiguration ofTheReleases = Optional::empty;
        database.with(
                ofTheReleases,
                config.getConfigMapping(RestoreConfiguration.class),
                config.getConfigMapping(IngestConfiguration.class),
                config.getConfigMapping(SiteResultConfiguration.class),
                new RulesInForce());
        database.bean(AuditTrail.class);
        database.bean(ReleasesAtHand.class);
        database.bean(NormalStudiesInForce.class);
        database.bean(StudyJudge.class);
        database.bean(Class.forName("org.rigatino.release.ReleaseRecord"));
        standings = database.bean(Standings.class);
        presence = database.bean(Presence.class);
        runs = database.bean(ReleaseRuns.class);
        held = database.bean(HeldReleases.class);
        models = database.bean(Models.class);
        models.open();
    }

    private static SmallRyeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .withMapping(IngestConfiguration.class)
                .withMapping(RestoreConfiguration.class)
                .withMapping(SiteResultConfiguration.class)
                .withMapping(WorkerConfiguration.class)
                .build();
    }

    @AfterAll
    static void stop() throws Exception {
        models.close();
        database.close();
    }

    @BeforeEach
    void prepare() throws Exception {
        database.execute(
                "delete from shadow_finding; delete from release_run; delete from instance; delete from study");
        work = work(Map.of());
    }

    private ShadowWork work(Map<String, String> settings) throws Exception {
        meters = new SimpleMeterRegistry();
        database.with(config(settings).getConfigMapping(WorkerConfiguration.class), meters, new RulesInForce());
        precedence = database.bean(Precedence.class);
        database.bean(ShadowJudge.class);
        ShadowWork made = database.bean(ShadowWork.class);
        made.prepare();
        return made;
    }

    private double counted(String outcome) {
        var counter =
                meters.find("rigatino.shadow.studies").tag("outcome", outcome).counter();
        return counter == null ? 0 : counter.count();
    }

    /** Judged a moment ago, with that outcome of each image. */
    private static long study(MrStudy study, String state, String rule) throws Exception {
        long id = Long.parseLong(database.query("insert into study (study_instance_uid, revision, state, refusal_rule,"
                        + " first_received_at, last_received_at, restored_at, ended_at) values ('" + study.uid()
                        + "', 1, '" + state + "', " + (rule == null ? "null" : "'" + rule + "'") + ", now(), now(), "
                        + (rule == null ? "now()" : "null") + ", now()) returning id")
                .get(0));
        for (Path file : study.files()) {
            Dataset header = Dataset.readHeader(file);
            database.execute("insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                    + " transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at, outcome) values ("
                    + id + ", '" + header.require(Tag.SOPInstanceUID) + "', '1.2.840.10008.5.1.4.1.1.4', '1.2.3',"
                    + " '1.2.840.10008.1.2.1', 'TEST', '" + file + "', '" + sha256(file) + "', 1, now(), '"
                    + (rule == null ? "RESTORED" : "REFUSED") + "')");
        }
        return id;
    }

    private static String sha256(Path file) throws Exception {
        return DigestUtils.sha256Hex(Files.readAllBytes(file));
    }

    /** Where it is promoted, and not in a worker's log alone. */
    @Test
    void whyAReleaseDoesNotOpenIsTold(@TempDir Path elsewhere) throws Exception {
        ModelRelease broken =
                Releases.write(elsewhere, "broken", TinyRelease.ANY_HEAD, Releases.NETWORK, Releases.SIZE, 3);
        Path weights = broken.directory().resolve(ModelRelease.WEIGHTS_FILE);
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 500));
        database.execute("insert into release_standing (model_digest, model_name, model_version, eligibility, standing,"
                + " since) values ('" + broken.digest() + "', 'broken', '1', '{}', 'SHADOW', now())");
        try {
            assertThatThrownBy(() -> held.open(models.over(ModelReleases.serving(List.of(broken), List.of())), broken))
                    .hasMessageContaining("ends before the last weight");
            assertThat(presence.of(broken.digest()).lacking())
                    .singleElement()
                    .asString()
                    .contains("cannot open it: ", "ends before the last weight");
        } finally {
            database.execute("delete from release_at_worker where model_digest = '" + broken.digest()
                    + "'; delete from release_standing where model_digest = '" + broken.digest() + "'");
        }
    }

    private static MrStudy made() throws Exception {
        return new MrStudy(folder, "shadow-" + ++studies);
    }

    private static List<String> told() throws Exception {
        return database.query("select concat_ws(' ', standing, state, images, images_refused, images_failed, cause)"
                + " from release_run order by id");
    }

    @Test
    void aShadowJudgesWhatWasJudgedAndNothingElseChanges() throws Exception {
        MrStudy study =
                made().slice().slice().sliceOfAnotherModality().truncatedSlice().slice();
        long id = study(study, "CONFIRMED", null);
        String before = database.query(RECORD).get(0);
        work.look();
        assertThat(told()).containsExactly("SHADOW DONE 3 1 1");
        assertThat(database.query("select f.instance_id || ' ' || frame_number from shadow_finding f join release_run r"
                        + " on r.id = f.run_id where r.study_id = " + id + " and r.model_digest = '" + shadow.digest()
                        + "' and r.percentile is not null and r.priority is not null and r.drawing_seconds > 0"
                        + " and r.work_seconds >= r.drawing_seconds"))
                .hasSize(3);
        assertThat(database.query(RECORD)).containsExactly(before);
        assertThat(counted("done")).isEqualTo(1);
        work.look();
        assertThat(told()).hasSize(1);
    }

    @Test
    void whileAStudyIsUnderWayAShadowDoesNotBegin() throws Exception {
        study(made().slice(), "DELIVERING", null);
        try (Precedence.Turn turn = precedence.study()) {
            work.look();
            assertThat(told()).isEmpty();
        }
        work.look();
        assertThat(told()).as("a moment after a study").isEmpty();
        await().atMost(Precedence.QUIET.plus(Patience.STEP)).untilAsserted(() -> {
            work.look();
            assertThat(told()).containsExactly("SHADOW DONE 1 0 0");
        });
    }

    /** That of another process, too. */
    @Test
    void whileAnyStudyWaitsForAWorkerAShadowDoesNotBegin() throws Exception {
        study(made().slice(), "CONFIRMED", null);
        database.execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at,"
                + " ready_at, published_at) values ('1.2.39', 1, 'READY', now(), now(), now(), now())");
        work.look();
        assertThat(told()).isEmpty();
        database.execute("delete from study where study_instance_uid = '1.2.39'");
        work.look();
        assertThat(told()).containsExactly("SHADOW DONE 1 0 0");
    }

    @Test
    void aShadowThatHasBegunWaitsForTheStudyThatCame() throws Exception {
        BehindStudies pace = new BehindStudies(precedence);
        Thread shadowed = new Thread(() -> {
            try {
                pace.giveWay();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        long begun;
        long worked;
        try (Precedence.Turn turn = precedence.study()) {
            shadowed.start();
            await().until(() -> shadowed.getState() == Thread.State.TIMED_WAITING);
            begun = System.nanoTime();
            worked = pace.worked();
            shadowed.join(Duration.ofMillis(300).toMillis());
            assertThat(shadowed.isAlive()).isTrue();
        }
        shadowed.join(Precedence.QUIET.plus(Patience.STEP).toMillis());
        assertThat(shadowed.isAlive()).isFalse();
        assertThat(pace.worked() - worked)
                .as("nanoseconds of work, not of waiting")
                .isLessThan((System.nanoTime() - begun) / 2);
    }

    /** Of files that are not compressed, whose reading looks at no interruption. */
    @Test
    void aShadowEndsItsWorkAtTheLimitOfItsTime() throws Exception {
        ShadowWork limited = work(Map.of("rigatino.worker.shadow.study-time-limit", "PT0.2S"));
        study(made().slice(), "CONFIRMED", null);
        many();
        long start = System.nanoTime();
        limited.look();
        assertThat(limited.isAtWork()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        assertThat(told()).singleElement().asString().contains("FAILED", "rigatino.worker.shadow.study-time-limit");
        assertThat(shadowThreads()).noneMatch(ShadowWorkTest::isInOurs);
    }

    @Test
    void aShadowEndsItsWorkBeforeModelsAreClosed() throws Exception {
        study(made().slice(), "CONFIRMED", null);
        many();
        Thread looking = new Thread(work::look);
        looking.start();
        await().until(() -> work.isAtWork());
        work.stop(null);
        assertThat(work.isAtWork()).isFalse();
        assertThat(shadowThreads()).noneMatch(ShadowWorkTest::isInOurs);
        looking.join(Patience.STEP.toMillis());
        assertThat(told()).singleElement().asString().contains("FAILED", "the worker was stopped before it was done");
    }

    @Test
    void whoeverWasInterruptedDoesNotGoOnThoughItIsQuiet() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new BehindStudies(precedence).giveWay()).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    /** Images of the study that is there, each in the file of its one: more than are judged in a minute. */
    private static void many() throws Exception {
        database.execute("insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                + " transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at, outcome)"
                + " select study_id, sop_instance_uid || '.' || n, sop_class_uid, series_instance_uid, transfer_syntax_uid,"
                + " calling_ae_title, location, sha256, bytes, received_at, outcome from instance,"
                + " generate_series(1, 30000) n");
    }

    /** A thread of a pool that has nothing to do runs too, now and then, on its way to sleep. */
    private static boolean isInOurs(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith("org.rigatino."));
    }

    private static List<Thread> shadowThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("shadow"))
                .toList();
    }

    @Test
    void whatGoesWrongIsTheShadowsAlone() throws Exception {
        MrStudy study = made().slice();
        study(study, "CONFIRMED", null);
        database.execute("update instance set sha256 = 'another'");
        String before = database.query(RECORD).get(0);
        work.look();
        assertThat(told())
                .singleElement()
                .asString()
                .startsWith("SHADOW FAILED")
                .contains("received was another");
        assertThat(database.query(RECORD)).containsExactly(before);
        assertThat(counted("failed")).isEqualTo(1);
    }

    @Test
    void filesThatAreGoneAreSaidToBe() throws Exception {
        MrStudy study = made().slice().slice();
        study(study, "CONFIRMED", null);
        Files.delete(study.files().get(0));
        Files.delete(study.files().get(1));
        work.look();
        assertThat(told()).singleElement().asString().contains("none of 2 files could be read");
    }

    /** A network that cannot be opened fails its studies in silence, and is not promoted. */
    @Test
    void aShadowThatCannotBeOpenedFailsAndIsNotPromoted() throws Exception {
        models.close();
        Path weights = shadow.directory().resolve(ModelRelease.WEIGHTS_FILE);
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, new byte[] {1, 2, 3});
        try {
            HeldReleases other = database.bean(HeldReleases.class);
            database.bean(Models.class).open();
            ShadowWork broken = work(Map.of());
            study(made().slice(), "CONFIRMED", null);
            broken.look();
            assertThat(told()).singleElement().asString().startsWith("SHADOW FAILED");
            other.tell();
            database.bean(Comparisons.class);
            database.bean(RulesOnRecord.class);
            database.bean(Class.forName("org.rigatino.release.FollowedRules"));
            database.bean(Class.forName("org.rigatino.release.Losses"));
            Promotions acts = database.bean(Promotions.class);
            String losses = database.bean(ReleasesOnRecord.class)
                    .find(shadow.digest())
                    .orElseThrow()
                    .getLossesSha256();
            assertThatThrownBy(() -> acts.promote(
                            shadow.digest(),
                            Optional.empty(),
                            new Promotions.Meant(null, losses),
                            new Actor("adam", null)))
                    .hasMessageContainingAll("new/1", "cannot open it");
        } finally {
            Files.write(weights, whole);
            database.with(held, models);
            models.open();
        }
    }

    /** Without a study, so that going back waits for none. */
    @Test
    void whatIsOnDiskIsToldApartFromWhatWasOpened() throws Exception {
        try {
            HeldReleases fresh = database.bean(HeldReleases.class);
            Models again = database.bean(Models.class);
            again.open();
            assertThat(presence.of(shadow.digest()).lacking())
                    .singleElement()
                    .asString()
                    .endsWith("has not opened it yet");
            database.bean(ShadowOpening.class).look();
            assertThat(presence.of(shadow.digest()).lacking()).isEmpty();
            fresh.tell();
            assertThat(presence.of(shadow.digest()).workers()).isEqualTo(1);
            again.close();
        } finally {
            database.with(held, models);
        }
    }

    @Test
    void aReleaseThatServesAndIsNotHereMakesTheWorkerUnready() throws Exception {
        ModelReadiness readiness = new ModelReadiness();
        readiness.models = models;
        readiness.held = held;
        readiness.roles = Set.of(ProcessRole.WORKER);
        held.tell();
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        database.execute("insert into release_standing (model_digest, model_name, model_version, eligibility, standing,"
                + " since) values ('d1', 'gone', '7', '{\"modality\":[\"CT\"]}', 'SERVING', now())");
        try {
            held.tell();
            assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
            assertThat(readiness.call().getData().orElseThrow()).containsKey("gone/7");
            assertThat(meters.get("rigatino.releases.absent").gauge().value()).isEqualTo(1);
        } finally {
            database.execute("delete from release_standing where model_digest = 'd1'");
            held.tell();
        }
    }

    @Test
    void withoutTimeThereIsNoShadow() throws Exception {
        ShadowWork none = work(Map.of("rigatino.worker.shadow.budget", "PT0S"));
        study(made().slice(), "CONFIRMED", null);
        none.look();
        assertThat(told()).isEmpty();
    }

    @Test
    void whatIsOfNobodyOrOldIsLeftAlone() throws Exception {
        study(made().slice(), "REFUSED", "patient-identity");
        study(made().slice(), "REFUSED", "own-output");
        long withdrawn = study(made().slice(), "CONFIRMED", null);
        database.execute("update study set superseded_at = now() where id = " + withdrawn);
        long old = study(made().slice(), "CONFIRMED", null);
        database.execute("update study set restored_at = now() - interval '2 days' where id = " + old);
        work.look();
        assertThat(told()).isEmpty();
        study(made().slice(), "REFUSED", "unlike");
        work.look();
        assertThat(told()).containsExactly("SHADOW DONE 1 0 0");
    }

    @Test
    void whatADeadWorkerLeftIsFailedAndWhatALivingOneHasIsNot() throws Exception {
        presence.tell(List.of(new Presence.Held(shadow.digest(), null, null)));
        study(made().slice(), "CONFIRMED", null);
        assertThat(runs.next(List.of(shadow.digest()), Duration.ofDays(1))).isPresent();
        assertThat(runs.next(List.of(shadow.digest()), Duration.ofDays(1))).isEmpty();
        database.execute("update release_run set started_at = now() - interval '1 hour'");
        assertThat(runs.abandon()).isZero();
        presence.leave();
        assertThat(runs.abandon()).isEqualTo(1);
        assertThat(told()).containsExactly("SHADOW FAILED 0 0 0 its worker ended before it was done");
    }

    /** It is alive, and does not hold the study any more. */
    @Test
    void whatThisWorkerCouldNotRecordTheEndOfIsFailed() throws Exception {
        presence.tell(List.of(new Presence.Held(shadow.digest(), null, null)));
        study(made().slice(), "CONFIRMED", null);
        assertThat(runs.next(List.of(shadow.digest()), Duration.ofDays(1))).isPresent();
        work.look();
        assertThat(told()).singleElement().asString().startsWith("SHADOW FAILED 0 0 0 how it ended");
        assertThat(meters.get("rigatino.shadow.stuck").gauge().value()).isZero();
        presence.leave();
    }

    @Test
    void whatWasLeftOfAShadowThatIsNoneAnyMoreIsFailed() throws Exception {
        presence.tell(List.of(new Presence.Held(shadow.digest(), null, null)));
        study(made().slice(), "CONFIRMED", null);
        assertThat(runs.next(List.of(shadow.digest()), Duration.ofDays(1))).isPresent();
        String standing = "update release_standing set standing = '%s' where model_digest = '" + shadow.digest() + "'";
        database.execute(String.format(standing, "SERVING"));
        try {
            work.look();
        } finally {
            database.execute(String.format(standing, "SHADOW"));
            presence.leave();
        }
        assertThat(told()).singleElement().asString().startsWith("SHADOW FAILED 0 0 0 how it ended");
    }

    @Test
    void whatStudiesCostIsNotedBesideAShadow() throws Exception {
        long id = study(made(), "CONFIRMED", null);
        String old = standings.serving().all().get(0).digest();
        database.execute("insert into release_run (study_id, model_digest, standing, state, worker, started_at) select "
                + id + ", '" + shadow.digest() + "', 'SHADOW', 'RUNNING', 'nobody', now()");
        work.look();
        work.served(id, List.of(new ReleaseRuns.Cost(old, 7, 1.5)));
        work.look();
        assertThat(database.query(
                        "select images || ' ' || drawing_seconds from release_run where standing = 'SERVING'"))
                .containsExactly("7 1.5");
    }
}
