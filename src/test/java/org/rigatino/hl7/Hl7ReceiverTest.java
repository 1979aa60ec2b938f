package org.rigatino.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.hl7v2.llp.MinLLPReader;
import ca.uhn.hl7v2.llp.MinLLPWriter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.Settings;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.ingest.IngestConfiguration;

/** What becomes of an event beside the answer of its receiver, over a socket and with a real record. */
class Hl7ReceiverTest {
    private static final byte[] EVENT =
            ("""
            {"time": "2026-02-03T04:05:06Z", "data": {"studyInstanceUid": "2.25.1", "revision": 1, "outcome": "REFUSED",
             "imagesSeen": 1, "imagesRestored": 0, "percentile": null, "priority": null, "reason": "eligibility"}}""")
                    .getBytes(StandardCharsets.UTF_8);

    private final List<String> messages = new CopyOnWriteArrayList<>();

    /** Accepts all. */
    private void answer(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                String message = new MinLLPReader(connection.getInputStream(), StandardCharsets.UTF_8).getMessage();
                messages.add(message);
                new MinLLPWriter(connection.getOutputStream(), StandardCharsets.UTF_8)
                        .writeMessage("MSH|^~\\&|RIS||||20260203||ACK^R01^ACK|1|P|2.5.1\rMSA|AA|"
                                + message.split("\\|")[9] + "\r");
            } catch (Exception e) {
                // Closed.
            }
        }
    }

    @Test
    void aMessageThatWasAcceptedIsNotSentAgainWhereOnlyThatCannotBeRecorded() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                DeliveryDatabase database = new DeliveryDatabase()) {
            Thread thread = new Thread(() -> answer(server));
            thread.setDaemon(true);
            thread.start();
            database.with(new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withSources(new PropertiesConfigSource(Map.of(), "test", 500))
                    .withMapping(IngestConfiguration.class)
                    .build()
                    .getConfigMapping(IngestConfiguration.class));
            Hl7Configuration.Settings settings = TestSettings.of(Map.of(
                    "host",
                    "127.0.0.1",
                    "port",
                    Integer.toString(server.getLocalPort()),
                    "response-timeout",
                    Patience.STEP.toString()));
            AtomicInteger recorded = new AtomicInteger();
            Hl7Receiver receiver = new Hl7Receiver(
                    "ris",
                    settings,
                    new MllpClient(settings, Optional.empty()),
                    database.bean(ReportedStudies.class),
                    (name, event, controlId, leftOut) -> {
                        if (recorded.incrementAndGet() < 3) {
                            throw new IllegalStateException("the record cannot be written");
                        }
                    });
            assertThatThrownBy(() -> receiver.take("a", EVENT)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> receiver.take("a", EVENT)).isInstanceOf(IllegalStateException.class);
            receiver.take("a", EVENT);
            assertThat(recorded).hasValue(3);
            assertThat(messages).hasSize(1);
            receiver.take("b", EVENT);
            receiver.take("a", EVENT);
            assertThat(messages).as("another's turn, and the same once more").hasSize(3);
        }
    }

    /** An IOException counts towards giving up. */
    @Test
    void aStoreThatIsNotThereIsNoReceiversFault(@TempDir Path folder) throws Exception {
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            database.execute("insert into study (id, study_instance_uid, revision, state, first_received_at,"
                    + " last_received_at) overriding system value values (1, '2.25.1', 1, 'CONFIRMED', now(), now());"
                    + " insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                    + " transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at, outcome) values (1,"
                    + " '2.25.2', '1.2', '2.25.3', '1.2', 'CT', 'one', repeat('0', 64), 9, now(), 'RESTORED')");
            database.with(Settings.of(
                    IngestConfiguration.class,
                    Map.of("rigatino.ingest.store", folder.resolve("none").toString())));
            Hl7Configuration.Settings settings = TestSettings.of(Map.of("host", "127.0.0.1"));
            Hl7Receiver receiver = new Hl7Receiver(
                    "ris",
                    settings,
                    new MllpClient(settings, Optional.empty()),
                    database.bean(ReportedStudies.class),
                    (name, event, controlId, leftOut) -> {});
            assertThatThrownBy(() -> receiver.take("a", EVENT))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("instance store");
        }
    }
}
