package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.webhook.WebhookConfiguration;

/** What receivers of webhooks get, from C-STORE on. One of them is never there. */
@QuarkusTest
@WithTestResource(ResultReceivers.class)
class WebhookIT {
    private static final byte[] KEY = ResultReceivers.KEY;
    private static final Duration LONG = Patience.STEP;

    /** Ids that triage has taken, of all tests. */
    private static final Set<String> TAKEN = ConcurrentHashMap.newKeySet();

    @Inject
    IngestConfiguration ingest;

    @Inject
    DataSource database;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @Inject
    WebhookConfiguration webhooks;

    @TempDir
    Path folder;

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile String refused = "no study";
    private volatile int refusals;
    private HttpServer server;

    private record Received(String path, String id, String timestamp, String signature, byte[] body) {}

    @BeforeEach
    void startServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 0);
        server.createContext("/", this::answer);
        server.start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            for (String webhook : List.of("triage", "strict")) {
                await().atMost(LONG).until(() -> !admin.listConsumerGroupOffsets("rigatino-webhook-" + webhook)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .isEmpty());
            }
        }
    }

    private int port() {
        return URI.create(webhooks.all().get("triage").url()).getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(new Received(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                exchange.getRequestBody().readAllBytes()));
        boolean refuse = exchange.getRequestURI().getPath().equals("/strict")
                || exchange.getRequestHeaders().getFirst("webhook-id").startsWith(refused) && refusals-- > 0;
        if (!refuse) {
            TAKEN.add(exchange.getRequestHeaders().getFirst("webhook-id"));
        }
        exchange.sendResponseHeaders(refuse ? 500 : 204, -1);
        exchange.close();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void anOutcomeComesSignedAndIsRepeatedUntilItIsTaken() throws Exception {
        MrStudy study = new MrStudy(folder, "webhook").sliceOfAnotherModality();
        refused = study.uid() + "/";
        refusals = 2;
        send(study);
        await().atMost(LONG).until(() -> triage(study).size() == 3);
        JsonNode event = new ObjectMapper().readTree(triage(study).get(0).body);
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("subject").asText()).isEqualTo(study.uid());
        assertThat(event.path("data").path("outcome").asText()).isEqualTo("REFUSED");
        for (Received attempt : triage(study)) {
            assertThat(attempt.id).isEqualTo(event.path("id").asText());
            assertThat(attempt.body).isEqualTo(triage(study).get(0).body);
            assertThat(attempt.signature).isEqualTo("v1," + signature(attempt));
        }
    }

    @Test
    void aReceiverThatTakesNothingIsGivenUpEventByEvent() throws Exception {
        MrStudy first = new MrStudy(folder, "given-up").sliceOfAnotherModality();
        MrStudy second = new MrStudy(folder, "given-up-too").sliceOfAnotherModality();
        send(first);
        send(second);
        for (MrStudy study : List.of(first, second)) {
            await().atMost(LONG).untilAsserted(() -> assertThat(givenUp(study.uid()))
                    .containsExactly("the last attempt: answered 500"));
        }
    }

    /** Whichever of the two is first: the receiver's look at the topic, or the announcement. */
    @Test
    void aReceiverIsToldWhatIsAnnouncedInTheFirstSecondOfItsFirstStart() {
        await().atMost(LONG)
                .until(() -> TAKEN.stream().anyMatch(id -> id.startsWith(ResultReceivers.ENDED_BEFORE + "/")));
    }

    private List<Received> triage(MrStudy study) {
        return received.stream()
                .filter(request -> request.path.equals("/triage") && request.id.startsWith(study.uid() + "/"))
                .toList();
    }

    private static String signature(Received attempt) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        String body = new String(attempt.body, StandardCharsets.UTF_8);
        return Base64.getEncoder()
                .encodeToString(mac.doFinal(
                        (attempt.id + "." + attempt.timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
    }

    private void send(MrStudy study) throws IOException {
        study.send(new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), "TEST", Patience.STEP, Patience.STEP));
    }

    private List<String> givenUp(String studyUid) throws SQLException {
        List<String> details = new CopyOnWriteArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select detail from audit_event where"
                        + " kind = 'WEBHOOK_GIVEN_UP' and subject = 'strict' and study_instance_uid = ?")) {
            query.setString(1, studyUid);
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                details.add(rows.getString(1));
            }
        }
        return details;
    }
}
