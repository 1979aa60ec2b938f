package org.rigatino.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.FindingConfiguration;
import org.rigatino.finding.NormalStudiesInForce;
import org.rigatino.restore.AbsentReleaseException;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.ReleaseMetrics;
import org.rigatino.restore.Releases;
import org.rigatino.restore.ReleasesAtHand;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.rule.HouseRules;
import org.rigatino.rule.RuleText;
import org.rigatino.rule.RulesConfiguration;
import org.rigatino.rule.RulesInForce;
import org.rigatino.rule.RulesOnRecord;

/** Which releases serve, on a real PostgreSQL, as several processes see it. */
@Slow
class PromotionsTest {
    private static final Actor ADAM = new Actor("adam", "192.0.2.9");
    private static final Optional<List<String>> ANY = Optional.empty();

    @TempDir
    static Path folder;

    private static DeliveryDatabase database;
    private static ModelRelease one;
    private static ModelRelease two;
    private static ModelRelease three;
    private static ModelRelease chest;
    private static ModelRelease broad;
    private static ModelRelease narrow;

    /** A process with releases of its own on one record. */
    private record Process(Standings standings, Promotions promotions, Presence presence) {
        void holds(ModelRelease... releases) {
            presence.tell(Arrays.stream(releases)
                    .map(release -> new Presence.Held(release.digest(), null, 5L))
                    .toList());
        }
    }

    private record Disk(Path models, Optional<Set<String>> shadow, String device, int batch)
            implements RestoreConfiguration {}

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.bean(AuditTrail.class);
        FindingConfiguration ofTheReleases = Optional::empty;
        database.with(ofTheReleases);
        ruled(Optional::empty);
        one = write("a", "one", Releases.AXIAL_FLAIR, 1);
        two = write("b", "two", Releases.AXIAL_FLAIR, 2);
        three = write("c", "three", Releases.AXIAL_FLAIR, 3);
        chest = write(
                "a",
                "chest",
                new Eligibility(
                        List.of("DX"),
                        List.of("MONOCHROME2"),
                        16,
                        List.of(),
                        List.of("CHEST"),
                        null,
                        null,
                        null,
                        null,
                        0,
                        0.05,
                        List.of(),
                        null),
                4);
        for (ModelRelease release : List.of(one, two, three)) {
            copy(release, "all");
        }
        copy(chest, "all");
        narrow = write("left", "narrow", Releases.AXIAL_FLAIR, 6);
        ModelRelease taking = write("broad", "broad", Releases.AXIAL_FLAIR, 7);
        broad = ModelRelease.load(Releases.again(taking.directory(), folder.resolve("left"), "1", "TIRM"));
        copy(write("versions/both", "wide", Releases.AXIAL_FLAIR, 5), "versions/old");
        Releases.again(folder.resolve("versions/both/wide/1"), folder.resolve("versions/both"), "2", "TIRM");
        FileUtils.copyDirectory(
                folder.resolve("versions/both").toFile(),
                folder.resolve("versions/later").toFile());
        Files.createFile(folder.resolve("versions/later/wide/1").resolve(ModelRelease.SUPERSEDED_FILE));
    }

    private static ModelRelease write(String disk, String name, Eligibility eligibility, int seed) throws IOException {
        return Releases.write(folder.resolve(disk), name, eligibility, Releases.NETWORK, Releases.SIZE, seed);
    }

    private static void copy(ModelRelease release, String disk) throws IOException {
        FileUtils.copyDirectory(
                release.directory().toFile(),
                folder.resolve(disk).resolve(release.model()).toFile());
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        ruled(Optional::empty);
        database.execute("delete from shadow_finding; delete from release_run; delete from release_at_worker;"
                + " delete from release_standing");
    }

    private static Process process(String disk, String... shadows) throws Exception {
        database.with(new Disk(
                folder.resolve(disk), shadows.length == 0 ? Optional.empty() : Optional.of(Set.of(shadows)), "cpu", 1));
        database.bean(ReleasesAtHand.class);
        database.bean(ReleaseRecord.class);
        Standings standings = database.bean(Standings.class);
        Presence presence = database.bean(Presence.class);
        database.bean(NormalStudiesInForce.class);
        database.bean(Comparisons.class);
        database.bean(RulesOnRecord.class);
        database.bean(FollowedRules.class);
        database.bean(Losses.class);
        return new Process(standings, database.bean(Promotions.class), presence);
    }

    /** All four releases, of which two and three are in shadow; it has told that it lives. */
    private static Process adopted() throws Exception {
        Process process = process("all", two.model(), three.model());
        process.standings().adopt();
        process.holds(one, two, three, chest);
        return process;
    }

    /** What a page would say of it now; null where nothing is lost. */
    private static String losses(String digest) throws Exception {
        return database.bean(ReleasesOnRecord.class)
                .find(digest)
                .map(ReleaseView::getLossesSha256)
                .orElse(null);
    }

    /** As somebody who ticks all that a page shows now. */
    private static Promotions.Meant all(String digest) throws Exception {
        ReleaseView view = database.bean(ReleasesOnRecord.class).find(digest).orElseThrow();
        return new Promotions.Meant(view.leavesToNobodySha256(), view.getLossesSha256());
    }

    private static Promotions.Meant meant(String digest) throws Exception {
        return new Promotions.Meant(null, losses(digest));
    }

    private static List<String> serving(Process process) {
        return process.standings().serving().all().stream()
                .map(ModelRelease::name)
                .toList();
    }

    private static List<String> trail(String kind) throws Exception {
        return database.query("select concat_ws(' ', actor, address, subject, detail) from audit_event where kind = '"
                + kind + "' order by id");
    }

    private static Dataset flair() {
        return new Dataset()
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.Modality, "MR")
                .put(Tag.ImageType, "ORIGINAL", "PRIMARY")
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, 256)
                .put(Tag.Columns, 256)
                .put(Tag.BodyPartExamined, "BRAIN")
                .put(Tag.SeriesDescription, "Ax FLAIR")
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
    }

    @Test
    void whatIsSeenFirstServesAndWhatComesBesideItIsInShadow() throws Exception {
        Process first = process("a");
        first.standings().adopt();
        first.standings().adopt();
        assertThat(serving(first)).containsExactlyInAnyOrder("chest", "one");
        Process later = process("b");
        later.standings().adopt();
        assertThat(later.standings().all())
                .filteredOn(release -> release.digest().equals(two.digest()))
                .singleElement()
                .satisfies(release -> assertThat(release.standing()).isEqualTo(Standing.SHADOW));
        assertThat(trail("RELEASE_RECORDED"))
                .contains("two/1 sha256 " + two.digest() + " seen for the first time: SHADOW, beside one/1 sha256 "
                        + one.digest() + ", which serves");
    }

    @Test
    void ofTwoNewOnesForTheSameImagesNothingIsGuessed() throws Exception {
        Process process = process("all", two.model());
        assertThatThrownBy(process.standings()::adopt)
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("one", "three", "rigatino.restore.shadow");
        assertThat(process.standings().all()).isEmpty();
        assertThatThrownBy(process("all", "tow/1").standings()::adopt)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tow/1");
    }

    /** The next version of a release that serves, which finds more series: it judges the other's images too. */
    @Test
    void theNextVersionWithOtherPatternsIsInShadow() throws Exception {
        for (Process start : List.of(process("versions/old"), process("versions/both"))) {
            start.standings().adopt();
            assertThat(start.standings().serving().choose(flair(), 1).release().version())
                    .isEqualTo("1");
        }
        assertThat(trail("RELEASE_RECORDED")).last().asString().contains("wide/2", "SHADOW, beside wide/1");
    }

    @Test
    void whatIsSupersededIsUnknownToANewRecord() throws Exception {
        Process process = process("versions/later");
        process.standings().adopt();
        process.standings().adopt();
        assertThat(standings(process)).containsExactly("wide/2 SERVING");
        empty();
        Process asked = process("versions/later", "wide/1");
        asked.standings().adopt();
        assertThat(standings(asked)).containsExactly("wide/1 SHADOW", "wide/2 SERVING");
    }

    @Test
    void whatIsSupersededServesOnWhereItDoes() throws Exception {
        process("versions/old").standings().adopt();
        Process later = process("versions/later");
        later.standings().adopt();
        assertThat(standings(later)).containsExactly("wide/1 SERVING", "wide/2 SHADOW");
        assertThat(later.standings().serving().choose(flair(), 1).release().version())
                .isEqualTo("1");
    }

    @Test
    void wherePeopleLeftImagesToNobodyANewReleaseWaits() throws Exception {
        Process process = process("versions/old");
        process.standings().adopt();
        ModelRelease first = ModelRelease.load(folder.resolve("versions/old/wide/1"));
        process.holds(first);
        process.promotions()
                .withdraw(
                        first.digest(),
                        Optional.of(List.of()),
                        all(first.digest()).leaveToNobody(),
                        ADAM);
        Process later = process("versions/later");
        later.standings().adopt();
        assertThat(standings(later)).containsExactly("wide/1 SHADOW", "wide/2 SHADOW");
    }

    private static List<String> standings(Process process) {
        return process.standings().all().stream()
                .map(release -> release.model() + " " + release.standing())
                .toList();
    }

    @Test
    void aPromotionReachesEveryProcessAndIsInTheTrailWithBeforeAndAfter() throws Exception {
        Process here = adopted();
        Process there = process("all", two.model(), three.model());
        there.standings().adopt();
        there.holds(one, two, three, chest);
        assertThat(serving(there)).containsExactlyInAnyOrder("chest", "one");
        Promotions.Changed changed =
                here.promotions().promote(two.digest(), Optional.of(List.of(one.digest())), meant(two.digest()), ADAM);
        assertThat(changed).isEqualTo(new Promotions.Changed(List.of("one/1"), List.of("two/1")));
        assertThat(serving(there)).containsExactlyInAnyOrder("chest", "two");
        assertThat(there.standings().serving().choose(flair(), 1).release().name())
                .isEqualTo("two");
        assertThat(trail("RELEASE_PROMOTED"))
                .last()
                .isEqualTo("adam 192.0.2.9 two/1 served before: one/1 sha256 " + one.digest()
                        + "; serves now: two/1 sha256 " + two.digest()
                        + "; given up: it was compared with one/1 on 0 studies, fewer than 30");
    }

    @Test
    void goingBackGoesStepByStep() throws Exception {
        Process process = adopted();
        process.promotions().promote(two.digest(), ANY, meant(two.digest()), ADAM);
        process.promotions().promote(three.digest(), ANY, meant(three.digest()), ADAM);
        assertThat(process.promotions().withdraw(three.digest(), Optional.of(List.of(two.digest())), null, ADAM))
                .isEqualTo(new Promotions.Changed(List.of("three/1"), List.of("two/1")));
        assertThat(serving(process)).containsExactlyInAnyOrder("chest", "two");
        process.promotions().withdraw(two.digest(), ANY, null, ADAM);
        assertThat(serving(process)).containsExactlyInAnyOrder("chest", "one");
        process.promotions()
                .withdraw(
                        one.digest(), Optional.of(List.of()), all(one.digest()).leaveToNobody(), ADAM);
        assertThat(serving(process)).containsExactly("chest");
        assertThat(trail("RELEASE_WITHDRAWN"))
                .last()
                .asString()
                .contains("; serves now: none; images left to nobody: all of one/1");
        assertThat(process.standings().serving().choose(flair(), 1).refusal().rule())
                .isEqualTo("modality");
    }

    @Test
    void whatIsNotAtEveryLivingWorkerIsNotPromoted() throws Exception {
        Process here = adopted();
        Process lacking = process("a");
        lacking.standings().adopt();
        lacking.holds(one, chest);
        assertThatThrownBy(() -> here.promotions().promote(two.digest(), ANY, meant(two.digest()), ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("two/1", "has not got it");
        assertThat(serving(here)).containsExactlyInAnyOrder("chest", "one");
        database.execute("update release_at_worker set seen_at = now() - interval '5 minutes' where worker = '"
                + lacking.presence().worker() + "'");
        here.presence().tell(List.of(new Presence.Held(two.digest(), "no memory", null)));
        assertThatThrownBy(() -> here.promotions().promote(two.digest(), ANY, meant(two.digest()), ADAM))
                .hasMessageContaining("no memory");
        here.holds(two);
        here.promotions().promote(two.digest(), ANY, meant(two.digest()), ADAM);
        assertThat(serving(here)).containsExactlyInAnyOrder("chest", "two");
    }

    @Test
    void whatNobodyHasOpenedIsNotPromoted() throws Exception {
        Process here = adopted();
        here.presence().leave();
        assertThatThrownBy(() -> here.promotions().promote(two.digest(), ANY, meant(two.digest()), ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("two/1", "no worker is alive", "start one");
        here.holds(one);
        here.presence().tell(List.of(Presence.Held.unopened(two.digest())));
        assertThat(here.presence().of(two.digest()).workers()).isZero();
        assertThatThrownBy(() -> here.promotions().promote(two.digest(), ANY, meant(two.digest()), ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("two/1", "has not opened it yet", "within two minutes");
        assertThat(serving(here)).containsExactlyInAnyOrder("chest", "one");
        here.holds(two);
        here.promotions().promote(two.digest(), ANY, meant(two.digest()), ADAM);
        here.presence().leave();
        assertThatThrownBy(() -> here.promotions().withdraw(two.digest(), ANY, null, ADAM))
                .hasMessageContainingAll("one/1", "no worker is alive");
    }

    /** As a listener is that shows pages and answers REST. */
    @Test
    void aProcessWithoutAFolderOfReleasesPromotesByWhatWorkersTell() throws Exception {
        adopted();
        Process web = process("nowhere");
        web.promotions().promote(two.digest(), ANY, meant(two.digest()), ADAM);
        web.promotions().withdraw(two.digest(), ANY, null, ADAM);
        assertThat(web.standings().all())
                .filteredOn(RecordedRelease::serves)
                .extracting(RecordedRelease::model)
                .containsExactly("chest/1", "one/1");
    }

    /** The narrow one takes the place of one that judges more; what that took before is nobody's unasked. */
    @Test
    void imagesAreLeftToNobodyOnlyWhereThatIsMeant() throws Exception {
        Process process = process("left", "narrow/1");
        process.standings().adopt();
        process.holds(broad, narrow);
        Promotions acts = process.promotions();
        assertThatThrownBy(() -> acts.promote(narrow.digest(), ANY, meant(narrow.digest()), ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("nobody would judge", "of broad/1 by series-description", "--leave-to-nobody");
        assertThat(serving(process)).containsExactly("broad");
        acts.promote(narrow.digest(), ANY, all(narrow.digest()), ADAM);
        assertThat(trail("RELEASE_PROMOTED"))
                .last()
                .asString()
                .contains("images left to nobody: of broad/1 by series-description; given up: ");
        acts.withdraw(narrow.digest(), ANY, null, ADAM);
        assertThatThrownBy(() -> acts.withdraw(broad.digest(), ANY, null, ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("all of broad/1", "--leave-to-nobody");
        assertThat(serving(process)).containsExactly("broad");
    }

    /** Between what a page showed and the click, somebody has saved other rules. */
    @Test
    void whatIsLeftToNobodyBesidesIsRefusedWithTheNewList() throws Exception {
        Process before = process("left", "narrow/1");
        before.standings().adopt();
        before.holds(broad, narrow);
        Promotions.Meant shown = all(narrow.digest());
        before.presence().leave();
        Path file = only("emergency", "broad/1");
        ruled(() -> Optional.of(file));
        Process after = process("left", "narrow/1");
        after.holds(broad, narrow);
        assertThatThrownBy(() -> after.promotions().promote(narrow.digest(), ANY, shown, ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "not what was accepted",
                        "series-description",
                        "only the emergency release",
                        "--leave-to-nobody");
        assertThat(serving(after)).containsExactly("broad");
        after.promotions().promote(narrow.digest(), ANY, all(narrow.digest()), ADAM);
        assertThat(serving(after)).containsExactly("narrow");
    }

    /** Somebody has saved a rule of the same name that lets less in. */
    @Test
    void whatIsLeftToNobodyByARuleThatSaysSomethingElseSinceIsRefused() throws Exception {
        Path file = only("same", "one/1");
        ruled(() -> Optional.of(file));
        Process before = adopted();
        Promotions.Meant shown = all(two.digest());
        before.presence().leave();
        Files.writeString(file, Files.readString(file).replace("modality: MR", "modality: [MR, CT]"));
        Process after = adopted();
        assertThat(view(two).left()).isEqualTo("of one/1 by rule \"only the same release\" of the house");
        assertThatThrownBy(() -> after.promotions().promote(two.digest(), ANY, shown, ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("not what was accepted", "only the same release", "--leave-to-nobody");
        assertThat(serving(after)).contains("one");
        after.promotions().promote(two.digest(), ANY, all(two.digest()), ADAM);
        assertThat(serving(after)).contains("two");
    }

    /** The rules let the one that serves look, and not the one that is to: its images would be refused. */
    @Test
    void rulesOfTheHouseThatKeepOutWhatIsPromotedAreToldBeforehand() throws Exception {
        Path file = only("proven", "one/1");
        ruled(() -> Optional.of(file));
        Process process = adopted();
        Promotions acts = process.promotions();
        ReleaseView view =
                database.bean(ReleasesOnRecord.class).find(two.digest()).orElseThrow();
        assertThat(view.left()).isEqualTo("of one/1 by rule \"only the proven release\" of the house");
        assertThatThrownBy(() -> acts.promote(two.digest(), ANY, meant(two.digest()), ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("of one/1 by rule \"only the proven release\"", "--leave-to-nobody");
        acts.promote(two.digest(), ANY, all(two.digest()), ADAM);
        assertThat(trail("RELEASE_PROMOTED"))
                .last()
                .asString()
                .contains("images left to nobody: of one/1 by rule \"only the proven release\" of the house");
        acts.withdraw(two.digest(), ANY, null, ADAM);
        assertThat(serving(process)).contains("one");
    }

    /** A process that shows pages may have other rules than the workers, or none; only theirs let images in. */
    @Test
    void whatIsLeftToNobodyIsToldByTheRulesOfTheWorkersThatAreAlive() throws Exception {
        Path file = only("proven", "one/1");
        ruled(() -> Optional.of(file));
        Process worker = adopted();
        database.execute("insert into house_rules (sha256, text) select encode(sha256(t), 'hex'), t from (select"
                + " convert_to('" + Files.readString(file) + "', 'UTF8') as t) x on conflict do nothing");
        ruled(Optional::empty);
        Process web = process("nowhere");
        assertThat(view(two).left()).isEqualTo("of one/1 by rule \"only the proven release\" of the house");
        assertThatThrownBy(() -> web.promotions().promote(two.digest(), ANY, meant(two.digest()), ADAM))
                .hasMessageContaining("rule \"only the proven release\"");
        assertThat(view(two).losses()).extracting(Loss::kind).doesNotContain(Loss.Kind.RULES_DIFFER);

        Process other = process("all", two.model(), three.model());
        other.holds(one, two, three, chest);
        assertThat(view(two).losses())
                .filteredOn(loss -> loss.kind() == Loss.Kind.RULES_DIFFER)
                .singleElement()
                .satisfies(loss -> assertThat(loss.detail())
                        .contains(
                                "no rules; ",
                                "rules "
                                        + HouseRules.read(() -> Optional.of(file))
                                                .sha256()
                                                .substring(0, 12)));
        assertThat(view(two).left()).contains("only the proven release");
        other.presence().leave();

        database.execute("update release_at_worker set rules = null");
        assertThat(view(two).losses())
                .extracting(Loss::kind)
                .as("of an older version, or of rules that are not on record")
                .contains(Loss.Kind.RULES_DIFFER);
        worker.presence().leave();
    }

    /** A worker that was set up anew without the file judges and sends by no rules. */
    @Test
    void whoAsksAProcessOfOtherRulesThanAWorkersIsTold() throws Exception {
        Path file = only("proven", "one/1");
        ruled(() -> Optional.of(file));
        adopted();
        FollowedRules followed = database.bean(FollowedRules.class);
        assertThat(followed.apart()).as("it is the only worker").isEmpty();
        database.execute("insert into release_at_worker (worker, host, model_digest, seen_at, rules) values"
                + " ('w', 'like', '" + one.digest() + "', now(), '"
                + HouseRules.read(() -> Optional.of(file)).sha256() + "')");
        assertThat(followed.apart()).as("the other follows the same").isEmpty();
        database.execute("insert into release_at_worker (worker, host, model_digest, seen_at, rules) values"
                + " ('x', 'anew', '" + one.digest() + "', now(), '')");
        assertThat(followed.apart())
                .get()
                .extracting(RuleText::english)
                .asString()
                .contains("here rules ", "anew: no rules", "like: rules ");
        database.execute("update release_at_worker set seen_at = now() - interval '5 minutes' where worker = 'x'");
        assertThat(followed.apart()).as("it ended").isEmpty();
        database.execute("update release_at_worker set rules = null where worker = 'w'");
        assertThat(followed.apart()).as("of an older version").isPresent();
    }

    /** As while workers are upgraded one by one: those of the version before have not told. */
    @Test
    void goingBackUnderRulesThatCannotBeToldHasToBeMeant() throws Exception {
        Path file = only("new", "two/1");
        Process worker = adopted();
        worker.promotions().promote(two.digest(), ANY, meant(two.digest()), ADAM);
        database.execute("update release_at_worker set rules = null");
        assertThatThrownBy(() -> worker.promotions().withdraw(two.digest(), ANY, null, ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("rules that it has not told", "two/1", "--leave-to-nobody");
        assertThat(view(two).rulesApart()).contains("rules that it has not told");
        assertThat(view(one).rulesApart()).as("a loss of its promotion").isNull();
        ruled(() -> Optional.of(file));
        Process web = process("nowhere");
        assertThat(view(two).left())
                .as("by the rules of who is asked, which are all that can be read")
                .isEqualTo("of two/1 by rule \"only the new release\" of the house");
        web.promotions().withdraw(two.digest(), ANY, all(two.digest()).leaveToNobody(), ADAM);
        assertThat(trail("RELEASE_WITHDRAWN"))
                .last()
                .asString()
                .contains("rule \"only the new release\"", "rules that it has not told");
    }

    private static ReleaseView view(ModelRelease release) throws Exception {
        return database.bean(ReleasesOnRecord.class).find(release.digest()).orElseThrow();
    }

    /** Between what a page showed and the click. */
    @Test
    void whatIsLostBesidesIsRefusedWithTheNewList() throws Exception {
        Process process = adopted();
        Promotions.Meant shown = meant(two.digest());
        database.execute("update release_standing set normal_studies = 90, limits_unlike = false, measured = true"
                + " where model_digest = '" + one.digest() + "'; update release_standing set normal_studies = 40,"
                + " limits_unlike = false, measured = false where model_digest = '" + two.digest() + "'");
        assertThatThrownBy(() -> process.promotions().promote(two.digest(), ANY, shown, ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "not what was accepted",
                        "less than half as many normal studies as one/1 (90 / 40)",
                        "one/1 was measured",
                        losses(two.digest()));
        assertThat(serving(process)).contains("one");
        process.promotions().promote(two.digest(), ANY, meant(two.digest()), ADAM);
        assertThat(serving(process)).contains("two");
    }

    private static Traits traits(Process process, ModelRelease release) {
        return process.standings().all().stream()
                .filter(recorded -> recorded.digest().equals(release.digest()))
                .findFirst()
                .orElseThrow()
                .traits();
    }

    /** Metrics lie beside the release, at one worker and not at the other. */
    @Test
    void whatWasMeasuredLastStaysWhicheverWorkerTellsLast() throws Exception {
        ModelRelease measured = write("measured", "measured", Releases.AXIAL_FLAIR, 8);
        copy(measured, "unmeasured");
        ReleaseMetrics.record(measured, Map.of("image_auroc", 0.9));
        Process here = process("measured");
        here.standings().adopt();
        Process elsewhere = process("unmeasured");
        elsewhere.standings().note();
        assertThat(traits(elsewhere, measured).measured()).isTrue();
        ReleaseMetrics.record(measured, Map.of("image_auroc", 0.9, "caveats", List.of("It knows them.")));
        for (int look = 0; look < 2; look++) {
            here.standings().note();
            assertThat(traits(here, measured).measured()).as("as its page says").isFalse();
            elsewhere.standings().note();
        }
    }

    @Test
    void whatIsOnRecordIsNotWrittenAnew() throws Exception {
        ModelRelease measured = write("known", "known", Releases.AXIAL_FLAIR, 8);
        ReleaseMetrics.record(measured, Map.of("image_auroc", 0.9));
        Process process = process("known");
        process.standings().adopt();
        String row = "select xmin from release_standing where model_digest = '" + measured.digest() + "'";
        List<String> written = database.query(row);
        Files.delete(measured.directory().resolve(ReleaseMetrics.FILE));
        process.standings().note();
        assertThat(database.query(row)).isEqualTo(written);
    }

    /** One was made with normal studies, a limit of what is unlike, and was measured; two with none of these. */
    @Test
    void whatIsLostIsToldBeforehandAndHasToBeMeant() throws Exception {
        assertThat(Traits.of(Releases.of("brain-flair/6"))).satisfies(traits -> {
            assertThat(traits.normalStudies()).isPositive();
            assertThat(traits.limitsUnlike()).isTrue();
            assertThat(traits.measured()).isTrue();
            assertThat(traits.joinsSlices()).isTrue();
            assertThat(traits.reads()).isTrue();
        });
        ModelRelease joined = Releases.writeJoined(folder.resolve("traits"), "joined", Releases.AXIAL_FLAIR);
        assertThat(Traits.of(Releases.withReader(joined, 7))).isEqualTo(new Traits(0, false, false, null, true, true));
        assertThat(Traits.of(two)).isEqualTo(new Traits(0, false, false, null, false, false));
        Process process = adopted();
        Promotions acts = process.promotions();
        database.execute("update release_standing set normal_studies = 40, limits_unlike = true, measured = true,"
                + " joins_slices = true, reads = true, eligibility = replace(eligibility, '[\"MR\"]', '[\"MR\",\"CT\"]') where model_digest = '"
                + one.digest()
                + "'");
        assertThat(database.bean(ReleasesOnRecord.class)
                        .find(two.digest())
                        .orElseThrow()
                        .losses())
                .extracting(Loss::kind)
                .containsExactly(
                        Loss.Kind.NO_NORMAL_STUDIES,
                        Loss.Kind.NO_LIMIT_OF_UNLIKE,
                        Loss.Kind.NO_JOINING,
                        Loss.Kind.NO_READER,
                        Loss.Kind.NOT_MEASURED,
                        Loss.Kind.FEW_STUDIES_COMPARED,
                        Loss.Kind.OTHER_MODALITIES);
        assertThatThrownBy(() -> acts.promote(
                        two.digest(),
                        ANY,
                        new Promotions.Meant(all(two.digest()).leaveToNobody(), null),
                        ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "one/1 knows 40 normal studies", "on 0 studies", "MR, CT / MR", "acceptLosses");
        assertThat(serving(process)).contains("one");
        acts.promote(two.digest(), ANY, all(two.digest()), ADAM);
        assertThat(trail("RELEASE_PROMOTED")).last().asString().contains("; given up: one/1 knows 40 normal studies");
        acts.withdraw(two.digest(), ANY, null, ADAM);
        database.execute("update release_standing set measured = null, normal_studies = null where model_digest = '"
                + two.digest() + "'");
        assertThatThrownBy(() -> acts.promote(
                        two.digest(),
                        ANY,
                        new Promotions.Meant(all(two.digest()).leaveToNobody(), null),
                        ADAM))
                .hasMessageContaining("no worker has told yet");
        process.standings().note();
        assertThat(process.standings().all())
                .filteredOn(release -> release.digest().equals(one.digest()))
                .extracting(RecordedRelease::traits)
                .as("as its files say, and measured as somebody told")
                .containsExactly(new Traits(0, false, true, null, false, false));
    }

    /** Rules by which one release alone looks at MR. */
    private static Path only(String name, String release) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".yaml"),
                "rules: [{name: only the " + name + " release, when: {modality: MR}, releases: [" + release + "]}]");
    }

    private static void ruled(RulesConfiguration rules) {
        database.with(new RulesInForce() {
            @Override
            public HouseRules latest() {
                return HouseRules.read(rules);
            }
        });
    }

    /** A worker that was away comes with an old disk: nothing else judges what the promoted one is for. */
    @Test
    void whereThePromotedOneIsMissingItsImagesAreJudgedByNobodyAndOthersAre() throws Exception {
        adopted().promotions().promote(two.digest(), ANY, meant(two.digest()), ADAM);
        Process late = process("a");
        late.standings().adopt();
        ModelReleases serving = late.standings().serving();
        assertThat(serving.all()).extracting(ModelRelease::name).containsExactly("chest");
        assertThatThrownBy(() -> serving.choose(flair(), 1))
                .isInstanceOf(AbsentReleaseException.class)
                .hasMessageContainingAll("two/1", two.digest(), "replay the study");
        Dataset radiograph = flair().put(Tag.Modality, "DX").put(Tag.BodyPartExamined, "CHEST");
        assertThat(serving.choose(radiograph, 1).release().name()).isEqualTo("chest");
    }

    @Test
    void whoSawAnotherStateIsToldAndWhatMakesNoSenseIsRefused() throws Exception {
        Process process = adopted();
        Promotions acts = process.promotions();
        acts.promote(three.digest(), ANY, meant(three.digest()), ADAM);
        assertThatThrownBy(
                        () -> acts.promote(two.digest(), Optional.of(List.of(one.digest())), meant(two.digest()), ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("somebody was quicker", "three/1");
        assertThatThrownBy(() -> acts.promote(three.digest(), ANY, meant(three.digest()), ADAM))
                .hasMessage("three/1 serves already");
        assertThatThrownBy(() -> acts.withdraw(two.digest(), ANY, null, ADAM)).hasMessage("two/1 does not serve");
        assertThatThrownBy(() -> acts.promote("nobodys", ANY, meant("nobodys"), ADAM))
                .isInstanceOf(NoSuchElementException.class);
        assertThat(trail("RELEASE_PROMOTED")).last().asString().contains("three/1");
    }

    @Test
    void goingBackBesideAnotherThatJudgesTheSameIsRefused() throws Exception {
        Process process = adopted();
        process.promotions().withdraw(one.digest(), ANY, all(one.digest()).leaveToNobody(), ADAM);
        process.promotions().promote(two.digest(), ANY, meant(two.digest()), ADAM);
        database.execute("update release_standing set took_place_of = '" + one.digest() + "', standing = 'SERVING'"
                + " where model_digest = '" + three.digest() + "'");
        assertThatThrownBy(() -> process.promotions().withdraw(three.digest(), ANY, null, ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("one/1 cannot serve again", "two/1");
        assertThat(process.standings().serving().choose(flair(), 1).refusal().rule())
                .isEqualTo(ModelReleases.AMBIGUOUS_RULE);
    }

    @Test
    void ofManyAtOnceOneServes() throws Exception {
        Process process = adopted();
        List<String> digests = List.of(two.digest(), three.digest(), two.digest(), three.digest());
        Map<String, Promotions.Meant> meant =
                Map.of(two.digest(), meant(two.digest()), three.digest(), meant(three.digest()));
        CyclicBarrier together = new CyclicBarrier(digests.size());
        ExecutorService people = Executors.newFixedThreadPool(digests.size());
        List<Future<String>> came = new ArrayList<>();
        for (String digest : digests) {
            Callable<String> act = () -> {
                together.await();
                try {
                    process.promotions().promote(digest, Optional.of(List.of(one.digest())), meant.get(digest), ADAM);
                    return "promoted";
                } catch (IllegalStateException e) {
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
        assertThat(outcomes).containsOnlyOnce("promoted");
        assertThat(process.standings().serving().all()).hasSize(2);
    }
}
