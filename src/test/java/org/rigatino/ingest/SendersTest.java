package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Settings;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.ingest.AddedSender.Kind;

/** Who may send, as administrators add them to the lists of the configuration, on a real PostgreSQL. */
class SendersTest {
    private static final Actor ADAM = new Actor("adam", "192.0.2.9");

    @TempDir
    static Path folder;

    private static DeliveryDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.bean(AuditTrail.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.execute("delete from sender");
    }

    /** A process of its own. */
    private static Senders senders(Map<String, String> lists) throws Exception {
        Map<String, String> settings = new HashMap<>(lists);
        settings.putIfAbsent("rigatino.ingest.store", folder.toString());
        database.with(Settings.of(IngestConfiguration.class, settings));
        database.bean(SendersOnRecord.class);
        return database.bean(Senders.class);
    }

    private static Senders listed() throws Exception {
        return senders(Map.of(
                "rigatino.ingest.calling-ae-titles", "SCANNER",
                "rigatino.ingest.remote-addresses", "192.0.2.0/24"));
    }

    private static void look(SendersOnRecord listener) throws Exception {
        database.inTransaction(() -> {
            listener.refresh();
            return null;
        });
    }

    private static List<String> trail(String kind) throws Exception {
        return database.query("select actor || ' ' || subject || ' ' || detail from audit_event where kind = '" + kind
                + "' order by id");
    }

    @Test
    void whoWasTurnedAwayJustBeforeTheyWereAddedMaySend() throws Exception {
        listed();
        SendersOnRecord listener = database.bean(SendersOnRecord.class);
        Senders senders = database.bean(Senders.class);
        look(listener);
        senders.add(Kind.AE_TITLE, "MR2", ADAM);
        assertThat(database.inTransaction(() -> listener.hasTitle("MR2"))).isTrue();
    }

    @Test
    void whoIsAddedMaySendAtOnceAndIsOutAgainOnceRemoved() throws Exception {
        Senders senders = listed();
        SendersOnRecord listener = database.bean(SendersOnRecord.class);
        look(listener);
        assertThat(listener.hasTitle("MR2")).isFalse();
        assertThat(senders.add(Kind.AE_TITLE, " MR2 ", ADAM).value()).isEqualTo("MR2");
        senders.add(Kind.ADDRESS, "2001:db8:0:0::7", ADAM);
        look(listener);
        assertThat(listener.hasTitle("MR2")).isTrue();
        assertThat(listener.hasTitle("mr2")).isFalse();
        assertThat(listener.hasAddress(InetAddress.getByName("2001:db8::7"))).isTrue();
        assertThat(listener.hasAddress(InetAddress.getByName("2001:db8::8"))).isFalse();
        assertThat(senders.add(Kind.ADDRESS, "::ffff:198.51.100.7", ADAM).value())
                .isEqualTo("198.51.100.7");
        assertThat(trail("SENDER_ADDED")).contains("adam MR2 added to calling-ae-titles before: none; after: MR2");
        assertThat(senders.view().added()).extracting(AddedSender::value).contains("MR2");
        assertThat(senders.view().callingAeTitles()).containsExactly("SCANNER");

        senders.remove(Kind.AE_TITLE, "MR2", ADAM);
        look(listener);
        assertThat(listener.hasTitle("MR2")).isFalse();
        assertThat(trail("SENDER_REMOVED"))
                .last()
                .isEqualTo("adam MR2 added to calling-ae-titles before: MR2; after: none");
        assertThatThrownBy(() -> senders.remove(Kind.AE_TITLE, "MR2", ADAM)).isInstanceOf(NoSuchElementException.class);
    }

    /** Where the configuration serves all, one that is added would shut out all others, or seem to. */
    @Test
    void aListThatTheConfigurationHasNotIsNotBegun() throws Exception {
        Senders senders = senders(Map.of("rigatino.ingest.calling-ae-titles", "SCANNER"));
        assertThatThrownBy(() -> senders.add(Kind.ADDRESS, "192.0.2.7", ADAM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rigatino.ingest.remote-addresses is not set");
        assertThatThrownBy(() -> senders(Map.of()).add(Kind.AE_TITLE, "MR2", ADAM))
                .hasMessageContaining("rigatino.ingest.calling-ae-titles is not set");
        assertThat(senders.view().remoteAddresses()).isNull();
        assertThat(database.query("select value from sender")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "0.0.0.0", "::", "0.0.0.0/0", "192.0.2.0/24", "scanner.example", "224.0.0.1", "1.2.3"})
    void onlyTheAddressOfOneMachineIsAdded(String typed) throws Exception {
        Senders senders = listed();
        assertThatThrownBy(() -> senders.add(Kind.ADDRESS, typed, ADAM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not the address of one machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A TITLE THAT IS TOO LONG", "A\\B", "\u00c4", "A\u0000"})
    void whatIsNoAeTitleIsRefusedInTheWordsOfTheStart(String typed) throws Exception {
        Senders senders = listed();
        assertThatThrownBy(() -> senders.add(Kind.AE_TITLE, typed, ADAM))
                .hasMessageContaining("rigatino.ingest.calling-ae-titles: \"")
                .hasMessageContaining("is not an AE title");
    }

    @Test
    void whoMaySendAlreadyIsNotAddedAgain() throws Exception {
        Senders senders = listed();
        senders.add(Kind.AE_TITLE, "MR2", ADAM);
        for (String title : List.of("SCANNER", "MR2")) {
            assertThatThrownBy(() -> senders.add(Kind.AE_TITLE, title, ADAM)).hasMessageContaining("may send already");
        }
    }
}
