package org.rigatino.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.tls.TlsConfigurationRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;
import org.rigatino.Slow;
import org.rigatino.access.Actor;
import org.rigatino.deliver.DeliverConfiguration.Proof;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.ScriptedArchive;
import org.rigatino.dicom.SopReference;
import org.rigatino.dicom.StorageCommitmentResult;
import org.rigatino.dicom.TlsProfiles;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.result.ObjectKind;

/** Destinations that administrators add, change, pause and remove, on a real PostgreSQL. */
@Slow
class DestinationChangesTest extends DeliveryPasses {
    private static final Actor ADAM = new Actor("adam", "192.0.2.9");
    private static final Actor EVA = new Actor("eva", "192.0.2.10");
    private static final DestinationSettings ARCHIVE = at("archive.example", 104, "ARCHIVE");

    private static final StorageCommitmentResult COMMITTED =
            new StorageCommitmentResult("2.25.9", List.of(new SopReference(DueStudy.CAPTURE, "2.25.101")), Map.of());

    private DestinationChanges changes;
    private DestinationRemoval removal;
    private DestinationActs acts;
    private DestinationsInForce inForce;
    private AddedDestinations added;
    private DeliveryRecord record;

    private static DestinationSettings at(String host, Integer port, String title) {
        return new DestinationSettings(host, port, title, null, null, null, null, null, null);
    }

    @BeforeEach
    void process() throws Exception {
        database.execute("delete from destination");
        record = record(Map.of(
                "rigatino.deliver.destinations.pacs.host", "127.0.0.1",
                "rigatino.deliver.destinations.pacs.port", "4242",
                "rigatino.deliver.destinations.pacs.ae-title", "PACS"));
        database.with(Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TlsConfigurationRegistry.class},
                (proxy, method, values) -> Optional.empty()));
        database.bean(TlsProfiles.class);
        database.bean(DicomwebServices.class);
        added = database.bean(AddedDestinations.class);
        inForce = database.bean(DestinationsInForce.class);
        acts = database.bean(DestinationActs.class);
        database.bean(Destinations.class);
        changes = database.bean(DestinationChanges.class);
        removal = database.bean(DestinationRemoval.class);
    }

    @Override
    void send() throws DicomException {
        throw new UnsupportedOperationException();
    }

    @Override
    void confirm() throws DicomException {
        throw new UnsupportedOperationException();
    }

    private static List<String> trail(String kind) throws Exception {
        return database.query("select concat_ws(' ', actor, subject, detail) from audit_event where kind = '" + kind
                + "' order by id");
    }

    @Test
    void oneThatIsAddedIsInForceInEveryProcessWithWhatIsUsual() throws Exception {
        changes.add("archive", ARCHIVE, 0, ADAM);
        DestinationsInForce another = database.bean(DestinationsInForce.class);
        assertThat(another.all()).containsOnlyKeys("archive", "pacs");
        DeliverConfiguration.Destination destination = another.all().get("archive");
        assertThat(destination.objects()).contains(List.of(ObjectKind.SECONDARY_CAPTURE));
        assertThat(destination.essential()).contains(Set.of(ObjectKind.SECONDARY_CAPTURE));
        assertThat(DestinationKind.proof(destination)).isEqualTo(Proof.STORAGE_COMMITMENT);
        assertThat(List.of(destination.connectTimeout(), destination.responseTimeout()))
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(60));
        assertThat(trail("DESTINATION_ADDED"))
                .last()
                .asString()
                .startsWith("adam archive before: none; after: ARCHIVE at archive.example:104, objects");
        assertThat(added.find("archive")).get().matches(row -> row.changedBy().equals("adam") && !row.paused());
    }

    @Test
    void allThatIsEnteredIsKept() throws Exception {
        DestinationSettings all = new DestinationSettings(
                " archive.example ",
                11112,
                "ARCHIVE",
                List.of(ObjectKind.SEGMENTATION, ObjectKind.SECONDARY_CAPTURE),
                Set.of(ObjectKind.SECONDARY_CAPTURE),
                null,
                Proof.QUERY,
                Duration.ofMillis(1500),
                Duration.ofMinutes(2));
        assertThat(changes.add("archive", all, 0, ADAM).settings()).isEqualTo(all);
        assertThat(all.host()).isEqualTo("archive.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "archive.example|99999|ARCHIVE|archive.port must be less than or equal to 65535",
                "archive.example|0|ARCHIVE|archive.port must be greater than or equal to 1",
                "archive.example|104|A TITLE THAT IS TOO LONG|archive.ae-title: \"A TITLE THAT IS TOO LONG\" is not an AE title",
                "archive.example|104|A\\B|is not an AE title",
                "archive.example|104||needs .host and .ae-title for C-STORE",
                "|104|ARCHIVE|needs .host and .ae-title for C-STORE",
                "127.0.0.1|4242|PACS|as pacs is: an archive would receive everything twice",
                "127.0.0.1|11112|RIGATINO|where Rigatino's own listener is",
                "localhost|11112|ANOTHER|where Rigatino's own listener is"
            })
    void whatCannotBeRightIsRefusedInTheWordsOfTheStart(String host, int port, String title, String error)
            throws Exception {
        assertThatThrownBy(() -> changes.add("archive", at(host, port, title), 0, ADAM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(error);
        changes.add("archive", ARCHIVE, 0, ADAM);
        long version = added.find("archive").orElseThrow().version();
        assertThatThrownBy(() -> changes.change("archive", version, at(host, port, title), ADAM))
                .hasMessageContaining(error);
        assertThat(added.find("archive").orElseThrow().settings()).isEqualTo(ARCHIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Archive", "a b", "-a", "a-", "a.b", "archive-archive-archive-archive-ar", "a/b"})
    void aNameIsOfSmallLettersDigitsAndHyphens(String name) {
        assertThatThrownBy(() -> changes.add(name, ARCHIVE, 0, ADAM))
                .hasMessageContaining("is no name for a destination");
    }

    @Test
    void objectsAndTlsAreLookedAtAsThoseOfFilesAre() {
        DestinationSettings none = new DestinationSettings("h", 104, "A", List.of(), null, null, null, null, null);
        assertThatThrownBy(() -> changes.add("archive", none, 0, ADAM)).hasMessageContaining(".objects is empty");
        DestinationSettings others =
                new DestinationSettings("h", 104, "A", null, Set.of(ObjectKind.SEGMENTATION), null, null, null, null);
        assertThatThrownBy(() -> changes.add("archive", others, 0, ADAM))
                .hasMessageContaining("not among its .objects");
        DestinationSettings tls = new DestinationSettings("h", 104, "A", null, null, "site", null, null, null);
        assertThatThrownBy(() -> changes.add("archive", tls, 0, ADAM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("archive.tls: quarkus.tls.site is not configured");
        DestinationSettings never = new DestinationSettings("h", 104, "A", null, null, null, null, Duration.ZERO, null);
        assertThatThrownBy(() -> changes.add("archive", never, 0, ADAM)).hasMessageContaining("time-out PT0S");
    }

    @Test
    void whoSawAnEarlierVersionIsRefused() throws Exception {
        AddedDestination first = changes.add("archive", ARCHIVE, 0, ADAM);
        changes.change("archive", first.version(), at("archive.example", 105, "ARCHIVE"), EVA);
        assertThatThrownBy(() -> changes.change("archive", first.version(), ARCHIVE, ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("somebody was quicker: eva changed archive");
        assertThatThrownBy(() -> changes.pause("archive", first.version(), true, ADAM))
                .hasMessageContaining("quicker");
        assertThatThrownBy(() -> removal.remove("archive", first.version(), 0, ADAM))
                .hasMessageContaining("quicker");
        assertThat(trail("DESTINATION_CHANGED"))
                .last()
                .asString()
                .startsWith("eva archive before: ARCHIVE at archive.example:104")
                .contains("; after: ARCHIVE at archive.example:105");
        removal.remove("archive", added.find("archive").orElseThrow().version(), 0, ADAM);
        assertThat(changes.add("archive", ARCHIVE, 0, ADAM).version()).isGreaterThan(first.version() + 1);
        assertThatThrownBy(() -> changes.add("archive", ARCHIVE, 0, EVA)).hasMessageContaining("is there already");
        assertThatThrownBy(() -> changes.change("nobody", 1, ARCHIVE, EVA)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void ofTwoAtOnceOneIsRefused() throws Exception {
        long version = changes.add("archive", ARCHIVE, 0, ADAM).version();
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService two = Executors.newFixedThreadPool(2);
        List<Callable<String>> both =
                List.of(() -> changed(together, version, 1001, ADAM), () -> changed(together, version, 1002, EVA));
        List<String> came =
                two.invokeAll(both).stream().map(DestinationChangesTest::of).toList();
        two.shutdown();
        assertThat(came).containsExactlyInAnyOrder("changed", "refused");
    }

    private String changed(CyclicBarrier together, long version, int port, Actor by) throws Exception {
        together.await();
        try {
            changes.change("archive", version, at("archive.example", port, "ARCHIVE"), by);
            return "changed";
        } catch (IllegalStateException e) {
            return "refused";
        }
    }

    private static String of(Future<String> came) {
        try {
            return came.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theConfigurationIsInForceBeforeTheRecord() throws Exception {
        database.execute("insert into destination (name, host, port, ae_title, objects, essential, commitment,"
                + " connect_timeout_ms, response_timeout_ms, changed_by, changed_at) values ('pacs', 'other.example',"
                + " 104, 'OTHER', 'secondary-capture', 'secondary-capture', 'NONE', 1, 1, 'adam', now())");
        study(true, false);
        assertThat(inForce.all().get("pacs").host()).contains("127.0.0.1");
        assertThat(inForce.added()).isEmpty();
        long version = added.find("pacs").orElseThrow().version();
        assertThatThrownBy(() -> changes.change("pacs", version, ARCHIVE, ADAM))
                .hasMessageContaining("is in this process's configuration");
        assertThatThrownBy(() -> changes.pause("pacs", version, true, ADAM))
                .hasMessageContaining("is in this process's configuration");
        assertThat(inForce.isAnyHidden()).isTrue();
        changes.pauseHidden();
        assertThat(inForce.isAnyHidden()).isFalse();
        assertThat(trail("DESTINATION_CHANGED")).last().asString().contains("after: paused, since the configuration");
        AddedDestination hidden = added.find("pacs").orElseThrow();
        assertThat(hidden.paused()).isTrue();
        assertThat(removal.remove("pacs", hidden.version(), 0, ADAM).deliveries())
                .isZero();
        assertThat(state(1)).isEqualTo("PENDING");
        assertThatThrownBy(() -> changes.add("pacs", ARCHIVE, 0, ADAM))
                .hasMessageContaining("is in this process's configuration");
    }

    @Test
    void aRemovalSaysHowManyAreOpenAndEndsThem() throws Exception {
        AddedDestination row = changes.add("archive", ARCHIVE, 0, ADAM);
        study(true, true);
        database.execute("update delivery set destination = 'archive'");
        assertThatThrownBy(() -> removal.remove("archive", row.version(), 1, ADAM))
                .hasMessageContaining("2 deliveries to archive are open now, and 1 were shown");
        assertThat(inForce.all()).containsKey("archive");
        assertThat(removal.remove("archive", row.version(), 2, ADAM).deliveries())
                .isEqualTo(2);
        assertThat(List.of(state(1), state(2), study())).containsExactly("CANCELLED", "CANCELLED", "FAILED at deliver");
        assertThat(inForce.all()).doesNotContainKey("archive");
        assertThat(trail("DESTINATION_REMOVED")).last().asString().endsWith("after: none, 2 deliveries open");
    }

    /** A worker of any process may have said before that the destination is not there. */
    @Test
    void whatIsCancelledByARemovalSaysThatAnAdministratorRemovedItAndWhen() throws Exception {
        AddedDestination row = changes.add("archive", ARCHIVE, 0, ADAM);
        study(true, true);
        database.execute("update delivery set destination = 'archive'");
        database.execute("update delivery set state = 'FAILED', last_error = 'answered A900H' where id = 2");
        deliveries.notConfigured(Set.of("pacs"));
        removal.remove("archive", row.version(), 2, ADAM);
        String removed = "an administrator removed the destination at \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
        assertThat(database.query("select last_error from delivery order by id"))
                .satisfiesExactly(waited -> assertThat(waited).matches(removed), failed -> assertThat(failed)
                        .matches(removed + "; it had failed before: answered A900H"));
        assertThat(database.query("select failure_cause from study"))
                .singleElement()
                .asString()
                .contains("2 deliveries cancelled and nothing delivered", "an administrator removed the destination")
                .doesNotContain("adam");
        assertThat(trail("DELIVERIES_CANCELLED"))
                .last()
                .asString()
                .startsWith("adam archive 2 deliveries cancelled: an administrator removed");
    }

    @Test
    void whatIsCancelledOfAFilesDestinationSaysSo() throws Exception {
        study(true, false);
        database.execute("update delivery set destination = 'gone', last_error = 'the destination is not there'");
        acts.cancel("gone", ADAM);
        assertThat(database.query("select last_error from delivery"))
                .singleElement()
                .asString()
                .startsWith("an administrator cancelled it at 2")
                .endsWith(": the destination is not configured any more");
    }

    @Test
    void whatWasSentToWhereItWasIsSentAnewToWhereItIs() throws Exception {
        AddedDestination row = changes.add("archive", ARCHIVE, 0, ADAM);
        study(true, true);
        database.execute("update delivery set destination = 'archive'");
        DestinationRecord of = new DestinationRecord(
                record, "ARCHIVE at archive.example:104", () -> added.isHeld("archive", row.version()));
        of.sent(1, null);
        of.requested(List.of(1L), "2.25.7", Duration.ofMinutes(1));
        AddedDestination paused = changes.pause("archive", row.version(), true, ADAM);
        assertThat(state(1)).isEqualTo("SENT");
        changes.change("archive", paused.version(), at("new.example", 104, "ARCHIVE"), ADAM);
        assertThat(state(1)).isEqualTo("PENDING");
        assertThat(database.query("select transaction_uid from delivery where id = 1"))
                .containsOnlyNulls();
        assertThat(added.find("archive")).get().matches(AddedDestination::paused);
        of.sent(2, null);
        assertThat(state(2)).isEqualTo("PENDING");
        assertThat(trail("DESTINATION_CHANGED"))
                .last()
                .asString()
                .contains("; 1 objects that were taken before are sent");
        assertThat(trail("DELIVERY_TAKEN_ELSEWHERE"))
                .endsWith(
                        "adam archive 1 object was taken by ARCHIVE at archive.example:104, and is sent anew",
                        "2.25.102 at archive 1 object was taken by ARCHIVE at archive.example:104 after the"
                                + " destination was changed, paused or removed; its delivery is PENDING");
    }

    /** Each move of a worker, once its destination is not as it was any more. */
    @Test
    void aWorkerOfAnotherPlaceMovesNothing() throws Exception {
        AddedDestination row = changes.add("archive", ARCHIVE, 0, ADAM);
        DestinationRecord of = new DestinationRecord(
                record, "ARCHIVE at archive.example:104", () -> added.isHeld("archive", row.version()));
        changes.pause("archive", row.version(), true, ADAM);
        Map<String, Runnable> moves = Map.of(
                "PENDING", () -> of.alreadyThere(1),
                "PENDING ", () -> of.refused(1, Delivery.State.PENDING, "no", Refusal.UNSUPPORTED),
                "PENDING  ", () -> of.waiting(List.of(1L), Delivery.State.PENDING, "silent"),
                "SENT", () -> of.found(1, Delivery.Confirmation.QUERY),
                "SENT ", () -> of.unproved(List.of(1L), "no", Duration.ZERO),
                "SENT  ", () -> of.withoutProof(List.of(1L)),
                "SENT   ", () -> of.requested(List.of(1L), "2.25.5", Duration.ZERO),
                "SENT    ", () -> of.reported(List.of("archive"), COMMITTED));
        for (Map.Entry<String, Runnable> move : moves.entrySet()) {
            empty();
            study(true, false);
            database.execute("update delivery set destination = 'archive', transaction_uid = '2.25.9', state = '"
                    + move.getKey().strip() + "'");
            List<String> before = database.query("select d::text from delivery d");
            move.getValue().run();
            assertThat(database.query("select d::text from delivery d"))
                    .as(move.getKey())
                    .isEqualTo(before);
        }
    }

    /** Nothing more goes to where the destination was; what was taken there meanwhile is told. */
    @Test
    void aBatchUnderWayEndsWithTheObjectUnderWay() throws Exception {
        try (ScriptedArchive archive = new ScriptedArchive()) {
            RemoteNode node = archive.node();
            AddedDestination row = changes.add("archive", at("127.0.0.1", node.port(), "ARCHIVE"), 0, ADAM);
            study(true, true);
            database.execute("update delivery set destination = 'archive'");
            archive.store = sopClass -> {
                if (!added.find("archive").orElseThrow().paused()) {
                    changes.pause("archive", row.version(), true, ADAM);
                }
                return 0;
            };
            new Sender("archive", node, record, () -> added.isHeld("archive", row.version())).sendDue();
            assertThat(archive.offered).hasSize(1);
            assertThat(List.of(state(1), state(2))).containsExactly("PENDING", "PENDING");
            assertThat(trail("DELIVERY_TAKEN_ELSEWHERE")).last().asString().contains("taken by " + node);
        }
    }

    /** Where it hangs too. */
    @Test
    void anAssociationUnderWayIsEnded() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedArchive archive = new ScriptedArchive()) {
            AddedDestination row = changes.add("archive", ARCHIVE, 0, ADAM);
            study(true, false);
            database.execute("update delivery set destination = 'archive'");
            archive.store = sopClass -> {
                hangs.countDown();
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return 0;
            };
            RemoteNode silent = new RemoteNode(
                    "127.0.0.1", archive.node().port(), "ARCHIVE", "RIGATINO", Patience.STEP, Duration.ofDays(1));
            Sender sender = new Sender("archive", silent, record, () -> added.isHeld("archive", row.version()));
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<Boolean> sending = thread.submit(sender::sendDue);
            hangs.await();
            changes.pause("archive", row.version(), true, ADAM);
            sender.abort();
            sending.get(Patience.SECONDS, TimeUnit.SECONDS);
            thread.shutdown();
            over.countDown();
            assertThat(database.query("select state || attempts from delivery")).containsExactly("PENDING0");
        }
    }

    /** It is in no file. */
    @Test
    void withoutProofADeliveryToAnAddedOneComesToItsEnd() throws Exception {
        DestinationSettings unproved =
                new DestinationSettings("archive.example", 104, "ARCHIVE", null, null, null, Proof.NONE, null, null);
        AddedDestination row = changes.add("archive", unproved, 0, ADAM);
        study(true, false);
        database.execute("update delivery set destination = 'archive'");
        DestinationRecord of = new DestinationRecord(
                record, "ARCHIVE at archive.example:104", () -> added.isHeld("archive", row.version()));
        of.sent(1, null);
        RemoteNode node = new RemoteNode(
                "archive.example", 104, "ARCHIVE", "RIGATINO", Duration.ofSeconds(1), Duration.ofSeconds(1));
        new Confirmer("archive", node, Proof.NONE, configuration.commitment(), of).confirmDue();
        assertThat(List.of(state(1), study())).containsExactly("DELIVERED", "DELIVERED");
        assertThat(trail("DELIVERED_WITHOUT_PROOF")).last().asString().contains("C-STORE was answered with success");
    }

    /** As after a removal that was cut short. */
    @Test
    void whatIsOpenOfTheNameGoesToAnotherArchiveOnlyWhereItWasSeen() throws Exception {
        study(true, true);
        database.execute(
                "update delivery set destination = 'archive'; update delivery set state = 'SENT' where id = 2");
        assertThatThrownBy(() -> changes.add("archive", ARCHIVE, 1, ADAM))
                .isInstanceOf(OpenDeliveriesException.class)
                .hasMessageContaining("2 deliveries to archive are open still");
        assertThat(added.find("archive")).isEmpty();
        assertThat(state(2)).isEqualTo("SENT");
        changes.add("archive", ARCHIVE, 2, ADAM);
        assertThat(state(2)).isEqualTo("PENDING");
        assertThat(trail("DESTINATION_ADDED"))
                .last()
                .asString()
                .endsWith(
                        "; 2 open deliveries of the name go on to it; 1 objects that were taken before are sent anew");
    }

    @Test
    void waitsAndNumberHaveAnEnd() throws Exception {
        DestinationSettings slow = new DestinationSettings(
                "h",
                104,
                "A",
                null,
                null,
                null,
                null,
                null,
                Duration.ofMinutes(10).plusMillis(1));
        assertThatThrownBy(() -> changes.add("archive", slow, 0, ADAM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("archive.response-timeout: PT10M0.001S is longer than the 10 minutes");
        for (int port = 1; port <= 50; port++) {
            changes.add("archive-" + port, at("archive.example", port, "ARCHIVE"), 0, ADAM);
        }
        assertThatThrownBy(() -> changes.add("archive", ARCHIVE, 0, ADAM)).hasMessageContaining("50 destinations");
    }

    /** Objects for it were not made: an incomplete study there would end as confirmed. */
    @Test
    void oneThatIsAddedWhileAStudyIsRestoredGetsNothingOfIt() throws Exception {
        Outbox outbox = database.bean(Outbox.class);
        Map<String, Set<ObjectKind>> asked = inForce.objects();
        changes.add("archive", ARCHIVE, 0, ADAM);
        study(true, true);
        database.execute("delete from delivery");
        for (Map<String, Set<ObjectKind>> of : List.of(asked, inForce.objects())) {
            database.inTransaction(() -> {
                outbox.add(database.entities().find(Study.class, 1L), outputs(), of);
                return null;
            });
            assertThat(database.query("select destination || output_id from delivery order by 1"))
                    .containsExactlyElementsOf(
                            of == asked ? List.of("pacs1", "pacs2") : List.of("archive1", "pacs1", "pacs2"));
        }
    }

    /** Nothing to deliver would be taken for everything delivered. */
    @Test
    void whereAllThatAStudyWasMadeForAreGoneItIsNotRecorded() throws Exception {
        Outbox outbox = database.bean(Outbox.class);
        Map<String, Set<ObjectKind>> gone = Map.of("gone", Set.of(ObjectKind.SECONDARY_CAPTURE));
        study(true, true);
        database.execute("delete from delivery");
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    outbox.add(database.entities().find(Study.class, 1L), outputs(), gone);
                    return null;
                }))
                .hasStackTraceContaining("gone")
                .hasStackTraceContaining("removed while it was restored");
        database.inTransaction(() -> {
            outbox.add(database.entities().find(Study.class, 1L), List.of(), gone);
            return null;
        });
        assertThat(database.query("select 1 from delivery")).isEmpty();
    }

    /** Else no replay could end: what had failed there would fail the study anew. */
    @Test
    void whatHadFailedWhereTheStudyDoesNotGoAnyMoreFailsItNoMore() throws Exception {
        Outbox outbox = database.bean(Outbox.class);
        changes.add("archive", ARCHIVE, 0, ADAM);
        study(true, true);
        database.execute("update delivery set destination = 'archive', state = 'FAILED', last_error = 'answered A900H';"
                + " update delivery set state = 'CONFIRMED' where id = 1");
        database.execute(
                "update study set ruled_destinations = '{\"pacs\": [\"SECONDARY_CAPTURE\", \"SEGMENTATION\"]}'");
        database.inTransaction(() -> {
            outbox.add(
                    database.entities().find(Study.class, 1L),
                    outputs(),
                    Map.of("pacs", inForce.objects().get("pacs")));
            return null;
        });
        assertThat(database.query("select destination || ' ' || output_id || ' ' || state from delivery order by 1"))
                .containsExactly("archive 1 CONFIRMED", "archive 2 CANCELLED", "pacs 1 PENDING", "pacs 2 PENDING");
        assertThat(trail("DELIVERIES_CANCELLED"))
                .last()
                .asString()
                .contains("archive", "rules of the house keep object");
        assertThat(database.query("select last_error from delivery where state = 'CANCELLED'"))
                .containsExactly(
                        "rules of the house keep it from the destination now; it had failed before: answered A900H");
    }

    @Test
    void whatRulesOfTheHouseKeepFromADestinationIsNotRepeatedThere() throws Exception {
        study(true, true);
        database.execute(
                "update delivery set state = 'CANCELLED'; update study set state = 'CONFIRMED', ended_at = now(),"
                        + " ruled_destinations = '{\"research\": [\"SECONDARY_CAPTURE\"], \"pacs\": [\"TRIPTYCH\"]}'");
        assertThat(repeatable()).isZero();
        assertThat(acts.repeat("pacs", acts.again("pacs"), ADAM).deliveries()).isZero();
        database.execute("update study set ruled_destinations = '{\"pacs\": [\"SECONDARY_CAPTURE\"]}'");
        assertThat(repeatable()).isEqualTo(1);
        assertThat(acts.repeat("pacs", acts.again("pacs"), ADAM).deliveries()).isEqualTo(1);
        assertThat(repeatable()).isZero();
    }

    /** What one archive declined is not the next one's, which may be outside of the house. */
    @Test
    void whatIsSentAgainGoesToTheArchiveThatWasShownAndIsNoMoreThanWasShown() throws Exception {
        study(true, true);
        long version = changes.add("archive", ARCHIVE, 0, ADAM).version();
        String declined = "update delivery set destination = 'archive', state = 'DECLINED' where id = ";
        database.execute(declined + "1; update study set state = 'CONFIRMED', ended_at = now()");
        DestinationActs.Again seen = acts.again("archive");
        assertThat(seen).isEqualTo(new DestinationActs.Again("ARCHIVE at archive.example:104", 1, 0));
        database.execute(declined + "2");
        assertThat(acts.repeat("archive", seen, ADAM)).isEqualTo(new DestinationActs.Changed("archive", 1, true));
        assertThat(database.query("select state from delivery order by id")).containsExactly("PENDING", "DECLINED");
        assertThat(acts.repeat("archive", seen, ADAM)).isEqualTo(new DestinationActs.Changed("archive", 1, false));
        assertThat(acts.repeat("archive", seen, ADAM)).isEqualTo(new DestinationActs.Changed("archive", 0, false));
        assertThat(trail("DELIVERIES_REPEATED")).hasSize(2);
        database.execute(declined + "1; " + declined + "2");
        changes.change("archive", version, at("new.example", 104, "ARCHIVE"), EVA);
        assertThatThrownBy(() -> acts.repeat("archive", seen, ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "archive is ARCHIVE at new.example:104 now, and ARCHIVE at archive.example:104 was shown");
        assertThat(database.query("select distinct state from delivery")).containsExactly("DECLINED");
        assertThat(trail("DELIVERIES_REPEATED")).hasSize(2);
        assertThat(acts.repeat("archive", DestinationActs.Again.shown("ARCHIVE at new.example:104", -1), ADAM))
                .isEqualTo(new DestinationActs.Changed("archive", 0, true));
        assertThat(acts.repeat("archive", acts.again("archive"), ADAM).deliveries())
                .as("of nobody knows where")
                .isEqualTo(2);
    }

    /** Also by whoever looks anew once the destination is another archive: that was never asked to take it. */
    @Test
    void whatOneArchiveDeclinedOrWasToGetIsNotSentToTheNextOfItsName() throws Exception {
        study(true, true);
        AddedDestination row = changes.add("archive", ARCHIVE, 0, ADAM);
        database.execute("update delivery set destination = 'archive', essential = false");
        DestinationRecord.always(record, ARCHIVE.place())
                .refused(1, Delivery.State.PENDING, "answered 0122H", Refusal.UNSUPPORTED);
        assertThat(acts.again("archive").deliveries()).isEqualTo(1);
        removal.remove("archive", row.version(), 1, ADAM);
        database.execute(
                "update study set state = 'CONFIRMED', failed_stage = null, failure_cause = null, ended_at = now()");
        assertThat(database.query("select state || ' ' || place from delivery order by id"))
                .containsExactly("DECLINED ARCHIVE at archive.example:104", "CANCELLED ARCHIVE at archive.example:104");
        AddedDestination next = changes.add("archive", at("new.example", 104, "ARCHIVE"), 0, EVA);
        DestinationActs.Again seen = acts.again("archive");
        assertThat(seen).isEqualTo(new DestinationActs.Again("ARCHIVE at new.example:104", 0, 2));
        assertThat(database.bean(Destinations.class).list())
                .filteredOn(to -> to.name().equals("archive"))
                .singleElement()
                .satisfies(to -> assertThat(to.againElsewhere()).isEqualTo(2));
        assertThat(acts.repeat("archive", DestinationActs.Again.shown(seen.place(), 2), ADAM))
                .isEqualTo(new DestinationActs.Changed("archive", 0, false));
        changes.change("archive", next.version(), ARCHIVE, EVA);
        assertThat(acts.again("archive").deliveries()).isEqualTo(2);
        assertThat(acts.repeat("archive", acts.again("archive"), ADAM).deliveries())
                .isEqualTo(2);
    }

    private static long repeatable() throws Exception {
        return database.bean(Destinations.class).list().stream()
                .filter(to -> to.name().equals("pacs"))
                .findFirst()
                .orElseThrow()
                .repeatable();
    }

    /** Of a study that failed it is replayed instead. */
    @Test
    void whatIsSentAgainIsCountedDeclinedOrCancelledAndNothingElse() throws Exception {
        study(true, true);
        database.execute("update delivery set state = case id when 1 then 'DECLINED' else 'CANCELLED' end;"
                + " update study set state = 'CONFIRMED', ended_at = now()");
        assertThat(repeatable()).isEqualTo(2);
        database.execute("update study set state = 'FAILED', failed_stage = 'deliver', failure_cause = 'x'");
        assertThat(repeatable()).isZero();
        database.execute("update study set state = 'CONFIRMED', failed_stage = null, failure_cause = null,"
                + " outputs_deleted_at = now()");
        assertThat(repeatable()).isZero();
    }

    /** What takes answers alone takes nothing of a study: it would end as confirmed with nothing sent. */
    @Test
    void whereAllThatAreLeftTakeAnswersAloneAStudyWaits() throws Exception {
        changes.add(
                "answers",
                new DestinationSettings(
                        "answers.example",
                        104,
                        "ANSWERS",
                        List.of(ObjectKind.ASSESSMENT),
                        null,
                        null,
                        null,
                        null,
                        null),
                0,
                ADAM);
        inForce.look();
        Outbox outbox = database.bean(Outbox.class);
        study(true, true);
        database.execute("delete from delivery");
        assertThat(inForce.ofStudies()).containsEntry("answers", Set.of());
        Map<String, Set<ObjectKind>> gone = Map.of("gone", Set.of(ObjectKind.SECONDARY_CAPTURE), "answers", Set.of());
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    outbox.add(database.entities().find(Study.class, 1L), outputs(), gone);
                    return null;
                }))
                .hasStackTraceContaining("removed while it was restored");
    }

    private static List<Output> outputs() {
        return database.entities()
                .createQuery("from Output order by id", Output.class)
                .getResultList();
    }
}
