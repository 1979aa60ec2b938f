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
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.access.Actor;
import org.rigatino.deliver.DeliverConfiguration.Proof;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.TlsProfiles;
import org.rigatino.result.ObjectKind;

/** Destinations that administrators add, change, pause and remove, on a real PostgreSQL. */
class DestinationChangesTest extends DeliveryPasses {
    private static final Actor ADAM = new Actor("adam", "192.0.2.9");
    private static final Actor EVA = new Actor("eva", "192.0.2.10");
    private static final DestinationSettings ARCHIVE = at("archive.example", 104, "ARCHIVE");

    private DestinationChanges changes;
    private DestinationRemoval removal;
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
        added = database.bean(AddedDestinations.class);
        inForce = database.bean(DestinationsInForce.class);
        database.bean(Destinations.class);
        database.bean(DestinationActs.class);
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
        return database.query("select actor || ' ' || subject || ' ' || detail from audit_event where kind = '" + kind
                + "' order by id");
    }

    @Test
    void oneThatIsAddedIsInForceInEveryProcessWithWhatIsUsual() throws Exception {
        changes.add("archive", ARCHIVE, ADAM);
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
        assertThat(changes.add("archive", all, ADAM).settings()).isEqualTo(all);
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
        assertThatThrownBy(() -> changes.add("archive", at(host, port, title), ADAM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(error);
        changes.add("archive", ARCHIVE, ADAM);
        long version = added.find("archive").orElseThrow().version();
        assertThatThrownBy(() -> changes.change("archive", version, at(host, port, title), ADAM))
                .hasMessageContaining(error);
        assertThat(added.find("archive").orElseThrow().settings()).isEqualTo(ARCHIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Archive", "a b", "-a", "a-", "a.b", "archive-archive-archive-archive-ar", "a/b"})
    void aNameIsOfSmallLettersDigitsAndHyphens(String name) {
        assertThatThrownBy(() -> changes.add(name, ARCHIVE, ADAM)).hasMessageContaining("is no name for a destination");
    }

    @Test
    void objectsAndTlsAreLookedAtAsThoseOfFilesAre() {
        DestinationSettings none = new DestinationSettings("h", 104, "A", List.of(), null, null, null, null, null);
        assertThatThrownBy(() -> changes.add("archive", none, ADAM)).hasMessageContaining(".objects is empty");
        DestinationSettings others =
                new DestinationSettings("h", 104, "A", null, Set.of(ObjectKind.SEGMENTATION), null, null, null, null);
        assertThatThrownBy(() -> changes.add("archive", others, ADAM)).hasMessageContaining("not among its .objects");
        DestinationSettings tls = new DestinationSettings("h", 104, "A", null, null, "site", null, null, null);
        assertThatThrownBy(() -> changes.add("archive", tls, ADAM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("archive.tls: quarkus.tls.site is not configured");
        DestinationSettings never = new DestinationSettings("h", 104, "A", null, null, null, null, Duration.ZERO, null);
        assertThatThrownBy(() -> changes.add("archive", never, ADAM)).hasMessageContaining("time-out PT0S");
    }

    @Test
    void whoSawAnEarlierVersionIsRefused() throws Exception {
        AddedDestination first = changes.add("archive", ARCHIVE, ADAM);
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
        assertThat(changes.add("archive", ARCHIVE, ADAM).version()).isGreaterThan(first.version() + 1);
        assertThatThrownBy(() -> changes.add("archive", ARCHIVE, EVA)).hasMessageContaining("is there already");
        assertThatThrownBy(() -> changes.change("nobody", 1, ARCHIVE, EVA)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void ofTwoAtOnceOneIsRefused() throws Exception {
        long version = changes.add("archive", ARCHIVE, ADAM).version();
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
        assertThat(removal.remove("pacs", version, 0, ADAM).deliveries()).isZero();
        assertThat(state(1)).isEqualTo("PENDING");
        assertThatThrownBy(() -> changes.add("pacs", ARCHIVE, ADAM))
                .hasMessageContaining("is in this process's configuration");
    }

    @Test
    void aRemovalSaysHowManyAreOpenAndEndsThem() throws Exception {
        AddedDestination row = changes.add("archive", ARCHIVE, ADAM);
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

    @Test
    void whatWasSentToWhereItWasIsSentAnewToWhereItIs() throws Exception {
        AddedDestination row = changes.add("archive", ARCHIVE, ADAM);
        study(true, true);
        database.execute("update delivery set destination = 'archive'");
        record.sent(1, null, () -> added.isHeld("archive", row.version()));
        record.requested(List.of(1L), "2.25.7", Duration.ofMinutes(1));
        AddedDestination paused = changes.pause("archive", row.version(), true, ADAM);
        assertThat(state(1)).isEqualTo("SENT");
        changes.change("archive", paused.version(), at("new.example", 104, "ARCHIVE"), ADAM);
        assertThat(state(1)).isEqualTo("PENDING");
        assertThat(database.query("select transaction_uid from delivery where id = 1"))
                .containsOnlyNulls();
        assertThat(added.find("archive")).get().matches(AddedDestination::paused);
        record.sent(2, null, () -> added.isHeld("archive", row.version()));
        assertThat(state(2)).isEqualTo("PENDING");
    }
}
